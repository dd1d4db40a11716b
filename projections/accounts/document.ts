import type { Role } from '../../domain/account';
import type { AccountId, Instant } from '../../domain/kernel';

/** Who somebody is. Holds no credentials. */
export type Account = {
  readonly id: AccountId;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly registeredAt: Instant;
};
