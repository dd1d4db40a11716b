import {
  unreachable,
  type AccountId,
  type Instant,
  type Language,
  type NotificationId,
  type NotificationPreferences,
  type Realm,
  type Role,
  type RoleId,
} from '../kernel';
import type {
  AccountEvent,
  AccountLinkIssued,
  AccountRegistered,
  LinkPurpose,
  NotificationPreferencesChanged,
  SessionRefreshed,
} from './events';

/** The number of replaced tokens that a session remembers. An older token is invalid, but no sign of theft. */
const replacedMax = 32;

/** The number of sessions closed by a replaced token that an account remembers, to say so to everyone who had one of their tokens. */
const reusedMax = 20;

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
  /** The realm of its access tokens; absent where they are of all realms. */
  readonly realm?: Realm | undefined;
};

/** The number of tokens that a link remembers: more than there are attempts to send an e-mail. */
const tokensMax = 10;

/** The latest link of a purpose. A link of an earlier request is invalid. */
export type Link = {
  readonly requestId: NotificationId;
  readonly requested: Instant;
  /** The latest tokens, one for each attempt to send the e-mail, oldest first. */
  readonly tokens: readonly { readonly tokenHash: string; readonly expiresAt: Instant }[];
  readonly isUsed: boolean;
};

export type KnownAccount = NotificationPreferences & {
  readonly status: 'REGISTERED';
  readonly accountId: AccountId;
  readonly email: string;
  readonly name: string;
  readonly telephone?: string | undefined;
  readonly language?: Language | undefined;
  readonly passwordHash: string;
  readonly roles: readonly Role[];
  /** Roles that administrators defined. A retired one may still be among them. */
  readonly definedRoles: readonly RoleId[];
  readonly isEmailVerified: boolean;
  readonly links: { readonly [Purpose in LinkPurpose]?: Link };
  /** The open sessions, oldest first. An expired session may still be among them. */
  readonly sessions: readonly Session[];
  /** The ids of the latest sessions that a replaced token closed, oldest first. */
  readonly reusedSessions: readonly string[];
  /** The names of the devices of its log-ins, the latest last; empty for a device without a name. */
  readonly devices: readonly string[];
};

/** An account that has ended. */
export type Erasure = {
  readonly certificateId: string;
  /** The streams whose personal data is recorded as erased. */
  readonly streams: readonly string[];
};

/** `erasure`: absent where there never was an account. An erased one is as unknown as that to all other commands. */
export type AccountState = { readonly status: 'NONE'; readonly erasure?: Erasure | undefined } | KnownAccount;

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

const issued = (
  links: KnownAccount['links'],
  { data: { purpose, requestId, requested, tokenHash, expiresAt } }: AccountLinkIssued,
): KnownAccount['links'] => {
  const earlier = links[purpose];
  const tokens = earlier?.requestId === requestId ? earlier.tokens.slice(1 - tokensMax) : [];
  const link = { requestId, requested, tokens: [...tokens, { tokenHash, expiresAt }], isUsed: false };
  return { ...links, [purpose]: link };
};

const used = (links: KnownAccount['links'], purpose: LinkPurpose): KnownAccount['links'] => {
  const link = links[purpose];
  return link === undefined ? links : { ...links, [purpose]: { ...link, isUsed: true } };
};

const refreshed = (session: Session, { data }: SessionRefreshed): Session =>
  session.sessionId === data.sessionId
    ? {
        ...session,
        tokenHash: data.tokenHash,
        replacedTokenHashes: [...session.replacedTokenHashes.slice(1 - replacedMax), session.tokenHash],
        replacements: replacementsAfter(session, data),
      }
    : session;

const preferencesIn = ({
  unwanted,
  routes = [],
  pace = 'at_once',
  quietHours,
  timeZone,
}: NotificationPreferencesChanged['data']): NotificationPreferences => ({
  unwanted,
  routes,
  pace,
  quietHours,
  timeZone,
});

