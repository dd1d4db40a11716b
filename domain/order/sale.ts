import { equals } from '../money';
import type { OrderDifference, PlaceOrder, RequestRefund } from './commands';
import type { OrderLine } from './contents';
import type { KnownOrder, RefundState } from './state';

/** Adds up the quantities of lines that have the same key. */
const countBy = <Line extends { readonly quantity: number }>(
  lines: readonly Line[],
  keyOf: (line: Line) => string,
): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(keyOf(line), (counts.get(keyOf(line)) ?? 0) + line.quantity);
  return counts;
};

const goodsAtPrices = (lines: readonly OrderLine[]): ReadonlyMap<string, number> =>
  countBy(
    lines,
    ({ productId, unitPrice: { amountMinor, currency } }) => `${productId} ${amountMinor} ${currency}`,
  );

const goods = (lines: NonNullable<RequestRefund['lines']>): ReadonlyMap<string, number> =>
  countBy(lines, ({ productId }) => productId);

const isSameCount = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean =>
  a.size === b.size && [...a].every(([key, quantity]) => b.get(key) === quantity);

/**
 * Compares an imported order with the stored order of the same id. Date and country are not compared where the stored
 * order was imported by a version that did not store sales.
 *
 * @returns the fields that differ; empty for the same sale.
 */
export const differencesOf = (
  known: KnownOrder,
  { customerId, lines, sale }: PlaceOrder,
): readonly OrderDifference[] => {
  const differs: OrderDifference[] = [];
  if (known.customerId !== customerId) differs.push('customer');
  if (!isSameCount(goodsAtPrices(known.lines), goodsAtPrices(lines))) differs.push('lines');
  if (known.sale === undefined) return differs;
  if (known.sale.soldAt !== sale?.soldAt) differs.push('soldAt');
  // A list without a country column does not contradict the stored country.
  if (sale?.country !== undefined && known.sale.country !== sale.country) differs.push('country');
  return differs;
};

/** Tests whether a request repeats a refund: the same amount for the same goods. */
export const isSameRefund = (known: RefundState, { amount, lines = [] }: RequestRefund): boolean =>
  equals(known.amount, amount) && isSameCount(goods(known.lines), goods(lines));
