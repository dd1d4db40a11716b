import { unreachable } from '../kernel';
import type { AccountId, Instant } from '../kernel';
import type { AccountEvent, Role, SessionRefreshed } from './events';

/** How many replaced tokens a session remembers: one that is older than these is only invalid, not a sign of theft. */
const replacedMax = 32;

/** A token that was replaced, and the salt by which the next one follows from it. */
export type Replacement = { readonly tokenHash: string; readonly salt: string; readonly at: Instant };

export type Session = {
  readonly sessionId: string;
  /** SHA-256, hex, of the token that is good now. */
  readonly tokenHash: string;
  /** Of the tokens before it, the latest ones, oldest first. */
  readonly replacedTokenHashes: readonly string[];
  /** Of the same tokens those whose successor can be derived, oldest first: all but those that older versions replaced. */
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
  /** Those that are open, oldest first. One that has run out may still be among them. */
  readonly sessions: readonly Session[];
};
export type AccountState = { readonly status: 'NONE' } | KnownAccount;

export const initial: AccountState = { status: 'NONE' };

export const sessionOf = ({ sessions }: KnownAccount, sessionId: string): Session | undefined =>
  sessions.find((session) => session.sessionId === sessionId);

const known = (state: AccountState, event: AccountEvent): KnownAccount => {
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

export const evolve = (state: AccountState, event: AccountEvent): AccountState => {
  switch (event.type) {
    case 'AccountRegistered': {
      const { accountId, email, name, passwordHash, roles } = event.data;
      return { status: 'REGISTERED', accountId, email, name, passwordHash, roles, sessions: [] };
    }
    case 'AccountRolesGranted': {
      const account = known(state, event);
      return { ...account, roles: [...account.roles, ...event.data.roles] };
    }
    case 'SessionOpened': {
      const account = known(state, event);
      const { sessionId, tokenHash, expiresAt } = event.data;
      const session = { sessionId, tokenHash, replacedTokenHashes: [], replacements: [], expiresAt };
      return { ...account, sessions: [...account.sessions, session] };
    }
    case 'SessionRefreshed': {
      const account = known(state, event);
      return { ...account, sessions: account.sessions.map((session) => refreshed(session, event)) };
    }
    case 'SessionClosed': {
      const account = known(state, event);
      const sessions = account.sessions.filter(({ sessionId }) => sessionId !== event.data.sessionId);
      return { ...account, sessions };
    }
    default:
      return unreachable(event);
  }
};
