import { given } from '../tests/support/domain/given';
import { alongEveryWalk, recordsOnce } from '../tests/support/domain/walk';
import type { AccountId, Instant, ProductId } from './kernel';
import { merchant, type MerchantCommand, type MerchantEvent, type MerchantStatus } from './merchant';

const at = '2026-11-29T09:00:00.000Z' as Instant;
const accountId = 'ada' as AccountId;
const of = { accountId };

const apply: MerchantCommand = { type: 'ApplyAsMerchant', ...of, shopName: 'Mugs', reason: 'Clay', at };
const approve: MerchantCommand = { type: 'ApproveMerchant', ...of, at };
const refuse: MerchantCommand = { type: 'RefuseMerchant', ...of, reason: 'no', at };
const disable: MerchantCommand = { type: 'DisableMerchant', ...of, reason: 'fakes', at };
const enable: MerchantCommand = { type: 'EnableMerchant', ...of, at };

const applied: MerchantEvent = {
  type: 'MerchantApplied',
  data: { ...of, shopName: 'Mugs', reason: 'Clay', appliedAt: at },
};
const approved: MerchantEvent = { type: 'MerchantApproved', data: { ...of, approvedAt: at } };
const refused: MerchantEvent = { type: 'MerchantRefused', data: { ...of, reason: 'no', refusedAt: at } };
const disabled: MerchantEvent = {
  type: 'MerchantDisabled',
  data: { ...of, reason: 'fakes', disabledAt: at },
};
const enabled: MerchantEvent = { type: 'MerchantEnabled', data: { ...of, enabledAt: at } };

const productIds = ['mug' as ProductId];
const show: MerchantCommand = { type: 'ShowProducts', ...of, productIds, at };
const withdrawn: MerchantEvent = {
  type: 'MerchantProductsWithdrawn',
  data: { ...of, productIds, withdrawnAt: at },
};
const restored: MerchantEvent = {
  type: 'MerchantProductsRestored',
  data: { ...of, productIds, restoredAt: at },
};

const histories: Readonly<Record<MerchantStatus, readonly MerchantEvent[]>> = {
  APPLIED: [applied],
  APPROVED: [applied, approved],
  REFUSED: [applied, refused],
  DISABLED: [applied, approved, disabled],
};

it.each<[string, readonly MerchantEvent[], MerchantCommand, readonly MerchantEvent[]]>([
  ['applies', [], apply, [applied]],
  ['applies again after a refusal', histories.REFUSED, apply, [applied]],
  ['applies with the same words once', histories.APPLIED, apply, []],
  [
    'replaces its application',
    histories.APPLIED,
    { ...apply, shopName: 'Cups' } as MerchantCommand,
    [{ ...applied, data: { ...applied.data, shopName: 'Cups' } } as MerchantEvent],
  ],
  ['is approved', histories.APPLIED, approve, [approved]],
  ['is approved once', histories.APPROVED, approve, []],
  ['is refused', histories.APPLIED, refuse, [refused]],
  ['is disabled', histories.APPROVED, disable, [disabled]],
  ['is enabled', histories.DISABLED, enable, [enabled]],
  ['is disabled again', [...histories.DISABLED, enabled], disable, [disabled]],
])('%s', (_, history, command, events) => given(merchant, history).when(command).then(events));

it.each<[string, readonly MerchantEvent[], MerchantCommand, readonly MerchantEvent[]]>([
  ['withdraws products while it is disabled', histories.DISABLED, show, [withdrawn]],
  ['restores products once it is enabled', [...histories.DISABLED, withdrawn, enabled], show, [restored]],
  ['keeps the products of others as they are', histories.APPLIED, show, []],
  ['records no empty list', histories.DISABLED, { ...show, productIds: [] } as MerchantCommand, []],
])('%s', (_, history, command, events) =>
  given(merchant, history)
    .when(command)
    .then(events, events.length > 0 ? { again: 'new events' } : {}),
);

it.each<[MerchantCommand, MerchantStatus]>([
  [apply, 'APPROVED'],
  [apply, 'DISABLED'],
  [approve, 'REFUSED'],
  [approve, 'DISABLED'],
  [refuse, 'APPROVED'],
  [refuse, 'DISABLED'],
  [disable, 'APPLIED'],
  [disable, 'REFUSED'],
  [enable, 'APPLIED'],
  [enable, 'REFUSED'],
])('refuses $type where it is %s', (command, status) =>
  given(merchant, histories[status]).when(command).thenRejected({ code: 'MERCHANT_WRONG_STATUS', status }),
);

it.each([approve, refuse, disable, enable])('refuses $type of an account that has not applied', (command) =>
  given(merchant, []).when(command).thenRejected({ code: 'MERCHANT_NOT_FOUND' }),
);

it('needs a name of the shop', () =>
  given(merchant, [])
    .when({ ...apply, shopName: ' ' } as MerchantCommand)
    .thenRejected({ code: 'NAME_EMPTY' }));

it('records any command, sent twice, once', () =>
  alongEveryWalk(
    merchant,
    () => [apply, approve, refuse, disable, enable],
    (step) => recordsOnce(merchant, step),
  ));
