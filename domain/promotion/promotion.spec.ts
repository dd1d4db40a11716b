import { given } from '../../tests/support/domain/given';
import { gbp } from '../../tests/support/domain/order-vocabulary';
import type { AccountId, Instant, OrderId, PromotionId } from '../kernel';
import { fold, later } from '../kernel';
import type { Millis } from '../kernel';
import { money } from '../money';
import type { CurrencyCode } from '../money';
import { lapsedUses, promotion, promotionCategoriesMax, promotionUsesMax, standingOf } from './';
import type { KnownPromotion, PromotionEvent, PromotionRule } from './';

const promotionId = 'promotion-1' as PromotionId;
const [ada, ben] = ['ada' as AccountId, 'ben' as AccountId];
const [one, two, three] = ['order-1' as OrderId, 'order-2' as OrderId, 'order-3' as OrderId];
const at = '2026-03-01T10:00:00.000Z' as Instant;
const minutes = (count: number): Instant => later(at, (count * 60_000) as Millis);
const to = { promotionId, at };

const coupon: PromotionRule = {
  name: 'Spring',
  coupon: 'SPRING',
  percent: 10,
  usesMax: 2,
  usesOfCustomerMax: 1,
};
const created = (rule: PromotionRule = coupon): PromotionEvent => ({
  type: 'PromotionCreated',
  data: { promotionId, rule, createdAt: at },
});
const stopped: PromotionEvent = { type: 'PromotionStopped', data: { promotionId, stoppedAt: at } };
const reserved = (orderId: OrderId, customerId: AccountId, heldUntil = minutes(15)): PromotionEvent => ({
  type: 'PromotionUseReserved',
  data: { promotionId, orderId, customerId, heldUntil, reservedAt: at },
});
const confirmed = (orderId: OrderId): PromotionEvent => ({
  type: 'PromotionUseConfirmed',
  data: { promotionId, orderId, confirmedAt: at },
});
const released = (orderId: OrderId, releasedAt = at): PromotionEvent => ({
  type: 'PromotionUseReleased',
  data: { promotionId, orderId, releasedAt },
});

const create = (rule: PromotionRule) => ({ type: 'CreatePromotion', ...to, rule }) as const;
const reserve = (orderId: OrderId, customerId: AccountId, now = at, heldUntil = minutes(15)) =>
  ({ type: 'ReservePromotionUse', promotionId, at: now, orderId, customerId, heldUntil }) as const;

describe('CreatePromotion', () => {
  it('records the rule', () => given(promotion, []).when(create(coupon)).then([created()]));

  it('limits the uses of all customers where those of one are limited', () =>
    given(promotion, [])
      .when(create({ name: 'Once', percent: 5, usesOfCustomerMax: 1 }))
      .then([created({ name: 'Once', percent: 5, usesOfCustomerMax: 1, usesMax: promotionUsesMax })]));

  it('refuses another rule under the same code', () =>
    given(promotion, [created()])
      .when(create({ ...coupon, percent: 20 }))
      .thenRejected({ code: 'COUPON_TAKEN', coupon: 'SPRING' }));

  const euros = money(100, 'EUR' as CurrencyCode);
  it.each<readonly [keyof PromotionRule, Partial<PromotionRule>]>([
    ['name', { name: ' ' }],
    ['coupon', { coupon: 'AB' }],
    ['coupon', { coupon: 'spring' }],
    ['coupon', { coupon: 'A'.repeat(41) }],
    ['percent', { percent: undefined }],
    ['percent', { amount: gbp(100) }],
    ['percent', { percent: 0 }],
    ['percent', { percent: 101 }],
    ['percent', { percent: 12.5 }],
    ['amount', { percent: undefined, amount: gbp(0) }],
    ['discountMax', { discountMax: gbp(0) }],
    ['discountMax', { percent: undefined, amount: gbp(5), discountMax: gbp(5) }],
    ['minimum', { minimum: gbp(-1) }],
    ['minimum', { percent: undefined, amount: gbp(5), minimum: euros }],
    ['productIds', { productIds: [] }],
    ['categories', { categories: Array.from({ length: promotionCategoriesMax + 1 }, String) }],
    ['endsAt', { startsAt: at, endsAt: at }],
    ['usesMax', { usesMax: 0 }],
    ['usesMax', { usesMax: promotionUsesMax + 1 }],
    ['usesOfCustomerMax', { usesOfCustomerMax: 1.5 }],
  ])('refuses a wrong %s: %j', (field, change) =>
    given(promotion, [])
      .when(create({ ...coupon, ...change }))
      .thenRejected({ code: 'PROMOTION_INVALID', field: field as 'name' }),
  );
});

describe('StopPromotion', () => {
  it('ends it for good', () =>
    given(promotion, [created()])
      .when({ type: 'StopPromotion', ...to })
      .then([stopped]));

  it('refuses an unknown one', () =>
    given(promotion, [])
      .when({ type: 'StopPromotion', ...to })
      .thenRejected({ code: 'PROMOTION_NOT_FOUND', promotionId }));
});

