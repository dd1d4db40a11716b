import {
  accept,
  hasInvisible,
  isAsSeen,
  isBlank,
  isTelephone,
  later,
  notificationTopics,
  reject,
  telephoneDigits,
  telephoneDigitsMax,
  telephoneDigitsMin,
  unreachable,
  type AccountId,
  type Decision,
  type Instant,
  type Millis,
  type NotificationPreferences,
  type NotificationRoute,
  type Role,
  type RoleId,
} from '../kernel';
import type {
  AccountCommand,
  AccountRejection,
  ChangeNotificationPreferences,
  ChangePassword,
  ChangeProfile,
  CloseAllSessions,
  CloseSession,
  GrantRoles,
  OpenSession,
  RefreshSession,
  RegisterAccount,
  ResetPasswordByLink,
  RevokeRoles,
} from './commands';
import type { AccountEvent, SessionClosed } from './events';
import { eraseAccount, recordErasedStreams } from './erasure';
import { emailVerified, issueLink, linkObjection, verifyEmail } from './links';
import { sessionOf, type AccountState, type KnownAccount, type Session } from './state';

type AccountDecision = Decision<AccountEvent, AccountRejection>;

export const openSessionsMax = 20;

/** The time in which a replaced token still finds its session, because two tabs of one browser may refresh at once. */
export const refreshGraceMs = 30_000 as Millis;

const emailLengthMax = 254;

/** Tests for text before and after one `@`, without invisible characters. Only a letter can show more. */
const isEmail = (text: string): boolean =>
  text.length <= emailLengthMax && /^[^@]+@[^@]+$/.test(text) && !hasInvisible(text);

/** The number of defined roles that an account may bear, so that its permissions stay few. */
export const definedRolesOfAccountMax = 20;

const distinct = <Some extends Role | RoleId>(roles: readonly Some[]): readonly Some[] => [...new Set(roles)];

const closed = (
  { accountId, at }: { readonly accountId: AccountId; readonly at: Instant },
  sessionId: string,
  reason: SessionClosed['data']['reason'],
): SessionClosed => ({ type: 'SessionClosed', data: { accountId, sessionId, reason, closedAt: at } });

