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

export type Session = ResultOf<typeof sessionSelections.logIn>;
export type Role = Session['account']['roles'][number];

const SESSION_KEY = 'waybill.session';
const DEVICE_KEY = 'waybill.device';

const stored = (): Session | undefined => {
  const text = localStorage.getItem(SESSION_KEY);
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as Session;
  } catch {
    return undefined;
  }
};

const session = observable(stored());

// Another tab signed in or out, or refreshed the session.
addEventListener('storage', ({ key }) => {
  if (key === SESSION_KEY || key === null) session.set(stored());
});

export const currentSession = session.get;

/** Identifies the browser at the next log-in, so that wrong attempts from elsewhere do not delay it. */
export const deviceToken = (): string | null => localStorage.getItem(DEVICE_KEY);

export const openSession = (opened: Session): void => {
  localStorage.setItem(SESSION_KEY, JSON.stringify(opened));
  localStorage.setItem(DEVICE_KEY, opened.deviceToken);
  session.set(opened);
};

export const closeSession = (): void => {
  localStorage.removeItem(SESSION_KEY);
  session.set(undefined);
};

/** The signed-in account; undefined for a guest. */
export const useAccount = (): Session['account'] | undefined => useObservable(session)?.account;

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
