import { z } from 'zod';
import type { AccountId, Instant } from '../domain/kernel';
import type { CurrencyCode, Money } from '../domain/money';
import type { OrderCaptured, OrderPaid, OrderRefunded } from '../domain/order';
import { readModel, type DocumentOf } from '../platform/projections';
import { text, uuid } from './fields';

const minor = z.int();

const PayoutAmounts = z
  .strictObject({
    currency: text<CurrencyCode>('currency').describe('The currency: an ISO 4217 code in capitals.'),
    sold: minor.describe(
      'The price of what was paid in the month, with its tax, before discounts, in minor units.',
    ),
    discounts: minor.describe('The discounts on it, in minor units.'),
    refunded: minor.describe('What went back to customers in the month, in minor units.'),
  })
  .describe('The sums of one month in one currency.');
export type PayoutAmounts = DocumentOf<typeof PayoutAmounts>;

export const SellerPayout = z
  .strictObject({
    id: z.string().describe("The seller's account and the month: `<account>:2026-01`."),
    sellerId: uuid<AccountId>().describe("The seller's account."),
    month: z.string().describe('The month, in UTC: `2026-01`.'),
    orders: z.int().describe("The number of orders with the seller's products that were paid in the month."),
    refunds: z.int().describe('The number of refunds of such orders that were made in the month.'),
    amounts: z.array(PayoutAmounts).describe('The sums, one entry a currency, by its code.'),
  })
  .describe('The sales and refunds of one seller in one month.');
export type SellerPayout = DocumentOf<typeof SellerPayout>;

const MONTH_LENGTH = '2026-01'.length;

const monthOf = (at: Instant): string => at.slice(0, MONTH_LENGTH);
const idOf = (sellerId: AccountId, at: Instant): string => `${sellerId}:${monthOf(at)}`;

const nothing = (id: string): SellerPayout => {
  const month = id.slice(-MONTH_LENGTH);
  const sellerId = id.slice(0, -MONTH_LENGTH - 1) as AccountId;
  return { id, sellerId, month, orders: 0, refunds: 0, amounts: [] };
};

/** Adds up to the largest number that is exact. */
const sumOf = (total: number, amount: number): number => Math.min(total + amount, Number.MAX_SAFE_INTEGER);

const withSums = (
  { amounts, ...rest }: SellerPayout,
  currency: CurrencyCode,
  sums: Partial<Omit<PayoutAmounts, 'currency'>>,
): SellerPayout => {
  const before = amounts.find((one) => one.currency === currency);
  const { sold = 0, discounts = 0, refunded = 0 } = before ?? {};
  const after = {
    currency,
    sold: sumOf(sold, sums.sold ?? 0),
    discounts: sumOf(discounts, sums.discounts ?? 0),
    refunded: sumOf(refunded, sums.refunded ?? 0),
  };
  const others = amounts.filter((one) => one.currency !== currency);
  return { ...rest, amounts: [...others, after].sort((a, b) => (a.currency < b.currency ? -1 : 1)) };
};

/** Returns the sum that is due to the seller; below 0 where more went back than was sold. */
export const dueOf = ({ currency, sold, discounts, refunded }: PayoutAmounts): Money => ({
  amountMinor: sold - discounts - refunded,
  currency,
});

type Counted = OrderPaid | OrderCaptured | OrderRefunded;

const timeOf = ({ type, data }: Counted): Instant => {
  if (type === 'OrderRefunded') return data.refundedAt;
  return type === 'OrderPaid' ? data.paidAt : data.capturedAt;
};

/** Returns what each seller has of it. What was released before any of the sale was taken is no sale, and no refund. */
const sharesIn = <Fact extends Counted>({ data }: Fact): NonNullable<Fact['data']['sellers']> =>
  'isUntaken' in data && data.isUntaken ? [] : (data.sellers ?? []);

const sold = (
  found: SellerPayout | undefined,
  event: OrderPaid | OrderCaptured,
  id: string,
): SellerPayout | undefined => {
  const sale = sharesIn(event).find(({ sellerId }) => idOf(sellerId, timeOf(event)) === id);
  if (sale === undefined) return found;
  const before = found ?? nothing(id);
  const sums = { sold: sale.sold.amountMinor, discounts: sale.discount.amountMinor };
  return withSums({ ...before, orders: before.orders + 1 }, sale.sold.currency, sums);
};

/**
 * A sale counts for the month in which it was paid, or in which the first of its held money was taken, a refund for the month in
 * which it was made: a month that is over never changes. Orders that were paid under earlier versions, which did not store what
 * each seller sold, are not counted.
 */
export const sellerPayouts = readModel<SellerPayout, Counted>('seller_payouts', {
  question: 'What did each seller sell and give back in each month?',
  version: 2,
  document: SellerPayout,
  indexes: { by_seller: ['sellerId', 'month'] },
  key: (event) => sharesIn(event).map(({ sellerId }) => idOf(sellerId, timeOf(event))),
  on: {
    OrderPaid: sold,
    OrderCaptured: sold,
    OrderRefunded: (found, event, id) => {
      const { refundedAt } = event.data;
      const share = sharesIn(event).find(({ sellerId }) => idOf(sellerId, refundedAt) === id);
      if (share === undefined) return found;
      const before = found ?? nothing(id);
      const sums = { refunded: share.amount.amountMinor };
      return withSums({ ...before, refunds: before.refunds + 1 }, share.amount.currency, sums);
    },
  },
});
