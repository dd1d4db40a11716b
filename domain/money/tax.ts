import { money, type CurrencyCode, type Money } from './money';
import { split } from './split';

/** The kinds of goods that a country taxes at rates of their own. */
export const taxCategories = ['STANDARD', 'REDUCED', 'SUPER_REDUCED', 'ZERO'] as const;
export type TaxCategory = (typeof taxCategories)[number];

/**
 * The rates of a country in hundredths of a per cent: 1900 is 19 %. Goods of a category without a rate of its own are taxed
 * as those of the standard one.
 */
export type TaxRates = {
  readonly standard: number;
  readonly reduced?: number | undefined;
  readonly superReduced?: number | undefined;
};

/** 100 %. So the tax of goods is never above their price. */
export const taxRateHundredthsMax = 10_000;

/** The way in which a country taxes. `isIncluded`: prices contain the tax; else it is added to them. */
export type TaxTerms = {
  /** ISO 3166-1, two capital letters. */
  readonly country: string;
  readonly isIncluded: boolean;
  readonly rates: TaxRates;
};

/** The sums that are taxed at one rate. `net`: without the tax. */
export type TaxEntry = {
  readonly category: TaxCategory;
  readonly rateHundredths: number;
  readonly net: Money;
  readonly tax: Money;
};

/** The tax of one line or charge, with the category at whose rate it is calculated. */
export type ItemTax = { readonly category: TaxCategory; readonly amount: Money };

/** Something that is sold. `priceMinor`: after all discounts. */
export type TaxedItem = { readonly category: TaxCategory; readonly priceMinor: number };

/** Returns a rate as people write it: `19 %`, `5.5 %`. */
export const percentOf = (rateHundredths: number): string => `${rateHundredths / 100} %`;

const rateFields = { STANDARD: 'standard', REDUCED: 'reduced', SUPER_REDUCED: 'superReduced' } as const;

/** Returns the rate of a category, and the category at whose rate it is taxed. */
const rateOf = (
  rates: TaxRates,
  category: TaxCategory,
): { readonly category: TaxCategory; readonly rateHundredths: number } => {
  if (category === 'ZERO') return { category, rateHundredths: 0 };
  const rateHundredths = rates[rateFields[category]];
  return rateHundredths === undefined
    ? { category: 'STANDARD', rateHundredths: rates.standard }
    : { category, rateHundredths };
};

/** Returns `amount * part / whole`, half a minor unit rounded up. The product can exceed 2^53. */
const rounded = (amount: number, part: number, whole: number): number =>
  Number((2n * BigInt(amount) * BigInt(part) + BigInt(whole)) / (2n * BigInt(whole)));

/**
 * Returns the tax of all items: it is rounded once for each rate, and split onto the items of the rate by the largest
 * remainder, so that the taxes of the items add up to the entries.
 *
 * @returns an entry for each rate at which something is sold, and a tax for each item, in their order.
 */
export const taxOf = (
  { isIncluded, rates }: TaxTerms,
  items: readonly TaxedItem[],
  currency: CurrencyCode,
): { readonly entries: readonly TaxEntry[]; readonly taxes: readonly ItemTax[] } => {
  const rated = items.map(({ category, priceMinor }) => ({ priceMinor, ...rateOf(rates, category) }));
  const shares = rated.map(() => 0);
  const entries: TaxEntry[] = [];
  for (const category of taxCategories) {
    const taxed = rated.flatMap((item, index) => (item.category === category ? [{ ...item, index }] : []));
    const rateHundredths = taxed[0]?.rateHundredths;
    const price = taxed.reduce((sum, { priceMinor }) => sum + priceMinor, 0);
    if (rateHundredths === undefined || price === 0) continue;
    const whole = isIncluded ? taxRateHundredthsMax + rateHundredths : taxRateHundredthsMax;
    const tax = rounded(price, rateHundredths, whole);
    const net = isIncluded ? price - tax : price;
    entries.push({ category, rateHundredths, net: money(net, currency), tax: money(tax, currency) });
    const parts = split(
      tax,
      taxed.map(({ priceMinor }) => priceMinor),
    );
    for (const [index, item] of taxed.entries()) shares[item.index] = parts[index] ?? 0;
  }
  return {
    entries,
    taxes: rated.map(({ category }, index) => ({ category, amount: money(shares[index] ?? 0, currency) })),
  };
};