/** The number of devices that an account remembers. */
const devicesMax = 20;

const withDevice = (devices: readonly string[], device = ''): readonly string[] => [
  ...devices.filter((known) => known !== device).slice(1 - devicesMax),
  device,
];

type Roles = { readonly roles: readonly Role[]; readonly definedRoles?: readonly RoleId[] | undefined };

const withRoles = (account: KnownAccount, { roles, definedRoles = [] }: Roles): KnownAccount => ({
  ...account,
  roles: [...account.roles, ...roles],
  definedRoles: [...account.definedRoles, ...definedRoles],
});

const withoutRoles = (account: KnownAccount, { roles, definedRoles = [] }: Roles): KnownAccount => ({
  ...account,
  roles: account.roles.filter((role) => !roles.includes(role)),
  definedRoles: account.definedRoles.filter((roleId) => !definedRoles.includes(roleId)),
});

const registered = ({
  accountId,
  email,
  name,
  passwordHash,
  roles,
}: AccountRegistered['data']): KnownAccount => ({
  status: 'REGISTERED',
  accountId,
  email,
  name,
  passwordHash,
  roles,
  definedRoles: [],
  isEmailVerified: false,
  links: {},
  unwanted: [],
  routes: [],
  pace: 'at_once',
  sessions: [],
  reusedSessions: [],
  devices: [],
});

export const evolve = (state: AccountState, event: AccountEvent): AccountState => {
  switch (event.type) {
    case 'AccountRegistered':
      return registered(event.data);
    case 'AccountRolesGranted':
      return withRoles(existing(state, event), event.data);
    case 'AccountRolesRevoked':
      return withoutRoles(existing(state, event), event.data);
    case 'AccountPasswordChanged': {
      const account = existing(state, event);
      const links = used(account.links, 'reset-password');
      return { ...account, passwordHash: event.data.passwordHash, links };
    }
    case 'AccountLinkIssued': {
      const account = existing(state, event);
      return { ...account, links: issued(account.links, event) };
    }
    case 'AccountEmailVerified': {
      const account = existing(state, event);
      return { ...account, isEmailVerified: true, links: used(account.links, 'verify-email') };
    }
    case 'AccountProfileChanged': {
      const { name, telephone, language } = event.data;
      return { ...existing(state, event), name, telephone, language };
    }
    case 'NotificationPreferencesChanged':
      return { ...existing(state, event), ...preferencesIn(event.data) };
    case 'SessionOpened': {
      const account = existing(state, event);
      const { sessionId, tokenHash, device, expiresAt, realm } = event.data;
      const tokens = { tokenHash, replacedTokenHashes: [], replacements: [] };
      const session = { sessionId, ...tokens, expiresAt, ...(realm !== undefined && { realm }) };
      const devices = withDevice(account.devices, device);
      return { ...account, sessions: [...account.sessions, session], devices };
    }
    case 'SessionRefreshed': {
      const account = existing(state, event);
      return { ...account, sessions: account.sessions.map((session) => refreshed(session, event)) };
    }
    case 'SessionClosed': {
      const account = existing(state, event);
      const { sessionId, reason } = event.data;
      const sessions = account.sessions.filter((session) => session.sessionId !== sessionId);
      const reusedSessions =
        reason === 'reused'
          ? [...account.reusedSessions.slice(1 - reusedMax), sessionId]
          : account.reusedSessions;
      return { ...account, sessions, reusedSessions };
    }
    case 'AccountErased': {
      const { certificateId } = event.data;
      return { status: 'NONE', erasure: { certificateId, streams: [] } };
    }
    case 'PersonalDataErased': {
      if (state.status !== 'NONE' || state.erasure === undefined)
        throw new Error('PersonalDataErased before AccountErased');
      const { certificateId, streams } = state.erasure;
      return { status: 'NONE', erasure: { certificateId, streams: [...streams, ...event.data.streams] } };
    }
    default:
      return unreachable(event);
  }
};
