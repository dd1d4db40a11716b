import {
  accept,
  hasInvisible,
  isBlank,
  later,
  reject,
  unreachable,
  type AccountId,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
  type Millis,
  type Role,
} from './kernel';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** `passwordHash`: argon2id in PHC form; the password itself is never stored. */
export type AccountRegistered = Fact<
  'AccountRegistered',
  {
    accountId: AccountId;
    email: string;
    name: string;
    passwordHash: string;
    roles: readonly Role[];
    registeredAt: Instant;
  }
>;

export type AccountRolesGranted = Fact<
  'AccountRolesGranted',
  { accountId: AccountId; roles: readonly Role[]; grantedAt: Instant }
>;

export type AccountRolesRevoked = Fact<
  'AccountRolesRevoked',
  { accountId: AccountId; roles: readonly Role[]; revokedAt: Instant }
>;

export type AccountPasswordChanged = Fact<
  'AccountPasswordChanged',
  { accountId: AccountId; passwordHash: string; changedAt: Instant }
>;

/** A login that lasts until `expiresAt`, if its newest refresh token is used in time. `tokenHash`: SHA-256, hex. */
export type SessionOpened = Fact<
  'SessionOpened',
  { accountId: AccountId; sessionId: string; tokenHash: string; expiresAt: Instant; openedAt: Instant }
>;

/**
 * `salt`: the new token is an HMAC of the salt under the replaced token, so only a client that has the replaced token
 * can derive it.
 */
export type SessionRefreshed = Fact<
  'SessionRefreshed',
  {
    accountId: AccountId;
    sessionId: string;
    tokenHash: string;
    salt?: string | undefined;
    refreshedAt: Instant;
  }
>;

/** `reused`: a replaced token was presented again, so another client may have it. */
export type SessionClosed = Fact<
  'SessionClosed',
  {
    accountId: AccountId;
    sessionId: string;
    reason: 'logged-out' | 'reused' | 'superseded' | 'password-changed';
    closedAt: Instant;
  }
>;

export type AccountEvent =
  | AccountRegistered
  | AccountRolesGranted
  | AccountRolesRevoked
  | AccountPasswordChanged
  | SessionOpened
  | SessionRefreshed
  | SessionClosed;

export const accountEventTypes = {
  AccountRegistered: true,
  AccountRolesGranted: true,
  AccountRolesRevoked: true,
  AccountPasswordChanged: true,
  SessionOpened: true,
  SessionRefreshed: true,
  SessionClosed: true,
} as const satisfies Record<AccountEvent['type'], true>;

type To = { readonly accountId: AccountId; readonly at: Instant };

type RegisterAccount = To & {
  readonly type: 'RegisterAccount';
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly roles: readonly Role[];
};

type GrantRoles = To & { readonly type: 'GrantRoles'; readonly roles: readonly Role[] };

type RevokeRoles = To & { readonly type: 'RevokeRoles'; readonly roles: readonly Role[] };

/** Ends all sessions, because the password may be changed after another person has opened one. */
type ChangePassword = To & { readonly type: 'ChangePassword'; readonly passwordHash: string };

/** Opens a session. At most 20 sessions stay open; a further login closes the oldest one. */
type OpenSession = To & {
  readonly type: 'OpenSession';
  readonly sessionId: string;
  readonly tokenHash: string;
  readonly expiresAt: Instant;
  /** The stored hash that the password was verified against; absent for a login without a password. */
  readonly passwordHash?: string | undefined;
};

/**
 * Replaces the session's token. An older token closes the session, except within `refreshGraceMs` of its replacement.
 * `salt`: input for the derivation of the new token from the replaced one.
 */
type RefreshSession = To & {
  readonly type: 'RefreshSession';
  readonly sessionId: string;
  readonly tokenHash: string;
  readonly newTokenHash: string;
  readonly salt: string;
};

type CloseSession = To & { readonly type: 'CloseSession'; readonly sessionId: string };

export type AccountCommand =
  RegisterAccount | GrantRoles | RevokeRoles | ChangePassword | OpenSession | RefreshSession | CloseSession;
export type AccountRejection =
  | { readonly code: 'EMAIL_TAKEN' }
  | { readonly code: 'ACCOUNT_NOT_FOUND' }
  | { readonly code: 'EMAIL_INVALID' }
  | { readonly code: 'NAME_EMPTY' }
  | { readonly code: 'CREDENTIALS_WRONG' }
  | { readonly code: 'SESSION_INVALID' };

/** The number of replaced tokens that a session remembers. An older token is invalid, but no sign of theft. */
const replacedMax = 32;

/** A replaced token and the salt from which its successor was derived. */
type Replacement = { readonly tokenHash: string; readonly salt: string; readonly at: Instant };

