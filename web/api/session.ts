import type { ResultOf } from './graphql';
import { graphql } from './graphql';
import { observable, useObservable } from './observable';
import { realms, type Realm } from './realm';

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
        realm
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
        realm
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
        realm
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
        realm
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

const DEVICE_KEY = 'waybill.device';

/** The name under which the browser keeps something of a realm. That of the shop is from before there were realms. */
const keyOf = (name: string, realm: Realm): string =>
  realm === 'customer' ? `waybill.${name}` : `waybill.${name}.${realm}`;
const sessionKey = (realm: Realm): string => keyOf('session', realm);
const endedKey = (realm: Realm): string => keyOf('session-ended', realm);

/** Tests whether a session is good in an area. One that is older than realms has none. */
const isOf = (realm: Realm, { realm: own }: Partial<Session>): boolean =>
  own === undefined || own === null || own === realm;

const stored = (realm: Realm): Session | undefined => {
  const text = localStorage.getItem(sessionKey(realm));
  if (text === null) return undefined;
  try {
    const session = JSON.parse(text) as Session;
    return isOf(realm, session) ? session : undefined;
  } catch {
    return undefined;
  }
};

const refusals = ['ENDED', 'EXPIRED', 'REUSED', 'UNKNOWN'] as const satisfies readonly Refusal[];

/** Returns what another tab wrote; any script of this origin may have written it. */
const refusalStored = (realm: Realm): Refusal | undefined =>
  refusals.find((reason) => reason === localStorage.getItem(endedKey(realm)));

/**
 * The session of an area. `refusedFor`: the reason why the server refused to continue it; undefined while one is open, and where a
 * person ended it here. A reload forgets it, as it forgets what was typed.
 */
const areaOf = (realm: Realm) => ({
  session: observable(stored(realm)),
  refusedFor: observable<Refusal | undefined>(undefined),
});

const areas = { customer: areaOf('customer'), merchant: areaOf('merchant'), platform: areaOf('platform') };

// Another tab signed in or out, refreshed the session, or was refused.
addEventListener('storage', ({ key }) => {
  for (const realm of realms) {
    if (key !== sessionKey(realm) && key !== null) continue;
    const present = stored(realm);
    areas[realm].refusedFor.set(present === undefined ? refusalStored(realm) : undefined);
    areas[realm].session.set(present);
  }
});

export const currentSession = (realm: Realm): Session | undefined => areas[realm].session.get();

/** Identifies the browser at the next log-in, so that wrong attempts from elsewhere do not delay it. */
export const deviceToken = (): string | null => localStorage.getItem(DEVICE_KEY);

/** Opens a session of one area; those of the others stay as they are. */
export const openSession = (realm: Realm, opened: Session): void => {
  localStorage.setItem(sessionKey(realm), JSON.stringify(opened));
  localStorage.setItem(DEVICE_KEY, opened.deviceToken);
  localStorage.removeItem(endedKey(realm));
  areas[realm].refusedFor.set(undefined);
  areas[realm].session.set(opened);
};

/** Forgets the session of one area. `reason`: the server's, where it was refused. */
export const closeSession = (realm: Realm, reason?: Refusal): void => {
  // Before the session, whose end the other tabs observe.
  if (reason === undefined) localStorage.removeItem(endedKey(realm));
  else localStorage.setItem(endedKey(realm), reason);
  areas[realm].refusedFor.set(reason);
  localStorage.removeItem(sessionKey(realm));
  areas[realm].session.set(undefined);
};

/** Returns the sessions of this browser, with their areas. */
export const openSessions = (): readonly { readonly realm: Realm; readonly session: Session }[] =>
  realms.flatMap((realm) => {
    const session = currentSession(realm);
    return session === undefined ? [] : [{ realm, session }];
  });

const sessionsOf = (accountId: string) =>
  openSessions().filter(({ session }) => session.account.id === accountId);

/** Forgets the sessions of an account in all areas but `except`, after the server has ended them. */
export const closeSessionsOf = (accountId: string, except?: Realm): void => {
  for (const { realm } of sessionsOf(accountId)) if (realm !== except) closeSession(realm);
};

/** Shows an account under its new name in all areas. */
export const renameAccount = (accountId: string, name: string): void => {
  for (const { realm, session } of sessionsOf(accountId))
    openSession(realm, { ...session, account: { ...session.account, name } });
};

/** The account that is signed in in an area; undefined for a guest. */
export const useAccountOf = (realm: Realm): Session['account'] | undefined =>
  useObservable(areas[realm].session)?.account;

/** The reason why the server refused to continue the last session of an area. */
export const useRefusalOf = (realm: Realm): Refusal | undefined => useObservable(areas[realm].refusedFor);

/** Calls `observer` whenever another account, or none, is signed in in an area. */
export const onAccountChange = (realm: Realm, observer: () => void): void => {
  let last = currentSession(realm)?.account.id;
  areas[realm].session.subscribe(() => {
    const now = currentSession(realm)?.account.id;
    if (now === last) return;
    last = now;
    observer();
  });
};
