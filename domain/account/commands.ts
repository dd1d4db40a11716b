import type { AccountId, Instant } from '../kernel';
import type { Role } from './events';

type To = { readonly accountId: AccountId; readonly at: Instant };

export type RegisterAccount = To & {
  readonly type: 'RegisterAccount';
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly roles: readonly Role[];
};
export type GrantRoles = To & { readonly type: 'GrantRoles'; readonly roles: readonly Role[] };
/** At most 20 sessions stay open; the oldest gives way. */
export type OpenSession = To & {
  readonly type: 'OpenSession';
  readonly sessionId: string;
  readonly tokenHash: string;
  readonly expiresAt: Instant;
};
/**
 * Replaces the session's token. A token that was replaced before closes the session, except within `refreshGraceMs` of its
 * replacement. `salt`: how the new token follows from the replaced one.
 */
export type RefreshSession = To & {
  readonly type: 'RefreshSession';
  readonly sessionId: string;
  readonly tokenHash: string;
  readonly newTokenHash: string;
  readonly salt: string;
};
export type CloseSession = To & { readonly type: 'CloseSession'; readonly sessionId: string };

export type AccountCommand = RegisterAccount | GrantRoles | OpenSession | RefreshSession | CloseSession;
