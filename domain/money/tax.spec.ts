import fc from 'fast-check';
import { gbp } from '../../tests/support/domain/order-vocabulary';
import { runs } from '../../tests/support/runs';
import { taxCategories, taxOf, type CurrencyCode, type TaxedItem, type TaxTerms } from './';

const currency = 'GBP' as CurrencyCode;
const terms: TaxTerms = { country: 'DE', isIncluded: true, rates: { standard: 1_900, reduced: 700 } };
const added: TaxTerms = { ...terms, isIncluded: false };
const standard = (priceMinor: number): TaxedItem => ({ category: 'STANDARD', priceMinor });
const entry = (category: TaxedItem['category'], rateHundredths: number, net: number, tax: number) => ({
  ...{ category, rateHundredths, net: gbp(net), tax: gbp(tax) },
});

describe('the tax of what is sold', () => {
  it('is contained in prices that include it', () =>
    expect(taxOf(terms, [standard(2_000)], currency)).toEqual({
      entries: [entry('STANDARD', 1_900, 1_681, 319)],
      taxes: [{ category: 'STANDARD', amount: gbp(319) }],
    }));

  it('is added to prices that do not include it', () =>
    expect(taxOf(added, [standard(2_000)], currency).entries).toEqual([
      entry('STANDARD', 1_900, 2_000, 380),
    ]));

  it('rounds a half up', () =>
    expect(
      taxOf({ ...added, rates: { standard: 500 } }, [standard(10), standard(0)], currency).entries,
    ).toEqual([entry('STANDARD', 500, 10, 1)]));

  it('is rounded once for each rate, and split by the largest remainder', () => {
    // 19 % of 3 × 9 is 5.13, and of each 1.71.
    const { entries, taxes } = taxOf(added, [standard(9), standard(9), standard(9)], currency);
    expect(entries).toEqual([entry('STANDARD', 1_900, 27, 5)]);
    expect(taxes.map(({ amount }) => amount.amountMinor)).toEqual([2, 2, 1]);
  });

  it('has the rate of each category, and the standard one for a category without a rate of its own', () => {
    const items = taxCategories.map((category) => ({ category, priceMinor: 100 }));
    expect(taxOf(added, items, currency)).toEqual({
      entries: [entry('STANDARD', 1_900, 200, 38), entry('REDUCED', 700, 100, 7), entry('ZERO', 0, 100, 0)],
      taxes: [
        { category: 'STANDARD', amount: gbp(19) },
        { category: 'REDUCED', amount: gbp(7) },
        { category: 'STANDARD', amount: gbp(19) },
        { category: 'ZERO', amount: gbp(0) },
      ],
    });
  });

  it('has no entry for a rate at which everything is free of charge', () =>
    expect(taxOf(added, [standard(0)], currency)).toEqual({
      entries: [],
      taxes: [{ category: 'STANDARD', amount: gbp(0) }],
    }));

  it('adds up to the minor unit for all goods and rates', () => {
    const items = fc.array(
      fc.record({ category: fc.constantFrom(...taxCategories), priceMinor: fc.nat(1_000_000_000) }),
      { minLength: 1, maxLength: 12 },
    );
    const rate = fc.integer({ min: 0, max: 10_000 });
    const rates = fc.record({
      standard: rate,
      reduced: rate,
      superReduced: fc.option(rate, { nil: undefined }),
    });
    fc.assert(
      fc.property(items, rates, fc.boolean(), (sold, drawn, isIncluded) => {
        const { entries, taxes } = taxOf({ country: 'DE', isIncluded, rates: drawn }, sold, currency);
        for (const { category, net, tax } of entries) {
          const price = sold.reduce(
            (sum, { priceMinor }, index) => sum + (taxes[index]?.category === category ? priceMinor : 0),
            0,
          );
          expect(isIncluded ? net.amountMinor + tax.amountMinor : net.amountMinor).toBe(price);
          const parts = taxes.filter((one) => one.category === category);
          expect(parts.reduce((sum, { amount }) => sum + amount.amountMinor, 0)).toBe(tax.amountMinor);
        }
        for (const [index, { amount }] of taxes.entries()) {
          expect(amount.amountMinor).toBeGreaterThanOrEqual(0);
          expect(amount.amountMinor).toBeLessThanOrEqual(sold[index]!.priceMinor);
        }
      }),
      { numRuns: runs(500) },
    );
  });
});
