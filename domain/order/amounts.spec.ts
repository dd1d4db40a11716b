import fc from 'fast-check';
import { gbp } from '../../tests/support/domain/order-vocabulary';
import { runs } from '../../tests/support/runs';
import type { ProductId } from '../kernel';
import { amountsOf, lineTotalOf, remainingOf } from './index';
import type { Goods, OrderAmounts, ReturnedGoods } from './index';

const [mug, lamp] = ['mug' as ProductId, 'lamp' as ProductId];

type Line = OrderAmounts['lines'][number];
type Refund = { readonly refused: boolean; readonly lines: readonly ReturnedGoods[] };

const orderOf = (lines: readonly Line[], refunds: readonly Refund[] = []): OrderAmounts => ({
  lines,
  total: gbp(lines.reduce((sum, line) => sum + lineTotalOf(line), 0)),
  payment: { refunds },
});
const lineOf = (productId: ProductId, quantity: number, price: number): Line => ({
  productId,
  quantity,
  unitPrice: gbp(price),
});

describe('what goods of an order are worth', () => {
  const lines = [lineOf(mug, 1, 100), lineOf(lamp, 1, 50), lineOf(mug, 2, 70)];

  it('is the price of the line', () =>
    expect(amountsOf(orderOf(lines), [{ productId: lamp, quantity: 1 }])).toEqual([
      { productId: lamp, quantity: 1, amount: gbp(50) },
    ]));

  it('is the share of all lines of the product, rounded down, and the last piece takes the rest', () =>
    expect(
      amountsOf(
        orderOf([lineOf(mug, 1, 101), lineOf(mug, 2, 70)]),
        Array<Goods>(3).fill({ productId: mug, quantity: 1 }),
      ),
    ).toEqual([80, 80, 81].map((share) => ({ productId: mug, quantity: 1, amount: gbp(share) }))));

  it('is nothing for a product that is not in the order', () => {
    const other = 'other' as ProductId;
    expect(amountsOf(orderOf(lines), [{ productId: other, quantity: 1 }])).toEqual([
      { productId: other, quantity: 1, amount: gbp(0) },
    ]);
    expect(remainingOf(orderOf(lines), other)).toEqual({ quantity: 0, amount: gbp(0) });
  });

  it('is exact beyond 2^53 in between', () => {
    const [returned] = amountsOf(orderOf([lineOf(mug, 100_000, 999_999)]), [
      { productId: mug, quantity: 99_999 },
    ]);
    expect(returned?.amount).toEqual(gbp(99_998_900_001));
  });
});

/** A step: a refund of some of the pieces that are left, or the refusal of an earlier refund. */
type Step = { readonly picks: readonly number[]; readonly refuses?: number | undefined };

const products = [mug, lamp];
const drawnLines = fc.array(
  fc.record({
    productId: fc.constantFrom(...products),
    quantity: fc.integer({ min: 1, max: 9 }),
    unitPrice: fc.integer({ min: 1, max: 40 }).map(gbp),
  }),
  { minLength: 1, maxLength: 4 },
);
const drawnSteps = fc.array(
  fc.record({
    picks: fc.array(fc.nat(9), { minLength: 2, maxLength: 2 }),
    refuses: fc.option(fc.nat(9), { nil: undefined }),
  }),
  { maxLength: 12 },
);

const goodsOf = (order: OrderAmounts, picks: readonly number[]): readonly Goods[] =>
  products.flatMap((productId, index) => {
    const quantity = Math.min(picks[index] ?? 0, remainingOf(order, productId).quantity);
    return quantity === 0 ? [] : [{ productId, quantity }];
  });

const refund = (refunds: readonly Refund[], lines: readonly ReturnedGoods[]): readonly Refund[] => [
  ...refunds,
  { refused: false, lines },
];

const stepped = (lines: readonly Line[], refunds: readonly Refund[], { picks, refuses }: Step) => {
  if (refuses !== undefined)
    return refunds.map((known, index) => (index === refuses ? { ...known, refused: true } : known));
  const order = orderOf(lines, refunds);
  return refund(refunds, amountsOf(order, goodsOf(order, picks)));
};

const amounts = (refunds: readonly Refund[]): number =>
  refunds
    .flatMap(({ refused, lines }) => (refused ? [] : lines))
    .reduce((sum, { amount }) => sum + amount.amountMinor, 0);

describe('partial refunds in any steps, some of them refused', () => {
  it('add up to what the goods cost, and none is negative', () => {
    fc.assert(
      fc.property(drawnLines, drawnSteps, (lines, steps) => {
        let refunds: readonly Refund[] = [];
        for (const step of steps) {
          refunds = stepped(lines, refunds, step);
          const order = orderOf(lines, refunds);
          for (const { amount } of refunds.flatMap((known) => known.lines))
            expect(amount.amountMinor).toBeGreaterThanOrEqual(0);
          const left = products.reduce((sum, id) => sum + remainingOf(order, id).amount.amountMinor, 0);
          expect(left).toBeGreaterThanOrEqual(0);
          expect(left + amounts(refunds)).toBe(order.total.amountMinor);
        }
        const order = orderOf(lines, refunds);
        const all = refund(refunds, amountsOf(order, goodsOf(order, [99, 99])));
        expect(amounts(all)).toBe(order.total.amountMinor);
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('give, without refusals, each piece its price within one minor unit', () => {
    fc.assert(
      fc.property(drawnLines, drawnSteps, (lines, steps) => {
        let refunds: readonly Refund[] = [];
        for (const { picks } of steps) refunds = stepped(lines, refunds, { picks });
        for (const { productId, quantity, amount } of refunds.flatMap((known) => known.lines)) {
          const own = lines.filter((line) => line.productId === productId);
          const pieces = own.reduce((sum, line) => sum + line.quantity, 0);
          const exact = (orderOf(own).total.amountMinor * quantity) / pieces;
          expect(Math.abs(amount.amountMinor - exact)).toBeLessThan(1);
        }
      }),
      { numRuns: runs(500) },
    );
  });
});
