import type {
  AccountId,
  Fact,
  Instant,
  Language,
  NotificationId,
  NotificationTopic,
  PersonalData,
  Role,
} from '../kernel';

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

/** The whole profile after the change. An absent field has no value. */
export type AccountProfileChanged = Fact<
  'AccountProfileChanged',
  {
    accountId: AccountId;
    name: string;
    /** Digits, after a `+` if it was given. */
    telephone?: string | undefined;
    language?: Language | undefined;
    changedAt: Instant;
  }
>;

/** The effect of a link that is sent by e-mail. */
export type LinkPurpose = 'verify-email' | 'reset-password';

/**
 * A link was drawn for an e-mail. `tokenHash`: SHA-256, hex; only the e-mail has the token. `requestId`: the notification that
 * has the link. Each attempt to send it draws a token of its own, because none is stored.
 */
export type AccountLinkIssued = Fact<
  'AccountLinkIssued',
  {
    accountId: AccountId;
    purpose: LinkPurpose;
    requestId: NotificationId;
    /** The time when the notification was queued. */
    requested: Instant;
    tokenHash: string;
    expiresAt: Instant;
    issuedAt: Instant;
  }
>;

/** A link that was sent to the account's e-mail address was used. */
export type AccountEmailVerified = Fact<
  'AccountEmailVerified',
  { accountId: AccountId; verifiedAt: Instant }
>;

/** All topics of which the account wants no notifications, after the change. */
export type NotificationPreferencesChanged = Fact<
  'NotificationPreferencesChanged',
  { accountId: AccountId; unwanted: readonly NotificationTopic[]; changedAt: Instant }
>;

/** A login that lasts until `expiresAt`, if its newest refresh token is used in time. `tokenHash`: SHA-256, hex. */
export type SessionOpened = Fact<
  'SessionOpened',
  {
    accountId: AccountId;
    sessionId: string;
    tokenHash: string;
    /** The name that the client gave its device. */
    device?: string | undefined;
    expiresAt: Instant;
    openedAt: Instant;
  }
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
  | AccountProfileChanged
  | AccountLinkIssued
  | AccountEmailVerified
  | NotificationPreferencesChanged
  | SessionOpened
  | SessionRefreshed
  | SessionClosed;

export const accountPersonalData: PersonalData<AccountEvent> = {
  AccountRegistered: ['email', 'name'],
  AccountProfileChanged: ['name', 'telephone'],
  SessionOpened: ['device'],
};

export const accountEventTypes = {
  AccountRegistered: true,
  AccountRolesGranted: true,
  AccountRolesRevoked: true,
  AccountPasswordChanged: true,
  AccountProfileChanged: true,
  AccountLinkIssued: true,
  AccountEmailVerified: true,
  NotificationPreferencesChanged: true,
  SessionOpened: true,
  SessionRefreshed: true,
  SessionClosed: true,
} as const satisfies Record<AccountEvent['type'], true>;
