import { given } from '../tests/support/domain/given';
import { erasures, type ErasureListed } from './erasures';
import type { AccountId, Instant } from './kernel';

const [ann, ben] = [
  '5d0b6c3e-0000-5000-8000-000000000001',
  '5d0b6c3e-0000-5000-8000-000000000002',
] as unknown as readonly [AccountId, AccountId];
const at = '2026-11-29T09:00:00.000Z' as Instant;
const listed = (accountId: AccountId): ErasureListed => ({
  type: 'ErasureListed',
  data: { accountId, listedAt: at },
});

it('lists each erased account once', () => {
  given(erasures, [])
    .when({ type: 'ListErasure', accountId: ann, at })
    .then([listed(ann)]);
  given(erasures, [listed(ann)])
    .when({ type: 'ListErasure', accountId: ann, at })
    .then([]);
  given(erasures, [listed(ann)])
    .when({ type: 'ListErasure', accountId: ben, at })
    .then([listed(ben)]);
});