describe('ReservePromotionUse', () => {
  it('reserves one use for an order', () =>
    given(promotion, [created()])
      .when(reserve(one, ada))
      .then([reserved(one, ada)]));

  it('counts nothing where nothing is limited', () =>
    given(promotion, [created({ name: 'All', percent: 5 })])
      .when(reserve(one, ada))
      .then([]));

  it('refuses more orders than the limit', () =>
    given(promotion, [created({ ...coupon, usesMax: 1 }), reserved(one, ada)])
      .when(reserve(two, ben))
      .thenRejected({ code: 'PROMOTION_USED_UP', promotionId, usesMax: 1 }));

  it('refuses more orders of a customer than the limit', () =>
    given(promotion, [created(), reserved(one, ada)])
      .when(reserve(two, ada))
      .thenRejected({ code: 'PROMOTION_USED_BY_CUSTOMER', promotionId, usesMax: 1 }));

  it('gives a released use to another order, also of the same customer', () =>
    given(promotion, [created({ ...coupon, usesMax: 1 }), reserved(one, ada), released(one)])
      .when(reserve(two, ada))
      .then([reserved(two, ada)]));

  it('reserves a use again before it lapses, in one step', () =>
    given(promotion, [created(), reserved(one, ada)])
      .when(reserve(one, ada, minutes(11), minutes(26)))
      .then([
        released(one, minutes(11)),
        {
          type: 'PromotionUseReserved',
          data: {
            promotionId,
            orderId: one,
            customerId: ada,
            heldUntil: minutes(26),
            reservedAt: minutes(11),
          },
        },
      ]));

  it('reserves a use again where it is needed for longer than it is held', () => {
    const wanted = { ...reserve(one, ada, minutes(5), minutes(35)), neededUntil: minutes(16) };
    const held = given(promotion, [created(), reserved(one, ada)]);
    held.when({ ...wanted, neededUntil: minutes(15) }).then([]);
    const again = reserved(one, ada, minutes(35));
    held
      .when(wanted)
      .then([
        released(one, minutes(5)),
        { ...again, data: { ...again.data, reservedAt: minutes(5) } } as PromotionEvent,
      ]);
  });

  it('leaves the use of an order that exists as it is', () =>
    given(promotion, [created(), reserved(one, ada), confirmed(one)])
      .when(reserve(one, ada, minutes(30), minutes(45)))
      .then([]));

  const [starts, ends] = [minutes(60), minutes(120)];
  it.each([
    ['NOT_STARTED', minutes(59), []],
    ['ENDED', ends, []],
    ['STOPPED', starts, [stopped]],
  ] as const)('refuses a promotion that is %s', (state, now, more) =>
    given(promotion, [created({ ...coupon, startsAt: starts, endsAt: ends }), ...more])
      .when(reserve(one, ada, now))
      .thenRejected({ code: 'PROMOTION_NOT_ACTIVE', promotionId, state }),
  );

  it('is active from its start to just before its end', () => {
    const times = { startsAt: starts, endsAt: ends };
    expect(standingOf(times, false, starts)).toBe('ACTIVE');
    expect(standingOf(times, false, '2026-03-01T11:59:59.999Z' as Instant)).toBe('ACTIVE');
  });
});

describe('a reserved use', () => {
  it('is confirmed once', () =>
    given(promotion, [created(), reserved(one, ada)])
      .when({ type: 'ConfirmPromotionUse', ...to, orderId: one })
      .then([confirmed(one)]));

  it('is not confirmed after it was released', () =>
    given(promotion, [created(), reserved(one, ada), released(one)])
      .when({ type: 'ConfirmPromotionUse', ...to, orderId: one })
      .then([]));

  it.each([[[reserved(one, ada)]], [[reserved(one, ada), confirmed(one)]]])(
    'is released, also if confirmed',
    (uses) =>
      given(promotion, [created(), ...uses])
        .when({ type: 'ReleasePromotionUse', ...to, orderId: one })
        .then([released(one)]),
  );

  it('lapses if it is not confirmed in time', () => {
    const state = fold(promotion.evolve, promotion.initial, [
      created({ ...coupon, usesMax: 9 }),
      reserved(one, ada),
      reserved(two, ben, minutes(16)),
      reserved(three, ben),
      confirmed(three),
    ]) as KnownPromotion;
    expect(lapsedUses(state, { at: minutes(14) }, 9)).toEqual([]);
    expect(lapsedUses(state, { at: minutes(15) }, 9)).toEqual([one]);
    expect(lapsedUses(state, { at: minutes(16) }, 1)).toHaveLength(1);
    expect(lapsedUses(state, { at: minutes(16), customerId: ben }, 9)).toEqual([two]);
  });

  it('is not looked at any more once it is confirmed or released, so that a long history costs nothing', () => {
    const state = fold(promotion.evolve, promotion.initial, [
      created({ ...coupon, usesMax: 9 }),
      ...[reserved(one, ada), reserved(two, ben), reserved(three, ben)],
      ...[confirmed(one), released(two)],
    ]) as KnownPromotion;
    expect(state.uses.size).toBe(2);
    expect(state.unconfirmed.entries().map(([orderId]) => orderId)).toEqual([three]);
  });
});

describe('the snapshot', () => {
  it('is the state again', () => {
    const state = fold(promotion.evolve, promotion.initial, [
      created(),
      reserved(one, ada),
      reserved(two, ben),
      confirmed(two),
    ]);
    const { toPlain, fromPlain } = promotion.snapshot!;
    expect(fromPlain(structuredClone(toPlain(state)))).toEqual(state);
    expect(fromPlain(toPlain(promotion.initial))).toEqual(promotion.initial);
  });
});
