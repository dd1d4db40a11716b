import type { ResultOf } from './graphql';
import { graphql } from './graphql';
import { observable, useObservable } from './observable';

const accountFields = graphql(`
  fragment SessionAccount on Account @_unmask {
    id
    name
    email
    roles
  }
`);

/** The fields that every mutation selects that opens or continues a session. */
export const sessionSelections = {
  signUp: graphql(
    `
      fragment SignUpSession on SignUpSuccess @_unmask {
        accessToken
        refreshToken
        deviceToken
        account {
          ...SessionAccount
        }
      }
    `,
    [accountFields],
  ),
  logIn: graphql(
    `
      fragment LogInSession on LogInSuccess @_unmask {
        accessToken
        refreshToken
        deviceToken
        account {
          ...SessionAccount
        }
      }
    `,
    [accountFields],
  ),
  changePassword: graphql(
    `
      fragment ChangePasswordSession on ChangePasswordSuccess @_unmask {
        accessToken
        refreshToken
        deviceToken
        account {
          ...SessionAccount
        }
      }
    `,
    [accountFields],
  ),
  refreshSession: graphql(
    `
      fragment RefreshedSession on RefreshSessionSuccess @_unmask {
        accessToken
        refreshToken
        deviceToken
        account {
          ...SessionAccount
        }
      }
    `,
    [accountFields],
  ),
} as const;

/** The field that says why the server refuses to continue a session. */
export const sessionRefusal = graphql(`
  fragment SessionRefusal on SessionInvalidError @_unmask {
    reason
  }
`);

export type Session = ResultOf<typeof sessionSelections.logIn>;
/** A reason why the server refuses to continue a session. */
export type Refusal = ResultOf<typeof sessionRefusal>['reason'];
export type Role = Session['account']['roles'][number];

const SESSION_KEY = 'waybill.session';
const DEVICE_KEY = 'waybill.device';
const ENDED_KEY = 'waybill.session-ended';

const stored = (): Session | undefined => {
  const text = localStorage.getItem(SESSION_KEY);
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as Session;
  } catch {
    return undefined;
  }
};

const refusals = ['ENDED', 'EXPIRED', 'REUSED', 'UNKNOWN'] as const satisfies readonly Refusal[];

/** Returns what another tab wrote; any script of this origin may have written it. */
const refusalStored = (): Refusal | undefined =>
  refusals.find((reason) => reason === localStorage.getItem(ENDED_KEY));

const session = observable(stored());

/**
 * The reason why the server refused to continue the session; undefined while one is open, and where a person ended it here. A
 * reload forgets it, as it forgets what was typed.
 */
const refusedFor = observable<Refusal | undefined>(undefined);

// Another tab signed in or out, refreshed the session, or was refused.
addEventListener('storage', ({ key }) => {
  if (key !== SESSION_KEY && key !== null) return;
  const present = stored();
  refusedFor.set(present === undefined ? refusalStored() : undefined);
  session.set(present);
});

export const currentSession = session.get;

/** Identifies the browser at the next log-in, so that wrong attempts from elsewhere do not delay it. */
export const deviceToken = (): string | null => localStorage.getItem(DEVICE_KEY);

export const openSession = (opened: Session): void => {
  localStorage.setItem(SESSION_KEY, JSON.stringify(opened));
  localStorage.setItem(DEVICE_KEY, opened.deviceToken);
  localStorage.removeItem(ENDED_KEY);
  refusedFor.set(undefined);
  session.set(opened);
};

/** Forgets the session. `reason`: the server's, where it was refused. */
export const closeSession = (reason?: Refusal): void => {
  // Before the session, whose end the other tabs observe.
  if (reason === undefined) localStorage.removeItem(ENDED_KEY);
  else localStorage.setItem(ENDED_KEY, reason);
  refusedFor.set(reason);
  localStorage.removeItem(SESSION_KEY);
  session.set(undefined);
};

/** The signed-in account; undefined for a guest. */
export const useAccount = (): Session['account'] | undefined => useObservable(session)?.account;

/** The reason why the server refused to continue the last session. */
export const useRefusal = (): Refusal | undefined => useObservable(refusedFor);

/** Calls `observer` with the id of the account whenever another account, or none, is signed in. */
export const onAccountChange = (observer: () => void): void => {
  let last = currentSession()?.account.id;
  session.subscribe(() => {
    const now = currentSession()?.account.id;
    if (now === last) return;
    last = now;
    observer();
  });
};
