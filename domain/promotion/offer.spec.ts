import fc from 'fast-check';
import { gbp } from '../../tests/support/domain/order-vocabulary';
import { runs } from '../../tests/support/runs';
import { fold } from '../kernel';
import type { AccountId, Instant, OrderId, ProductId, PromotionId } from '../kernel';
import { money } from '../money';
import type { CurrencyCode } from '../money';
import { amountsOf, lineTotalOf, remainingOf } from '../order';
import type { ReturnedGoods } from '../order';
import { offerOf, promotion } from './';
import type { KnownPromotion, OfferedLine, PromotionEvent, PromotionRule } from './';

const at = '2026-03-01T10:00:00.000Z' as Instant;
const customerId = 'ada' as AccountId;
const [orderId, otherId] = ['order-1' as OrderId, 'order-2' as OrderId];
const [mug, lamp, rug] = ['mug', 'lamp', 'rug'] as ProductId[] as [ProductId, ProductId, ProductId];

const lineOf = (productId: ProductId, quantity: number, price: number, category = 'desk'): OfferedLine => ({
  ...{ productId, category, quantity },
  unitPrice: gbp(price),
});
const known = (id: string, rule: Partial<PromotionRule>, ...more: PromotionEvent[]): KnownPromotion => {
  const promotionId = id as PromotionId;
  const data = { promotionId, rule: { name: id, ...rule }, createdAt: at };
  return fold(promotion.evolve, promotion.initial, [
    { type: 'PromotionCreated', data },
    ...more,
  ]) as KnownPromotion;
};
const offer = (
  lines: readonly OfferedLine[],
  { automatic = [], coupon }: { automatic?: readonly KnownPromotion[]; coupon?: KnownPromotion } = {},
) => offerOf({ orderId, customerId, lines, automatic, coupon, at });

const lines = [lineOf(mug, 1, 333), lineOf(lamp, 1, 333, 'light'), lineOf(rug, 2, 167, 'floor')];

describe('one promotion', () => {
  it('is split onto the lines by the largest remainder', () =>
    expect(offer(lines, { coupon: known('a', { coupon: 'A', amount: gbp(100) }) })).toEqual({
      discounts: [33, 33, 34],
      promotions: [{ promotionId: 'a', name: 'a', coupon: 'A', amount: gbp(100) }],
    }));

  it.each<readonly [string, Partial<PromotionRule>, readonly number[]]>([
    ['a percentage, rounded down', { percent: 15 }, [50, 50, 50]],
    ['a percentage up to a limit', { percent: 50, discountMax: gbp(9) }, [3, 3, 3]],
    ['products', { percent: 10, productIds: [lamp] }, [0, 33, 0]],
    ['categories', { percent: 10, categories: ['floor'] }, [0, 0, 33]],
    ['products and categories', { percent: 10, productIds: [mug], categories: ['floor'] }, [33, 0, 33]],
    ['no more than its goods cost', { amount: gbp(900), productIds: [mug] }, [333, 0, 0]],
    ['a minimum that is just reached', { percent: 1, minimum: gbp(1_000) }, [3, 3, 4]],
  ])('takes off %s', (_, rule, discounts) =>
    expect(offer(lines, { coupon: known('a', rule) })).toMatchObject({ discounts, promotions: [{}] }),
  );

  it.each<readonly [string, Partial<PromotionRule>, object]>([
    ['goods', { percent: 10, categories: ['garden'] }, { code: 'PROMOTION_HAS_NO_GOODS' }],
    [
      'goods of its currency',
      { amount: money(5, 'EUR' as CurrencyCode) },
      { code: 'PROMOTION_HAS_NO_GOODS' },
    ],
    [
      'enough goods',
      { percent: 10, minimum: gbp(334), productIds: [mug] },
      { code: 'PROMOTION_MINIMUM_NOT_REACHED', minimum: gbp(334), reached: gbp(333) },
    ],
    ['anything left to pay', { amount: gbp(1_000) }, { code: 'PROMOTION_TAKES_ALL' }],
    ['time', { percent: 10, endsAt: at }, { code: 'PROMOTION_NOT_ACTIVE', state: 'ENDED' }],
  ])('is refused without %s', (_, rule, refusal) =>
    expect(offer(lines, { coupon: known('a', rule) })).toEqual({
      discounts: [0, 0, 0],
      promotions: [],
      refusal: { promotionId: 'a', ...refusal },
    }),
  );

  it('does not take one of its uses for a discount of nothing', () =>
    expect(offer([lineOf(mug, 1, 9)], { coupon: known('a', { percent: 10 }) }).promotions).toEqual([]));
});

