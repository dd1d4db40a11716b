import type { AccountId, Instant } from '../domain/kernel';
import type { CurrencyCode } from '../domain/money';
import { orderCaptured } from '../tests/support/domain/held-money';
import { gbp, paid, refunded } from '../tests/support/domain/orders';
import { itProjects } from '../tests/support/projections/it-projects';
import { dueOf, sellerPayouts, type SellerPayout } from './seller-payouts';

const [bob, sam] = ['bob' as AccountId, 'sam' as AccountId];
const month = paid.data.paidAt.slice(0, 7);
const GBP = 'GBP' as CurrencyCode;

const payout = (sellerId: AccountId, more: Partial<SellerPayout> = {}): SellerPayout => ({
  ...{ id: `${sellerId}:${month}`, sellerId, month, orders: 0, refunds: 0, amounts: [] },
  ...more,
});
const sums = (sold: number, discounts: number, given = 0, currency = GBP) => ({
  ...{ currency, sold, discounts },
  refunded: given,
});
const sale = (sellerId: AccountId, sold: number, discount = 0) => ({
  sellerId,
  sold: gbp(sold),
  discount: gbp(discount),
});
const paidTo = (...sellers: ReturnType<typeof sale>[]) => ({ ...paid, data: { ...paid.data, sellers } });
const back = refunded(890);
const given = (sellerId: AccountId, amount: number, refundedAt: Instant = back.data.refundedAt) => ({
  ...back,
  data: { ...back.data, sellers: [{ sellerId, amount: gbp(amount) }], refundedAt },
});
const sold = payout(sam, { orders: 1, amounts: [sums(1_000, 100)] });

itProjects(sellerPayouts, [
  { on: paid, because: 'was of the shop alone, or of an earlier version', touches: [] },
  {
    on: paidTo(sale(sam, 1_000, 100), sale(bob, 500)),
    because: 'is of two sellers',
    touches: [
      { id: sold.id, after: sold },
      { id: `${bob}:${month}`, after: payout(bob, { orders: 1, amounts: [sums(500, 0)] }) },
    ],
  },
  {
    on: paidTo(sale(sam, 10)),
    because: 'adds up',
    touches: [{ id: sold.id, before: sold, after: { ...sold, orders: 2, amounts: [sums(1_010, 100)] } }],
  },
  {
    on: given(sam, 300),
    because: 'went back in the same month',
    touches: [
      { id: sold.id, before: sold, after: { ...sold, refunds: 1, amounts: [sums(1_000, 100, 300)] } },
    ],
  },
  {
    on: given(sam, 300, '2027-02-01T00:00:00.000Z' as Instant),
    because: 'went back later and leaves the month of the sale as it was',
    touches: [
      {
        id: `${sam}:2027-02`,
        after: {
          ...payout(sam, { refunds: 1, amounts: [sums(0, 0, 300)] }),
          ...{ id: `${sam}:2027-02`, month: '2027-02' },
        },
      },
    ],
  },
  { on: back, because: 'was of the shop alone', touches: [] },
  {
    on: { ...orderCaptured, data: { ...orderCaptured.data, sellers: [sale(sam, 1_000, 100)] } },
    because: 'is the first that is taken of held money',
    touches: [{ id: sold.id, after: sold }],
  },
  {
    on: { ...given(sam, 300), data: { ...given(sam, 300).data, isUntaken: true } },
    because: 'was held and never taken, and is no refund',
    touches: [],
  },
]);

it('makes due what was sold, less discounts and refunds', () => {
  expect(dueOf(sums(1_000, 100, 950))).toEqual(gbp(-50));
});
