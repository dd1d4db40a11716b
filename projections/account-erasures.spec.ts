import type { AccountErased, PersonalDataErased } from '../domain/account';
import type { AccountId, Instant } from '../domain/kernel';
import { itProjects } from '../tests/support/projections/it-projects';
import { accountErasures, type AccountErasure } from './account-erasures';

const id = 'ada' as AccountId;
const at = '2026-11-30T09:00:00.000Z' as Instant;

const erased: AccountErased = {
  type: 'AccountErased',
  data: { accountId: id, certificateId: 'c', by: 'STAFF', erasedAt: at },
};
const recorded = (...streams: string[]): PersonalDataErased => ({
  type: 'PersonalDataErased',
  data: { accountId: id, streams, erasedAt: at },
});

const begun: AccountErasure = { id, certificateId: 'c', by: 'STAFF', erasedAt: at, counts: [] };
const orders = { ...begun, counts: [{ category: 'order', count: 2 }] };

itProjects(accountErasures, [
  { on: erased, because: 'is begun', touches: [{ id, after: begun }] },
  {
    on: recorded('order-1', 'order-2'),
    because: 'is finished',
    touches: [{ id, before: begun, after: orders }],
  },
  {
    on: recorded('order-3', 'account-ada'),
    because: 'has more streams than one event',
    touches: [
      {
        id,
        before: orders,
        after: {
          ...begun,
          counts: [
            { category: 'account', count: 1 },
            { category: 'order', count: 3 },
          ],
        },
      },
    ],
  },
  { on: recorded('order-1'), because: 'is of an account that is not erased', touches: [{ id }] },
]);
