import {
  unreachable,
  type AccountId,
  type Instant,
  type Language,
  type NotificationTopic,
  type Role,
} from '../kernel';
import type { AccountEvent, SessionRefreshed } from './events';

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
  readonly telephone?: string | undefined;
  readonly language?: Language | undefined;
  /** The topics of which the account wants no notifications. */
  readonly unwanted: readonly NotificationTopic[];
  readonly passwordHash: string;
  readonly roles: readonly Role[];
  /** The open sessions, oldest first. An expired session may still be among them. */
  readonly sessions: readonly Session[];
};

export type AccountState = { readonly status: 'NONE' } | KnownAccount;

export const initial: AccountState = { status: 'NONE' };

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

export const evolve = (state: AccountState, event: AccountEvent): AccountState => {
  switch (event.type) {
    case 'AccountRegistered': {
      const { accountId, email, name, passwordHash, roles } = event.data;
      return {
        status: 'REGISTERED',
        accountId,
        email,
        name,
        passwordHash,
        roles,
        unwanted: [],
        sessions: [],
      };
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
    case 'AccountProfileChanged': {
      const { name, telephone, language } = event.data;
      return { ...existing(state, event), name, telephone, language };
    }
    case 'NotificationPreferencesChanged':
      return { ...existing(state, event), unwanted: event.data.unwanted };
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
