import type {
  AccountId,
  ChangedMeanwhile,
  Instant,
  Language,
  NotificationId,
  NotificationPace,
  NotificationPreferences,
  NotificationRoute,
  NotificationTopic,
  QuietHours,
  Realm,
  Role,
  RoleId,
} from '../kernel';
import type { ErasureParty, LinkPurpose } from './events';

type To = { readonly accountId: AccountId; readonly at: Instant };

export type RegisterAccount = To & {
  readonly type: 'RegisterAccount';
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly roles: readonly Role[];
};

type Roles = {
  readonly roles: readonly Role[];
  /** Roles that administrators defined. */
  readonly definedRoles?: readonly RoleId[] | undefined;
};

export type GrantRoles = To & Roles & { readonly type: 'GrantRoles' };

export type RevokeRoles = To & Roles & { readonly type: 'RevokeRoles' };

/** Ends all sessions, because the password may be changed after another person has opened one. */
export type ChangePassword = To & {
  readonly type: 'ChangePassword';
  readonly passwordHash: string;
  /** The stored hash that the present password was verified against; absent where no password was shown. */
  readonly replaces?: string | undefined;
};

/**
 * Makes a link valid. Nothing happens where it is not needed: a later request has a link already, the link of this request was
 * used, or the address is verified.
 */
export type IssueLink = To & {
  readonly type: 'IssueLink';
  readonly purpose: LinkPurpose;
  readonly requestId: NotificationId;
  readonly requested: Instant;
  readonly tokenHash: string;
};

export type VerifyEmail = To & { readonly type: 'VerifyEmail'; readonly tokenHash: string };

/** Replaces the password and ends all sessions. The link also proves that its user reads the account's e-mails. */
export type ResetPasswordByLink = To & {
  readonly type: 'ResetPasswordByLink';
  readonly tokenHash: string;
  readonly passwordHash: string;
};

export type Profile = {
  readonly name: string;
  readonly telephone?: string | undefined;
  readonly language?: Language | undefined;
};

/** Changes the fields that are given. An empty telephone number removes it. */
export type ChangeProfile = To & {
  readonly type: 'ChangeProfile';
  readonly name?: string | undefined;
  readonly telephone?: string | undefined;
  readonly language?: Language | undefined;
  /** The profile that the sender has seen. Absent: any. */
  readonly expected?: Profile | undefined;
};

/**
 * Declines the notifications of these topics, and no others. What else is not given stays as it is; quiet hours that end when they
 * begin are none.
 */
export type ChangeNotificationPreferences = To & {
  readonly type: 'ChangeNotificationPreferences';
  readonly unwanted: readonly NotificationTopic[];
  readonly routes?: readonly NotificationRoute[] | undefined;
  readonly pace?: NotificationPace | undefined;
  readonly quietHours?: QuietHours | undefined;
  readonly timeZone?: string | undefined;
  /** The preferences that the sender has seen. Absent: any. */
  readonly expected?: NotificationPreferences | undefined;
};

/** Opens a session. At most 20 sessions stay open; a further login closes the oldest one. */
export type OpenSession = To & {
  readonly type: 'OpenSession';
  readonly sessionId: string;
  readonly tokenHash: string;
  readonly device?: string | undefined;
  /** The realm in which the account logs in; absent for a client that names none. */
  readonly realm?: Realm | undefined;
  readonly expiresAt: Instant;
  /** The stored hash that the password was verified against; absent for a login without a password. */
  readonly passwordHash?: string | undefined;
};

/**
 * Replaces the session's token. An older token closes the session, except within `refreshGraceMs` of its replacement.
 * `salt`: input for the derivation of the new token from the replaced one.
 */
export type RefreshSession = To & {
  readonly type: 'RefreshSession';
  readonly sessionId: string;
  readonly tokenHash: string;
  readonly newTokenHash: string;
  readonly salt: string;
};

export type CloseSession = To & { readonly type: 'CloseSession'; readonly sessionId: string };

export type CloseAllSessions = To & { readonly type: 'CloseAllSessions' };

/** Ends the account and all its sessions. */
export type EraseAccount = To & {
  readonly type: 'EraseAccount';
  readonly certificateId: string;
  readonly by: ErasureParty;
};

/** Records the streams of an erased account's owner whose personal data is read as erased. */
export type RecordErasedStreams = To & {
  readonly type: 'RecordErasedStreams';
  readonly streams: readonly string[];
};

export type AccountCommand =
  | RegisterAccount
  | GrantRoles
  | RevokeRoles
  | ChangePassword
  | IssueLink
  | VerifyEmail
  | ResetPasswordByLink
  | ChangeProfile
  | ChangeNotificationPreferences
  | OpenSession
  | RefreshSession
  | CloseSession
  | CloseAllSessions
  | EraseAccount
  | RecordErasedStreams;
/**
 * `ENDED`: the session is not open any more, or never was; both get the same answer, so that it does not tell which accounts
 * exist. `EXPIRED`: its time is over. `REUSED`: a replaced token of it was shown, so it was closed for everyone. `UNKNOWN`:
 * this is not its token.
 */
export type SessionInvalidReason = 'ENDED' | 'EXPIRED' | 'REUSED' | 'UNKNOWN';

export type AccountRejection =
  | { readonly code: 'EMAIL_TAKEN' }
  | { readonly code: 'ACCOUNT_NOT_FOUND' }
  | { readonly code: 'EMAIL_INVALID' }
  | { readonly code: 'NAME_EMPTY' }
  /** Short messages are wanted, and the account has no telephone number. */
  | ChangedMeanwhile
  | { readonly code: 'TELEPHONE_MISSING' }
  | { readonly code: 'TELEPHONE_INVALID'; readonly min: number; readonly max: number }
  | { readonly code: 'CREDENTIALS_WRONG' }
  | { readonly code: 'SESSION_INVALID'; readonly reason: SessionInvalidReason }
  | { readonly code: 'TOO_MANY_ROLES'; readonly max: number }
  | { readonly code: 'LINK_INVALID' }
  | { readonly code: 'LINK_EXPIRED' };