describe('several promotions', () => {
  it('are the best automatic one, and the coupon on what is left', () => {
    const automatic = [known('a', { percent: 10 }), known('b', { percent: 20 }), known('c', { percent: 20 })];
    const { discounts, promotions } = offer([lineOf(mug, 1, 1_000)], {
      automatic,
      coupon: known('d', { coupon: 'D', percent: 50 }),
    });
    expect(promotions.map(({ promotionId, amount }) => [promotionId, amount.amountMinor])).toEqual([
      ['b', 200],
      ['d', 400],
    ]);
    expect(discounts).toEqual([600]);
  });

  it('pass over an automatic one that is used up, unless this order has a use', () => {
    const used = (by: OrderId): PromotionEvent => ({
      type: 'PromotionUseReserved',
      data: { promotionId: 'a' as PromotionId, orderId: by, customerId, heldUntil: at, reservedAt: at },
    });
    const ids = (by: OrderId) =>
      offer(lines, { automatic: [known('a', { percent: 10, usesMax: 1 }, used(by))] }).promotions.length;
    expect(ids(otherId)).toBe(0);
    expect(ids(orderId)).toBe(1);
  });
});

const drawnLines = fc.array(
  fc.record({
    productId: fc.constantFrom(mug, lamp, rug),
    category: fc.constantFrom('desk', 'light'),
    quantity: fc.integer({ min: 1, max: 9 }),
    unitPrice: fc.integer({ min: 1, max: 500 }).map(gbp),
  }),
  { minLength: 1, maxLength: 5 },
);
const scopes = fc.record(
  { productIds: fc.constant([mug]), categories: fc.constant(['light']), minimum: fc.constant(gbp(40)) },
  { requiredKeys: [] },
);
const drawnRule = fc.oneof(
  fc.record({ percent: fc.integer({ min: 1, max: 100 }), scope: scopes }),
  fc.record({ amount: fc.integer({ min: 1, max: 3_000 }).map(gbp), scope: scopes }),
);
const rules = fc.array(drawnRule, { maxLength: 3 });
const steps = fc.array(fc.array(fc.nat(7), { minLength: 3, maxLength: 3 }), { maxLength: 8 });

it('with any promotions and partial refunds in any order, what comes back is what was paid', () => {
  fc.assert(
    fc.property(drawnLines, rules, rules, steps, (drawn, automatic, coupons, refunds) => {
      const promotions = (list: readonly { readonly scope: object }[], name: string) =>
        list.map(({ scope, ...rule }, index) => known(`${name}${index}`, { ...rule, ...scope }));
      const [coupon] = promotions(coupons, 'coupon');
      const found = offer(drawn, { automatic: promotions(automatic, 'auto'), coupon: coupon! });
      const sold = drawn.map((line, index) => ({ ...line, discount: gbp(found.discounts[index]!) }));
      const paid = sold.reduce((sum, line) => sum + lineTotalOf(line), 0);
      for (const line of sold) {
        expect(line.discount.amountMinor).toBeGreaterThanOrEqual(0);
        expect(lineTotalOf(line)).toBeGreaterThanOrEqual(0);
      }
      expect(paid).toBeGreaterThan(0);
      const taken = found.promotions.reduce((sum, { amount }) => sum + amount.amountMinor, 0);
      expect(found.discounts.reduce((sum, discount) => sum + discount, 0)).toBe(taken);

      const done: { refused: boolean; lines: readonly ReturnedGoods[] }[] = [];
      const order = () => ({ lines: sold, total: gbp(paid), payment: { refunds: done } });
      for (const picks of [...refunds, [99, 99, 99]]) {
        const goods = [mug, lamp, rug].flatMap((productId, index) => {
          const quantity = Math.min(picks[index]!, remainingOf(order(), productId).quantity);
          return quantity > 0 ? [{ productId, quantity }] : [];
        });
        done.push({ refused: false, lines: amountsOf(order(), goods) });
      }
      const back = done.flatMap((refund) => refund.lines.map(({ amount }) => amount.amountMinor));
      expect(Math.min(0, ...back)).toBe(0);
      expect(back.reduce((sum, amount) => sum + amount, 0)).toBe(paid);
    }),
    { numRuns: runs(1_000) },
  );
});
