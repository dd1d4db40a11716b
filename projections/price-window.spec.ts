import fc from 'fast-check';
import { instantOf, type Instant } from '../domain/kernel';
import { gbp } from '../tests/support/domain/order-vocabulary';
import { isReducedAt, pricesAfter, recentPricesMax, type PastPrice } from './price-window';

const DAY_MS = 24 * 3_600_000;
const day = (number: number): Instant => instantOf(Date.parse('2026-01-01T00:00:00Z') + number * DAY_MS);

type Step = readonly [day: number, amountMinor: number];

/** Returns the prices after changes, the first of which is the first price of the product. */
const after = ([[, first], ...steps]: readonly [Step, ...Step[]]) => {
  let price = gbp(first);
  let recentPrices: readonly PastPrice[] = [];
  let reduction: ReturnType<typeof pricesAfter>['reduction'] = null;
  for (const [at, amountMinor] of steps) {
    const change = { previous: price, price: gbp(amountMinor), changedAt: day(at) };
    ({ price, recentPrices, reduction } = pricesAfter({ price, recentPrices }, change));
  }
  return { recentPrices, reduction };
};

describe('a reduction', () => {
  const lowest = (...steps: readonly [Step, ...Step[]]) => after(steps).reduction?.lowestPrice.amountMinor;

  it('has the price before it, and the time', () =>
    expect(
      after([
        [0, 1_000],
        [40, 800],
      ]).reduction,
    ).toEqual({
      previousPrice: gbp(1_000),
      lowestPrice: gbp(1_000),
      since: day(40),
    }));

  it('shows the lowest price of the 30 days before it, also where it was lower than now', () => {
    expect(lowest([0, 1_000], [20, 500], [25, 1_000], [40, 800])).toBe(500);
    expect(lowest([0, 1_000], [5, 500], [10, 1_000], [41, 800])).toBe(1_000);
  });

  it('counts a price that began before the 30 days and ended in them', () =>
    expect(lowest([0, 700], [38, 900], [40, 800])).toBe(700));

  it('is none where the price rose', () =>
    expect(
      after([
        [0, 700],
        [1, 900],
      ]).reduction,
    ).toBeNull());

  it('is one for 30 days', () => {
    const { reduction } = after([
      [0, 1_000],
      [40, 800],
    ]);
    expect([40, 69, 70].map((at) => reduction && isReducedAt(reduction, day(at)))).toEqual([
      true,
      true,
      false,
    ]);
  });
});

/** Changes of a price, so many days after each other. */
const stepsOf = (gapMax: number) =>
  fc
    .array(fc.tuple(fc.double({ min: 0, max: gapMax, noNaN: true }), fc.integer({ min: 1, max: 99 })), {
      ...{ minLength: 2, maxLength: 90, size: 'max' },
    })
    .map((gaps) => {
      let at = 0;
      return gaps.map(([gap, amountMinor]): Step => [(at += Math.round(gap * 24) / 24), amountMinor]);
    });

/** Returns the lowest price of the 30 days before the last change, by looking at all of them. */
const lowestOf = (steps: readonly Step[]): number => {
  const [changedOn] = steps.at(-1) as Step;
  const inWindow = steps.slice(0, -1).filter((_, index) => (steps[index + 1]?.[0] ?? 0) > changedOn - 30);
  return Math.min(...inWindow.map(([, amountMinor]) => amountMinor));
};

it('shows the lowest price of any changes', () =>
  fc.assert(
    fc.property(stepsOf(3), (steps) => {
      const { reduction } = after(steps as unknown as readonly [Step, ...Step[]]);
      if (reduction) expect(reduction.lowestPrice.amountMinor).toBe(lowestOf(steps));
    }),
  ));

it('keeps few prices, and shows none that is higher than the lowest one where there are too many', () => {
  fc.assert(
    fc.property(stepsOf(0.5), (steps) => {
      const { recentPrices, reduction } = after(steps as unknown as readonly [Step, ...Step[]]);
      expect(recentPrices.length).toBeLessThanOrEqual(recentPricesMax);
      const amounts = recentPrices.map(({ amountMinor }) => amountMinor);
      expect(amounts).toEqual(amounts.toSorted((one, other) => one - other));
      if (reduction) expect(reduction.lowestPrice.amountMinor).toBeLessThanOrEqual(lowestOf(steps));
    }),
  );
  const rising = Array.from({ length: 200 }, (_, number): Step => [0.1 * number, 100 + number]);
  const many = after([[0, 99], ...rising, [21, 50]]);
  expect(many.recentPrices.length).toBe(recentPricesMax);
  expect(many.reduction?.lowestPrice).toEqual(gbp(99));
});
