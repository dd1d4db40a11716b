import { z } from 'zod';
import { later, type Instant, type Millis } from '../domain/kernel';
import { money as moneyOf, type Money } from '../domain/money';
import type { DocumentOf } from '../platform/projections';
import { instant, money } from './fields';

export const PastPrice = z
  .strictObject({
    amountMinor: z.int().describe('The price of one piece, in the currency of the product.'),
    endedAt: instant.describe('The time at which another price took its place.'),
  })
  .describe('A price that a product had.');
export type PastPrice = DocumentOf<typeof PastPrice>;

export const PriceReduction = z
  .strictObject({
    previousPrice: money.describe('The price before the reduction.'),
    lowestPrice: money.describe('The lowest price of the 30 days before the reduction.'),
    since: instant.describe('The time of the reduction.'),
  })
  .describe('A price that is lower than the one before it.');
export type PriceReduction = DocumentOf<typeof PriceReduction>;

/** The span before a reduction whose lowest price is shown with it (EU directive 98/6, article 6a). */
const WINDOW_MS = 30 * 24 * 3_600_000;

/** A seller may change a price every minute. So many prices of the span are kept. */
export const recentPricesMax = 50;

type Prices = { readonly price: Money; readonly recentPrices: readonly PastPrice[] };
type Change = { readonly previous: Money; readonly price: Money; readonly changedAt: Instant };

/**
 * Returns the prices that can still be the lowest of the 30 days before a later change: those that ended in the span, without
 * those that a later one undercuts. So the first is the lowest. Too many are made fewer by letting the lowest seem to have
 * ended with the next one, which can show a lower price than there was, and never a higher one.
 */
const recentAfter = (recent: readonly PastPrice[], { previous, changedAt }: Change): readonly PastPrice[] => {
  const { amountMinor } = previous;
  const begins = later(changedAt, -WINDOW_MS as Millis);
  const kept = recent.filter((one) => one.endedAt > begins && one.amountMinor < amountMinor);
  const [first, second, ...others] = kept;
  const bounded =
    kept.length >= recentPricesMax && first && second
      ? [{ amountMinor: first.amountMinor, endedAt: second.endedAt }, ...others]
      : kept;
  return [...bounded, { amountMinor, endedAt: changedAt }];
};

/** Returns a price, the prices before it, and whether it is reduced. */
export const pricesAfter = (
  { recentPrices }: Prices,
  change: Change,
): Prices & { readonly reduction: PriceReduction | null } => {
  const { previous, price, changedAt: since } = change;
  const recent = recentAfter(recentPrices, change);
  const lowest = Math.min(...recent.map(({ amountMinor }) => amountMinor));
  const reduction =
    price.amountMinor < previous.amountMinor
      ? { previousPrice: previous, lowestPrice: moneyOf(lowest, previous.currency), since }
      : null;
  return { price, recentPrices: recent, reduction };
};

/** Tests whether a reduction still counts as one: for 30 days, after which it is the usual price. */
export const isReducedAt = ({ since }: PriceReduction, now: Instant): boolean =>
  now < later(since, WINDOW_MS as Millis);
