import { accept, later, reject, unreachable } from '../kernel';
import type { AccountId, Decision, Instant, Millis } from '../kernel';
import type {
  AccountCommand,
  CloseSession,
  GrantRoles,
  OpenSession,
  RefreshSession,
  RegisterAccount,
} from './commands';
import type { AccountEvent, Role, SessionClosed } from './events';
import type { AccountRejection } from './rejections';
import { sessionOf } from './state';
import type { AccountState, KnownAccount, Session } from './state';

type AccountDecision = Decision<AccountEvent, AccountRejection>;

export const openSessionsMax = 20;
/** Two tabs of one browser refresh at once: the token just replaced still finds its session for so long. */
export const refreshGraceMs = 30_000 as Millis;
const emailLengthMax = 254;

/** Something before and after one `@`, without blanks; only a letter to it can tell more. */
const isEmail = (text: string): boolean => text.length <= emailLengthMax && /^[^@\s]+@[^@\s]+$/.test(text);

const distinct = (roles: readonly Role[]): readonly Role[] => [...new Set(roles)];

const closed = (
  { accountId, at }: { readonly accountId: AccountId; readonly at: Instant },
  sessionId: string,
  reason: SessionClosed['data']['reason'],
): SessionClosed => ({ type: 'SessionClosed', data: { accountId, sessionId, reason, closedAt: at } });

const registerAccount = (command: RegisterAccount, state: AccountState): AccountDecision => {
  const { accountId, email, name, passwordHash, roles, at } = command;
  if (state.status !== 'NONE') {
    // Hashes are salted, so the same hash is the same command, told twice.
    return state.passwordHash === passwordHash ? accept() : reject({ code: 'EMAIL_TAKEN' });
  }
  // Letters about orders must have somewhere to go.
  if (!isEmail(email)) return reject({ code: 'EMAIL_INVALID' });
  // A review names its author.
  if (name.trim() === '') return reject({ code: 'NAME_EMPTY' });
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

const openSession = (command: OpenSession, state: KnownAccount): AccountDecision => {
  const { accountId, sessionId, tokenHash, expiresAt, at } = command;
  if (sessionOf(state, sessionId) !== undefined) return accept();
  // A person has a bounded number of devices; the one that logged in longest ago gives way.
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
  // The answer to whoever came first is the answer to whoever comes right after.
  if (isInGrace(session, tokenHash, at)) return accept();
  // Who shows a replaced token may have stolen it, or been stolen from: both must log in again.
  if (session.replacedTokenHashes.includes(tokenHash)) return accept(closed(command, sessionId, 'reused'));
  // A guess must not close the session of someone who did nothing.
  if (session.tokenHash !== tokenHash) return reject({ code: 'SESSION_INVALID' });
  return accept({
    type: 'SessionRefreshed',
    data: { accountId, sessionId, tokenHash: newTokenHash, salt, refreshedAt: at },
  });
};

const closeSession = (command: CloseSession, state: KnownAccount): AccountDecision =>
  // Session ids can't be guessed, so one that is not open was closed before.
  sessionOf(state, command.sessionId) === undefined
    ? accept()
    : accept(closed(command, command.sessionId, 'logged-out'));

export const decide = (command: AccountCommand, state: AccountState): AccountDecision => {
  if (command.type === 'RegisterAccount') return registerAccount(command, state);
  if (state.status === 'NONE') return reject({ code: 'ACCOUNT_NOT_FOUND' });
  switch (command.type) {
    case 'GrantRoles':
      return grantRoles(command, state);
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