export type Session = {
  readonly sessionId: string;
  /** SHA-256, hex, of the token that is valid now. */
  readonly tokenHash: string;
  /** The latest of the earlier tokens, oldest first. */
  readonly replacedTokenHashes: readonly string[];
  /**
   * Those of the same tokens whose successor can be derived, oldest first. Tokens that older versions replaced have no
   * salt.
   */
  readonly replacements: readonly Replacement[];
  readonly expiresAt: Instant;
};

export type KnownAccount = {
  readonly status: 'REGISTERED';
  readonly accountId: AccountId;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly roles: readonly Role[];
  /** The open sessions, oldest first. An expired session may still be among them. */
  readonly sessions: readonly Session[];
};

export type AccountState = { readonly status: 'NONE' } | KnownAccount;

const initial: AccountState = { status: 'NONE' };

export const sessionOf = ({ sessions }: KnownAccount, sessionId: string): Session | undefined =>
  sessions.find((session) => session.sessionId === sessionId);

const existing = (state: AccountState, event: AccountEvent): KnownAccount => {
  if (state.status === 'NONE') throw new Error(`${event.type} before AccountRegistered`);
  return state;
};

const replacementsAfter = (
  { tokenHash, replacements }: Session,
  { salt, refreshedAt: at }: SessionRefreshed['data'],
): readonly Replacement[] =>
  salt === undefined ? replacements : [...replacements.slice(1 - replacedMax), { tokenHash, salt, at }];

const refreshed = (session: Session, { data }: SessionRefreshed): Session =>
  session.sessionId === data.sessionId
    ? {
        ...session,
        tokenHash: data.tokenHash,
        replacedTokenHashes: [...session.replacedTokenHashes.slice(1 - replacedMax), session.tokenHash],
        replacements: replacementsAfter(session, data),
      }
    : session;

const evolve = (state: AccountState, event: AccountEvent): AccountState => {
  switch (event.type) {
    case 'AccountRegistered': {
      const { accountId, email, name, passwordHash, roles } = event.data;
      return { status: 'REGISTERED', accountId, email, name, passwordHash, roles, sessions: [] };
    }
    case 'AccountRolesGranted': {
      const account = existing(state, event);
      return { ...account, roles: [...account.roles, ...event.data.roles] };
    }
    case 'AccountRolesRevoked': {
      const account = existing(state, event);
      return { ...account, roles: account.roles.filter((role) => !event.data.roles.includes(role)) };
    }
    case 'AccountPasswordChanged':
      return { ...existing(state, event), passwordHash: event.data.passwordHash };
    case 'SessionOpened': {
      const account = existing(state, event);
      const { sessionId, tokenHash, expiresAt } = event.data;
      const session = { sessionId, tokenHash, replacedTokenHashes: [], replacements: [], expiresAt };
      return { ...account, sessions: [...account.sessions, session] };
    }
    case 'SessionRefreshed': {
      const account = existing(state, event);
      return { ...account, sessions: account.sessions.map((session) => refreshed(session, event)) };
    }
    case 'SessionClosed': {
      const account = existing(state, event);
      const sessions = account.sessions.filter(({ sessionId }) => sessionId !== event.data.sessionId);
      return { ...account, sessions };
    }
    default:
      return unreachable(event);
  }
};

type AccountDecision = Decision<AccountEvent, AccountRejection>;

export const openSessionsMax = 20;

/** The time in which a replaced token still finds its session, because two tabs of one browser may refresh at once. */
export const refreshGraceMs = 30_000 as Millis;

const emailLengthMax = 254;

/** Tests for text before and after one `@`, without invisible characters. Only a letter can show more. */
const isEmail = (text: string): boolean =>
  text.length <= emailLengthMax && /^[^@]+@[^@]+$/.test(text) && !hasInvisible(text);

const distinct = (roles: readonly Role[]): readonly Role[] => [...new Set(roles)];

const closed = (
  { accountId, at }: { readonly accountId: AccountId; readonly at: Instant },
  sessionId: string,
  reason: SessionClosed['data']['reason'],
): SessionClosed => ({ type: 'SessionClosed', data: { accountId, sessionId, reason, closedAt: at } });

const registerAccount = (command: RegisterAccount, state: AccountState): AccountDecision => {
  const { accountId, email, name, passwordHash, roles, at } = command;
  if (state.status !== 'NONE') {
    // Hashes are salted, so the same hash means a repeat of the same command.
    return state.passwordHash === passwordHash ? accept() : reject({ code: 'EMAIL_TAKEN' });
  }
  // Letters about orders need an address.
  if (!isEmail(email)) return reject({ code: 'EMAIL_INVALID' });
  // A review shows its author's name.
  if (isBlank(name)) return reject({ code: 'NAME_EMPTY' });
  return accept({
    type: 'AccountRegistered',
    data: { accountId, email, name, passwordHash, roles: distinct(roles), registeredAt: at },
  });
};

