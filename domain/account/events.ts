import {
  erasedText,
  type AccountId,
  type Fact,
  type Instant,
  type Language,
  type NotificationId,
  type NotificationPace,
  type NotificationRoute,
  type NotificationTopic,
  type PersonalData,
  type QuietHours,
  type Realm,
  type Role,
  type RoleId,
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

/** `definedRoles`: roles that administrators defined; absent where it is about none. */
export type AccountRolesGranted = Fact<
  'AccountRolesGranted',
  {
    accountId: AccountId;
    roles: readonly Role[];
    definedRoles?: readonly RoleId[] | undefined;
    grantedAt: Instant;
  }
>;

export type AccountRolesRevoked = Fact<
  'AccountRolesRevoked',
  {
    accountId: AccountId;
    roles: readonly Role[];
    definedRoles?: readonly RoleId[] | undefined;
    revokedAt: Instant;
  }
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

/** All preferences after the change. An absent field has the value that an account begins with. */
export type NotificationPreferencesChanged = Fact<
  'NotificationPreferencesChanged',
  {
    accountId: AccountId;
    /** The topics of which no notifications are wanted. */
    unwanted: readonly NotificationTopic[];
    /** The topics that do not go by e-mail alone, each with its channels in the order in which they are tried. */
    routes?: readonly NotificationRoute[] | undefined;
    pace?: NotificationPace | undefined;
    quietHours?: QuietHours | undefined;
    timeZone?: string | undefined;
    changedAt: Instant;
  }
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
    /** The account was logged in before, and never from a device of this name. */
    isNewDevice?: true | undefined;
    /** The realm of its access tokens; absent where they are of all realms. */
    realm?: Realm | undefined;
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
    reason: 'logged-out' | 'reused' | 'superseded' | 'password-changed' | 'account-erased';
    closedAt: Instant;
  }
>;

/**
 * The account has ended, and the personal data of its owner is erased: the key that seals it is destroyed next. The address may
 * sign up again, as another account. `certificateId`: identifies the erasure to the person.
 */
export type AccountErased = Fact<
  'AccountErased',
  { accountId: AccountId; certificateId: string; by: ErasureParty; erasedAt: Instant }
>;

/** The one who erased an account: its owner, or staff on the owner's request. */
export type ErasureParty = 'OWNER' | 'STAFF';

/**
 * Personal data of the account's owner in these streams is read as erased from now on. It follows the destruction of the key.
 * The streams of one erasure may be in several of these events.
 */
export type PersonalDataErased = Fact<
  'PersonalDataErased',
  { accountId: AccountId; streams: readonly string[]; erasedAt: Instant }
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
  | SessionClosed
  | AccountErased
  | PersonalDataErased;

const person = 'accountId';

export const accountPersonalData: PersonalData<AccountEvent> = {
  AccountRegistered: { person, erased: { email: erasedText, name: erasedText, passwordHash: '' } },
  AccountPasswordChanged: { person, erased: { passwordHash: '' } },
  AccountProfileChanged: { person, erased: { name: erasedText, telephone: undefined } },
  // They tell when and where a person sleeps.
  NotificationPreferencesChanged: { person, erased: { quietHours: undefined, timeZone: undefined } },
  SessionOpened: { person, erased: { device: undefined } },
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
  AccountErased: true,
  PersonalDataErased: true,
} as const satisfies Record<AccountEvent['type'], true>;
