import { z } from 'zod';
import type { Instant } from '../domain/kernel';
import type { CurrencyCode, Money } from '../domain/money';
import { unitsOf } from '../domain/order';
import type {
  OrderCancelled,
  OrderPaid,
  OrderPlaced,
  OrderRefundRefused,
  OrderRefundRequested,
  OrderSaleRecorded,
} from '../domain/order';
import { readModel, type DocumentOf } from '../platform/projections';
import { text } from './fields';

const minor = z.int();

const SalesAmounts = z
  .strictObject({
    currency: text<CurrencyCode>('currency').describe('The currency: an ISO 4217 code in capitals.'),
    sold: minor.describe('The price of the orders that were sold on the day, in minor units.'),
    paid: minor.describe(
      'The sum that was paid on the day, in minor units. Money that the provider only holds counts when it is held, and what is released of it as refunded.',
    ),
    refunded: minor.describe('The sum of the refunds that were requested on the day, in minor units.'),
    refundsRefused: minor.describe(
      'The sum of the refunds that the payment provider refused on the day, in minor units.',
    ),
  })
  .describe('The sums of one day in one currency.');
type SalesAmounts = DocumentOf<typeof SalesAmounts>;

export const SalesDay = z
  .strictObject({
    id: z.string().meta({ kind: 'id' }).describe('The day: `2026-01-31`.'),
    day: z.string().describe('The day, in UTC: `2026-01-31`.'),
    orders: z.int().describe('The number of orders that were sold on the day, cancelled ones included.'),
    units: z.int().describe('The number of pieces in those orders.'),
    cancelled: z.int().describe('The number of orders that were cancelled on the day.'),
    amounts: z.array(SalesAmounts).describe('The sums, one entry a currency, by its code.'),
  })
  .describe('The sales of one day.');
export type SalesDay = DocumentOf<typeof SalesDay>;

type Counted =
  OrderPlaced | OrderSaleRecorded | OrderPaid | OrderCancelled | OrderRefundRequested | OrderRefundRefused;

const DAY_LENGTH = '2026-01-31'.length;

const dayOf = (at: Instant): string => at.slice(0, DAY_LENGTH);

const soldAtOf = ({ placedAt, sale }: OrderPlaced['data']): Instant => sale?.soldAt ?? placedAt;

/** The day that a sale was counted for without its date, and the day of its date; undefined where nothing is to be moved. */
const movedBetween = ({ sale, order }: OrderSaleRecorded['data']): readonly string[] | undefined => {
  if (order === undefined || sale.soldAt === undefined) return undefined;
  const [from, to] = [dayOf(order.placedAt), dayOf(sale.soldAt)];
  return from === to ? undefined : [from, to];
};

/** The day that an event counts for, and for a sale whose date became known later the day that it was counted for. */
const daysOf = (event: Counted): readonly string[] => {
  switch (event.type) {
    case 'OrderPlaced':
      return [dayOf(soldAtOf(event.data))];
    case 'OrderSaleRecorded':
      return movedBetween(event.data) ?? [];
    case 'OrderPaid':
      return [dayOf(event.data.paidAt)];
    case 'OrderCancelled':
      return [dayOf(event.data.cancelledAt)];
    case 'OrderRefundRequested':
      return [dayOf(event.data.requestedAt)];
    case 'OrderRefundRefused':
      return [dayOf(event.data.refusedAt)];
  }
};

const noSales = (day: string): SalesDay => ({
  id: day,
  day,
  orders: 0,
  units: 0,
  cancelled: 0,
  amounts: [],
});

const noAmounts = (currency: CurrencyCode): SalesAmounts => ({
  currency,
  sold: 0,
  paid: 0,
  refunded: 0,
  refundsRefused: 0,
});

/** Adds up to the largest number that is exact. */
const sumOf = (total: number, amount: number): number =>
  Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, total + amount));

const withAmount = (
  { amounts, ...rest }: SalesDay,
  field: Exclude<keyof SalesAmounts, 'currency'>,
  { currency, amountMinor }: Money,
): SalesDay => {
  const before = amounts.find((one) => one.currency === currency) ?? noAmounts(currency);
  const after = { ...before, [field]: sumOf(before[field], amountMinor) };
  const others = amounts.filter((one) => one.currency !== currency);
  return { ...rest, amounts: [...others, after].sort((a, b) => (a.currency < b.currency ? -1 : 1)) };
};

type Sold = { readonly total: Money; readonly units: number };

/** Counts an order's sale, or with -1 counts it no longer. */
const withSale = (day: SalesDay, { total, units }: Sold, by: 1 | -1): SalesDay => ({
  ...withAmount(day, 'sold', { ...total, amountMinor: by * total.amountMinor }),
  orders: day.orders + by,
  units: day.units + by * units,
});

/**
 * Sales count for the day on which the goods were sold, payments, cancellations and refunds for the day on which they
 * were made or requested.
 */
export const salesByDay = readModel<SalesDay, Counted>('sales_by_day', {
  question: 'What was sold, paid and refunded on each day?',
  version: 1,
  document: SalesDay,
  indexes: { by_day: ['day'] },
  key: daysOf,
  on: {
    OrderPlaced: (found, { data: { lines, total } }, day) =>
      withSale(found ?? noSales(day), { total, units: unitsOf(lines) }, 1),
    OrderSaleRecorded: (found, { data: { order } }, day) =>
      order && withSale(found ?? noSales(day), order, day === dayOf(order.placedAt) ? -1 : 1),
    OrderPaid: (found, { data: { paid } }, day) => withAmount(found ?? noSales(day), 'paid', paid),
    OrderCancelled: (found, _, day) => {
      const before = found ?? noSales(day);
      return { ...before, cancelled: before.cancelled + 1 };
    },
    OrderRefundRequested: (found, { data: { amount } }, day) =>
      withAmount(found ?? noSales(day), 'refunded', amount),
    OrderRefundRefused: (found, { data: { amount } }, day) =>
      withAmount(found ?? noSales(day), 'refundsRefused', amount),
  },
});