const grantRoles = ({ accountId, roles, at }: GrantRoles, state: KnownAccount): AccountDecision => {
  const missing = distinct(roles).filter((role) => !state.roles.includes(role));
  if (missing.length === 0) return accept();
  return accept({ type: 'AccountRolesGranted', data: { accountId, roles: missing, grantedAt: at } });
};

const revokeRoles = ({ accountId, roles, at }: RevokeRoles, state: KnownAccount): AccountDecision => {
  const granted = distinct(roles).filter((role) => state.roles.includes(role));
  if (granted.length === 0) return accept();
  return accept({ type: 'AccountRolesRevoked', data: { accountId, roles: granted, revokedAt: at } });
};

const changePassword = (command: ChangePassword, state: KnownAccount): AccountDecision => {
  const { accountId, passwordHash, at } = command;
  // Hashes are salted, so the same hash means a repeat of the same command.
  if (state.passwordHash === passwordHash) return accept();
  return accept<AccountEvent>(
    { type: 'AccountPasswordChanged', data: { accountId, passwordHash, changedAt: at } },
    ...state.sessions.map(({ sessionId }) => closed(command, sessionId, 'password-changed')),
  );
};

const openSession = (command: OpenSession, state: KnownAccount): AccountDecision => {
  const { accountId, sessionId, tokenHash, expiresAt, passwordHash = state.passwordHash, at } = command;
  if (sessionOf(state, sessionId) !== undefined) return accept();
  // The password was changed while it was being verified.
  if (passwordHash !== state.passwordHash) return reject({ code: 'CREDENTIALS_WRONG' });
  // An account has a bounded number of sessions; the oldest login is closed first.
  const surplus = state.sessions.slice(0, Math.max(0, state.sessions.length - openSessionsMax + 1));
  return accept<AccountEvent>(...surplus.map((session) => closed(command, session.sessionId, 'superseded')), {
    type: 'SessionOpened',
    data: { accountId, sessionId, tokenHash, expiresAt, openedAt: at },
  });
};

const isInGrace = ({ replacements }: Session, tokenHash: string, at: Instant): boolean =>
  replacements.some(
    (replaced) => replaced.tokenHash === tokenHash && at < later(replaced.at, refreshGraceMs),
  );

const refreshSession = (command: RefreshSession, state: KnownAccount): AccountDecision => {
  const { accountId, sessionId, tokenHash, newTokenHash, salt, at } = command;
  const session = sessionOf(state, sessionId);
  if (session === undefined || at >= session.expiresAt) return reject({ code: 'SESSION_INVALID' });
  if (session.tokenHash === newTokenHash) return accept();
  // Both of two simultaneous refreshes get the same token.
  if (isInGrace(session, tokenHash, at)) return accept();
  // A replaced token is a sign of theft: the thief and the owner must both log in again.
  if (session.replacedTokenHashes.includes(tokenHash)) return accept(closed(command, sessionId, 'reused'));
  // A guessed token must not close another user's session.
  if (session.tokenHash !== tokenHash) return reject({ code: 'SESSION_INVALID' });
  return accept({
    type: 'SessionRefreshed',
    data: { accountId, sessionId, tokenHash: newTokenHash, salt, refreshedAt: at },
  });
};

const closeSession = (command: CloseSession, state: KnownAccount): AccountDecision =>
  // Session ids cannot be guessed, so an id without an open session belongs to a closed one.
  sessionOf(state, command.sessionId) === undefined
    ? accept()
    : accept(closed(command, command.sessionId, 'logged-out'));

const decide = (command: AccountCommand, state: AccountState): AccountDecision => {
  if (command.type === 'RegisterAccount') return registerAccount(command, state);
  if (state.status === 'NONE') return reject({ code: 'ACCOUNT_NOT_FOUND' });
  switch (command.type) {
    case 'GrantRoles':
      return grantRoles(command, state);
    case 'RevokeRoles':
      return revokeRoles(command, state);
    case 'ChangePassword':
      return changePassword(command, state);
    case 'OpenSession':
      return openSession(command, state);
    case 'RefreshSession':
      return refreshSession(command, state);
    case 'CloseSession':
      return closeSession(command, state);
    default:
      return unreachable(command);
  }
};

/**
 * The decider of accounts. `RefreshSession` with a replaced token is accepted with `SessionClosed` (`reused`), and the
 * caller gets no new token. Within `refreshGraceMs` of the replacement it is accepted without an event, and the caller
 * gets the session's current token.
 */
export const account: Decider<AccountState, AccountCommand, AccountEvent, AccountRejection> = {
  category: 'account',
  initial,
  decide,
  evolve,
};
