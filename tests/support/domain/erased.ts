import type { PersonalDataErased } from '../../../domain/account';
import type { AccountId, Instant } from '../../../domain/kernel';

/** The erasure of a person's data in streams. */
export const erased = (accountId: string, ...streams: readonly string[]): PersonalDataErased => ({
  type: 'PersonalDataErased',
  data: { accountId: accountId as AccountId, streams, erasedAt: '2026-11-29T09:00:00.000Z' as Instant },
});
