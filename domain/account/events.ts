import type { AccountId, Fact, Instant } from '../kernel';

export const roles = ['customer', 'seller', 'staff', 'administrator', 'carrier', 'analyst'] as const;
export type Role = (typeof roles)[number];

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
/** A log-in that lasts until `expiresAt`, as long as its newest token is used. `tokenHash`: SHA-256, hex. */
export type SessionOpened = Fact<
  'SessionOpened',
  { accountId: AccountId; sessionId: string; tokenHash: string; expiresAt: Instant; openedAt: Instant }
>;
/** `salt`: the new token is an HMAC of it under the replaced token, so that only a holder of that one can find it. */
export type SessionRefreshed = Fact<
  'SessionRefreshed',
  { accountId: AccountId; sessionId: string; tokenHash: string; salt?: string; refreshedAt: Instant }
>;
/** `reused`: a token that had been replaced was shown again, so someone else may hold it. */
export type SessionClosed = Fact<
  'SessionClosed',
  {
    accountId: AccountId;
    sessionId: string;
    reason: 'logged-out' | 'reused' | 'superseded';
    closedAt: Instant;
  }
>;

export type AccountEvent =
  AccountRegistered | AccountRolesGranted | SessionOpened | SessionRefreshed | SessionClosed;

export const accountEventTypes = {
  AccountRegistered: true,
  AccountRolesGranted: true,
  SessionOpened: true,
  SessionRefreshed: true,
  SessionClosed: true,
} as const satisfies Record<AccountEvent['type'], true>;
