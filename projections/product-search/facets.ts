import { tally, type AccountId } from '../../domain/kernel';
import type { CurrencyCode, Money } from '../../domain/money';
import type { Range } from '../../platform/read-models';

/** A price from `from` to less than `below`, in minor units of the currency. */
export type PriceRange = {
  readonly currency: CurrencyCode;
  readonly from?: number | undefined;
  readonly below?: number | undefined;
};

/** Conditions of the products that are shown. */
export type ProductNarrowing = {
  /** The texts of which products have one as their category. */
  readonly categories?: readonly string[] | undefined;
  readonly sellerId?: AccountId | undefined;
  readonly price?: PriceRange | undefined;
  readonly isInStock?: boolean | undefined;
  /** The least average of the reviews. */
  readonly starsMin?: number | undefined;
};

type Counted = {
  readonly category: string;
  readonly price: Money;
  readonly onHand: number;
  readonly sellerId: AccountId | null;
  readonly rating: { readonly average: number | null };
};

export type CategoryCount = { readonly category: string; readonly count: number };
export type PriceBand = {
  readonly currency: CurrencyCode;
  readonly from: number | null;
  readonly below: number | null;
  readonly count: number;
};
export type StarsCount = { readonly starsMin: number; readonly count: number };

export type ProductFacets = {
  readonly categories: readonly CategoryCount[];
  /** All of them, also those that are too many for a choice. */
  readonly categoryCounts: readonly CategoryCount[];
  readonly prices: readonly PriceBand[];
  readonly stars: readonly StarsCount[];
  readonly inStock: number;
};

const CATEGORIES_MAX = 50;
const BAND_LIMITS = [0.2, 0.4, 0.6, 0.8];
const STARS = [4, 3, 2, 1];

/** Returns the bounds, by field of the catalogue, of a narrowing. The categories and the seller have indexes instead. */
export const boundsOfNarrowing = ({
  price,
  isInStock,
  starsMin,
}: ProductNarrowing): Readonly<Record<string, Range>> =>
  Object.fromEntries(
    Object.entries({
      'price.currency': { gte: price?.currency, lte: price?.currency },
      'price.amountMinor': { gte: price?.from, lt: price?.below },
      onHand: { gte: isInStock === true ? 1 : undefined },
      'rating.average': { gte: starsMin },
    }).filter(([, range]) => Object.values(range).some((bound) => bound !== undefined)),
  );

const tests: Readonly<Record<keyof ProductNarrowing, (one: Counted, by: ProductNarrowing) => boolean>> = {
  categories: (one, { categories }) => categories === undefined || categories.includes(one.category),
  sellerId: (one, { sellerId }) => sellerId === undefined || one.sellerId === sellerId,
  price: ({ price: { amountMinor, currency } }, { price }) =>
    price === undefined ||
    (currency === price.currency &&
      amountMinor >= (price.from ?? 0) &&
      amountMinor < (price.below ?? Infinity)),
  isInStock: ({ onHand }, { isInStock }) => isInStock !== true || onHand > 0,
  starsMin: ({ rating: { average } }, { starsMin }) =>
    starsMin === undefined || (average !== null && average >= starsMin),
};

/** Returns the products that a narrowing shows. @param except - a part of it that has no effect. */
export const narrowed = <Product extends Counted>(
  products: readonly Product[],
  by: ProductNarrowing,
  except?: keyof ProductNarrowing,
): readonly Product[] => {
  const applied = Object.entries(tests).flatMap(([part, test]) => (part === except ? [] : [test]));
  return products.filter((product) => applied.every((test) => test(product, by)));
};

/** Returns the greatest of 1, 2 and 5 times a power of ten that is no greater than a number from 1. */
const roundedDown = (amount: number): number => {
  const power = 10 ** Math.floor(Math.log10(amount));
  return ([5, 2].find((step) => step * power <= amount) ?? 1) * power;
};

const mostFrequent = <Value>(values: readonly Value[]): Value | undefined =>
  [...tally(values)].sort(([, left], [, right]) => right - left)[0]?.[0];

/** Returns bands between round prices, of about as many products each, in one currency. */
const bandsOf = (products: readonly Counted[], narrowing: ProductNarrowing): readonly PriceBand[] => {
  const currency = narrowing.price?.currency ?? mostFrequent(products.map(({ price }) => price.currency));
  if (currency === undefined) return [];
  const amounts = products
    .flatMap(({ price }) => (price.currency === currency ? [price.amountMinor] : []))
    .sort((left, right) => left - right);
  const limits = BAND_LIMITS.map((share) => roundedDown(amounts[Math.floor(amounts.length * share)] ?? 1));
  const ends = [null, ...new Set(limits), null];
  return ends.slice(1).flatMap((below, at) => {
    const from = ends[at] ?? null;
    const count = amounts.filter((one) => one >= (from ?? 0) && one < (below ?? Infinity)).length;
    return count === 0 ? [] : [{ currency, from, below, count }];
  });
};

const categoriesOf = (products: readonly Counted[]): readonly CategoryCount[] =>
  [...tally(products.map(({ category }) => category))]
    .map(([category, count]) => ({ category, count }))
    .sort((one, other) => other.count - one.count || (one.category < other.category ? -1 : 1));

/**
 * Counts what each choice of a filter would show. A filter has no effect on its own choices, so that another one can be
 * picked.
 *
 * @param ofAllCategories - products of any category, for the choice of one.
 */
export const facetsOf = (
  products: readonly Counted[],
  ofAllCategories: readonly Counted[],
  narrowing: ProductNarrowing,
): ProductFacets => {
  const rated = narrowed(products, narrowing, 'starsMin');
  const categoryCounts = categoriesOf(narrowed(ofAllCategories, narrowing, 'categories'));
  return {
    categories: categoryCounts.slice(0, CATEGORIES_MAX),
    categoryCounts,
    prices: bandsOf(narrowed(products, narrowing, 'price'), narrowing),
    stars: STARS.map((starsMin) => ({
      starsMin,
      count: rated.filter(({ rating }) => (rating.average ?? 0) >= starsMin).length,
    })),
    inStock: narrowed(products, narrowing, 'isInStock').filter(({ onHand }) => onHand > 0).length,
  };
};
