import { equals } from '../money';
import type { PlaceOrder, RequestRefund } from './commands';
import type { OrderLine } from './events';
import type { OrderDifference } from './rejections';
import type { KnownOrder, RefundState } from './state';

/** Sums up the quantities of lines that have the same key. */
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
 * Compares an imported order with the one that is known under its id. Where the known one was imported before sales were kept,
 * its date and country are not compared.
 *
 * @returns what differs; nothing where they are the same sale.
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
  // A list without a column of countries says nothing against the one that is known.
  if (sale?.country !== undefined && known.sale.country !== sale.country) differs.push('country');
  return differs;
};

/** Whether a refund is asked for as it is known: the same sum, for the same goods. */
export const isSameRefund = (known: RefundState, { amount, lines = [] }: RequestRefund): boolean =>
  equals(known.amount, amount) && isSameCount(goods(known.lines), goods(lines));