const registerAccount = (command: RegisterAccount, state: AccountState): AccountDecision => {
  const { accountId, email, name, passwordHash, roles, at } = command;
  // The address of an erased account belongs to the next account.
  if (state.status === 'NONE' && state.erasure !== undefined) return reject({ code: 'EMAIL_TAKEN' });
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

/** Returns the ids as an event has them. */
const someOrNone = (ids: readonly RoleId[]): readonly RoleId[] | undefined =>
  ids.length === 0 ? undefined : ids;

const grantRoles = (command: GrantRoles, state: KnownAccount): AccountDecision => {
  const { accountId, roles: named, definedRoles: ids = [], at } = command;
  const roles = distinct(named).filter((role) => !state.roles.includes(role));
  const missing = distinct(ids).filter((roleId) => !state.definedRoles.includes(roleId));
  if (roles.length === 0 && missing.length === 0) return accept();
  if (missing.length > 0 && state.definedRoles.length + missing.length > definedRolesOfAccountMax)
    return reject({ code: 'TOO_MANY_ROLES', max: definedRolesOfAccountMax });
  const definedRoles = someOrNone(missing);
  return accept({ type: 'AccountRolesGranted', data: { accountId, roles, definedRoles, grantedAt: at } });
};

const revokeRoles = (command: RevokeRoles, state: KnownAccount): AccountDecision => {
  const { accountId, roles: named, definedRoles: ids = [], at } = command;
  const roles = distinct(named).filter((role) => state.roles.includes(role));
  const borne = distinct(ids).filter((roleId) => state.definedRoles.includes(roleId));
  if (roles.length === 0 && borne.length === 0) return accept();
  const definedRoles = someOrNone(borne);
  return accept({ type: 'AccountRolesRevoked', data: { accountId, roles, definedRoles, revokedAt: at } });
};

const changePassword = (command: ChangePassword, state: KnownAccount): AccountDecision => {
  const { accountId, passwordHash, replaces = state.passwordHash, at } = command;
  // Hashes are salted, so the same hash means a repeat of the same command.
  if (state.passwordHash === passwordHash) return accept();
  // The password was changed while it was being verified.
  if (replaces !== state.passwordHash) return reject({ code: 'CREDENTIALS_WRONG' });
  return accept<AccountEvent>(
    { type: 'AccountPasswordChanged', data: { accountId, passwordHash, changedAt: at } },
    ...state.sessions.map(({ sessionId }) => closed(command, sessionId, 'password-changed')),
  );
};

const resetPasswordByLink = (command: ResetPasswordByLink, state: KnownAccount): AccountDecision => {
  const { accountId, tokenHash, passwordHash, at } = command;
  // Hashes are salted, so the same hash means a repeat of the same command.
  if (state.passwordHash === passwordHash) return accept();
  const objection = linkObjection(state, 'reset-password', tokenHash, at);
  if (objection) return reject(objection);
  return accept<AccountEvent>(
    { type: 'AccountPasswordChanged', data: { accountId, passwordHash, changedAt: at } },
    ...emailVerified(state, at),
    ...state.sessions.map(({ sessionId }) => closed(command, sessionId, 'password-changed')),
  );
};

const changeProfile = (command: ChangeProfile, state: KnownAccount): AccountDecision => {
  const { accountId, name = state.name, telephone: given, language = state.language, expected, at } = command;
  // A review shows its author's name.
  if (isBlank(name)) return reject({ code: 'NAME_EMPTY' });
  const telephone = given === undefined ? state.telephone : telephoneDigits(given);
  if (telephone !== undefined && telephone !== '' && !isTelephone(telephone))
    return reject({ code: 'TELEPHONE_INVALID', min: telephoneDigitsMin, max: telephoneDigitsMax });
  const profile = { name, telephone: telephone === '' ? undefined : telephone, language };
  if (profile.name === state.name && profile.telephone === state.telephone && language === state.language)
    return accept();
  const { name: presentName, telephone: presentTelephone, language: presentLanguage } = state;
  const present = { name: presentName, telephone: presentTelephone, language: presentLanguage };
  if (!isAsSeen(expected, present)) return reject({ code: 'CHANGED_MEANWHILE' });
  return accept({ type: 'AccountProfileChanged', data: { accountId, ...profile, changedAt: at } });
};

/** Returns the routes that differ from e-mail alone, in the order of the topics. The last one of a topic counts. */
const routesOf = (given: readonly NotificationRoute[]): readonly NotificationRoute[] =>
  notificationTopics.flatMap((topic) => {
    const channels = [...new Set(given.findLast((route) => route.topic === topic)?.channels ?? [])];
    return channels.length === 0 || (channels.length === 1 && channels[0] === 'email')
      ? []
      : [{ topic, channels }];
  });

const changeNotificationPreferences = (
  { accountId, unwanted, expected, at, ...given }: ChangeNotificationPreferences,
  state: KnownAccount,
): AccountDecision => {
  const topics = notificationTopics.filter((topic) => unwanted.includes(topic));
  const { routes = state.routes, pace = state.pace, timeZone = state.timeZone } = given;
  const { quietHours = state.quietHours } = given;
  const usesSms = given.routes?.some(({ channels }) => channels.includes('sms')) ?? false;
  if (usesSms && state.telephone === undefined) return reject({ code: 'TELEPHONE_MISSING' });
  const wanted: NotificationPreferences = {
    unwanted: topics,
    routes: routesOf(routes),
    pace,
    quietHours: quietHours?.from === quietHours?.until ? undefined : quietHours,
    timeZone,
  };
  const present: NotificationPreferences = {
    unwanted: notificationTopics.filter((topic) => state.unwanted.includes(topic)),
    routes: state.routes,
    pace: state.pace,
    quietHours: state.quietHours,
    timeZone: state.timeZone,
  };
  if (JSON.stringify(wanted) === JSON.stringify(present)) return accept();
  const seen = expected && {
    ...expected,
    unwanted: notificationTopics.filter((topic) => expected.unwanted.includes(topic)),
    routes: routesOf(expected.routes),
  };
  if (!isAsSeen(seen, present)) return reject({ code: 'CHANGED_MEANWHILE' });
  return accept({
    type: 'NotificationPreferencesChanged',
    data: {
      accountId,
      unwanted: topics,
      // What an account begins with is not written, as before there was a choice.
      ...(wanted.routes.length > 0 ? { routes: wanted.routes } : {}),
      ...(pace === 'at_once' ? {} : { pace }),
      ...(wanted.quietHours === undefined ? {} : { quietHours: wanted.quietHours }),
      ...(timeZone === undefined ? {} : { timeZone }),
      changedAt: at,
    },
  });
};

const openSession = (command: OpenSession, state: KnownAccount): AccountDecision => {
  const {
    accountId,
    sessionId,
    tokenHash,
    device,
    expiresAt,
    passwordHash = state.passwordHash,
    realm,
    at,
  } = command;
  if (sessionOf(state, sessionId) !== undefined) return accept();
  // The password was changed while it was being verified.
  if (passwordHash !== state.passwordHash) return reject({ code: 'CREDENTIALS_WRONG' });
  // An account has a bounded number of sessions; the oldest login is closed first.
  const surplus = state.sessions.slice(0, Math.max(0, state.sessions.length - openSessionsMax + 1));
  // The first log-in is the one of the sign-up.
  const isNewDevice = state.devices.length > 0 && !state.devices.includes(device ?? '') ? true : undefined;
  return accept<AccountEvent>(...surplus.map((session) => closed(command, session.sessionId, 'superseded')), {
    type: 'SessionOpened',
    data: { accountId, sessionId, tokenHash, device, isNewDevice, realm, expiresAt, openedAt: at },
  });
};

const isInGrace = ({ replacements }: Session, tokenHash: string, at: Instant): boolean =>
  replacements.some(
    (replaced) => replaced.tokenHash === tokenHash && at < later(replaced.at, refreshGraceMs),
  );

const refreshSession = (command: RefreshSession, state: KnownAccount): AccountDecision => {
  const { accountId, sessionId, tokenHash, newTokenHash, salt, at } = command;
  const session = sessionOf(state, sessionId);
  if (session === undefined) {
    const reason = state.reusedSessions.includes(sessionId) ? 'REUSED' : 'ENDED';
    return reject({ code: 'SESSION_INVALID', reason });
  }
  if (at >= session.expiresAt) return reject({ code: 'SESSION_INVALID', reason: 'EXPIRED' });
  if (session.tokenHash === newTokenHash) return accept();
  // Both of two simultaneous refreshes get the same token.
  if (isInGrace(session, tokenHash, at)) return accept();
  // A replaced token is a sign of theft: the thief and the owner must both log in again.
  if (session.replacedTokenHashes.includes(tokenHash)) return accept(closed(command, sessionId, 'reused'));
  // A guessed token must not close another user's session.
  if (session.tokenHash !== tokenHash) return reject({ code: 'SESSION_INVALID', reason: 'UNKNOWN' });
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

const closeAllSessions = (command: CloseAllSessions, { sessions }: KnownAccount): AccountDecision =>
  accept(...sessions.map(({ sessionId }) => closed(command, sessionId, 'logged-out')));

export const decide = (command: AccountCommand, state: AccountState): AccountDecision => {
  if (command.type === 'RegisterAccount') return registerAccount(command, state);
  if (command.type === 'EraseAccount') return eraseAccount(command, state);
  if (command.type === 'RecordErasedStreams') return recordErasedStreams(command, state);
  if (state.status === 'NONE') return reject({ code: 'ACCOUNT_NOT_FOUND' });
  switch (command.type) {
    case 'GrantRoles':
      return grantRoles(command, state);
    case 'RevokeRoles':
      return revokeRoles(command, state);
    case 'ChangePassword':
      return changePassword(command, state);
    case 'IssueLink':
      return issueLink(command, state);
    case 'VerifyEmail':
      return verifyEmail(command, state);
    case 'ResetPasswordByLink':
      return resetPasswordByLink(command, state);
    case 'ChangeProfile':
      return changeProfile(command, state);
    case 'ChangeNotificationPreferences':
      return changeNotificationPreferences(command, state);
    case 'OpenSession':
      return openSession(command, state);
    case 'RefreshSession':
      return refreshSession(command, state);
    case 'CloseSession':
      return closeSession(command, state);
    case 'CloseAllSessions':
      return closeAllSessions(command, state);
    default:
      return unreachable(command);
  }
};
