import type { PersonalDataErased } from '../domain/account';
import { erasedText, type AccountId, type Instant } from '../domain/kernel';
import type { MerchantEvent } from '../domain/merchant';
import { itProjects } from '../tests/support/projections/it-projects';
import { merchants, type Merchant } from './merchants';

const id = 'ada' as AccountId;
const at = '2026-11-29T09:00:00.000Z' as Instant;
const later = '2026-11-29T10:00:00.000Z' as Instant;

const applied: MerchantEvent = {
  type: 'MerchantApplied',
  data: { accountId: id, shopName: 'Mugs', reason: 'Clay', appliedAt: at },
};
const approved: MerchantEvent = { type: 'MerchantApproved', data: { accountId: id, approvedAt: later } };
const refused: MerchantEvent = {
  type: 'MerchantRefused',
  data: { accountId: id, reason: 'no', refusedAt: later },
};
const disabled: MerchantEvent = {
  type: 'MerchantDisabled',
  data: { accountId: id, reason: 'fakes', disabledAt: later },
};
const enabled: MerchantEvent = { type: 'MerchantEnabled', data: { accountId: id, enabledAt: later } };

const erased: PersonalDataErased = {
  type: 'PersonalDataErased',
  data: { accountId: id, streams: [`account-${id}`, `merchant-${id}`], erasedAt: later },
};

const before: Merchant = {
  ...{ id, shopName: 'Mugs', reason: 'Clay', status: 'APPLIED' },
  ...{ decision: null, appliedAt: at, changedAt: at },
};
const decided = (status: Merchant['status'], decision: string | null): Merchant => ({
  ...before,
  status,
  decision,
  changedAt: later,
});

itProjects(merchants, [
  { on: applied, because: 'waits for a decision', touches: [{ id, after: before }] },
  {
    on: applied,
    because: 'applies again',
    touches: [{ id, before: decided('REFUSED', 'no'), after: before }],
  },
  { on: approved, because: 'may sell', touches: [{ id, before, after: decided('APPROVED', null) }] },
  { on: refused, because: 'may not sell', touches: [{ id, before, after: decided('REFUSED', 'no') }] },
  {
    on: disabled,
    because: 'may not sell any more',
    touches: [{ id, before: decided('APPROVED', null), after: decided('DISABLED', 'fakes') }],
  },
  {
    on: enabled,
    because: 'may sell again',
    touches: [{ id, before: decided('DISABLED', 'fakes'), after: decided('APPROVED', null) }],
  },
  ...[null, 'fakes'].map((decision) => ({
    on: erased,
    because: decision === null ? 'has no words of the person' : 'has no words about the person',
    touches: [
      {
        id,
        before: decided('DISABLED', decision),
        after: {
          ...decided('DISABLED', decision === null ? null : erasedText),
          ...{ shopName: erasedText, reason: erasedText },
        },
      },
    ],
  })),
]);
