import type { AccountId } from '../kernel';
import { money, split } from '../money';
import { linePaidOf } from './amounts';
import type { SellerRefund, SellerSale } from './events';
import type { OrderLine } from './contents';
import type { KnownOrder, PaymentState, RefundState } from './state';

const sellersOf = (lines: readonly OrderLine[]): readonly AccountId[] => [
  ...new Set(lines.flatMap(({ sellerId }) => sellerId ?? [])),
];

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** Returns what the customer pays for the goods of a seller: with their tax, after their discounts. */
const paidFor = ({ lines, tax }: Pick<KnownOrder, 'lines' | 'tax'>, sellerId: AccountId): number =>
  sum(lines.filter((line) => line.sellerId === sellerId).map((line) => linePaidOf(line, tax)));

/** Returns what each seller sold in an order that is paid; undefined where the shop itself sold everything. */
export const salesOfSellers = (order: KnownOrder): readonly SellerSale[] | undefined => {
  const { lines, total } = order;
  const sellers = sellersOf(lines);
  if (sellers.length === 0) return undefined;
  return sellers.map((sellerId) => {
    const own = lines.filter((line) => line.sellerId === sellerId);
    const discount = sum(own.map((line) => line.discount?.amountMinor ?? 0));
    return {
      sellerId,
      sold: money(paidFor(order, sellerId) + discount, total.currency),
      discount: money(discount, total.currency),
    };
  });
};

/** Returns what of each seller's sale has gone back. */
const goneBackOf = ({ refunds }: Pick<PaymentState, 'refunds'>, sellerId: AccountId): number =>
  sum(
    refunds
      .flatMap(({ sellers = [] }) => sellers)
      .filter((share) => share.sellerId === sellerId)
      .map(({ amount }) => amount.amountMinor),
  );

/** Returns what each seller sold when the first money is taken: without what was released before. */
export const salesToCount = (order: KnownOrder, payment: PaymentState): readonly SellerSale[] | undefined =>
  salesOfSellers(order)
    ?.map((sale) => {
      const released = goneBackOf({ refunds: payment.refunds.filter((one) => one.isUntaken) }, sale.sellerId);
      return { ...sale, sold: money(sale.sold.amountMinor - released, sale.sold.currency) };
    })
    .filter(({ sold, discount }) => sold.amountMinor > discount.amountMinor);

/**
 * Splits a refund onto those who sold: the sellers, and last the shop, which also has the charge of the shipping. Goods that come
 * back are charged to their own sellers; what is beyond them goes to the shop, as far as it has money of the order. A refund
 * without goods is split in proportion to what each still has. No share is above the rest of what was sold.
 *
 * @param left - what each still has, the shop last. @param goods - the price of the goods that come back, by the same order.
 */
export const sharesOfRefund = (
  amount: number,
  left: readonly number[],
  goods: readonly number[],
): readonly number[] => {
  const wanted = left.map((rest, index) => Math.min(rest, goods[index] ?? 0));
  const ofGoods = sum(wanted);
  if (ofGoods >= amount) return split(amount, wanted);
  const hasGoods = ofGoods > 0;
  const after = left.map((rest, index) => rest - (wanted[index] ?? 0));
  const shop = hasGoods ? Math.min(amount - ofGoods, after.at(-1) ?? 0) : 0;
  const rest = after.map((each, index) => (index === after.length - 1 ? each - shop : each));
  const shares = split(amount - ofGoods - shop, rest);
  return shares.map(
    (share, index) => share + (wanted[index] ?? 0) + (index === shares.length - 1 ? shop : 0),
  );
};

/** Returns what of a refund each seller gives back; undefined where the payment was not split onto sellers. */
export const refundsOfSellers = (
  order: KnownOrder,
  payment: PaymentState,
  refund: RefundState,
): readonly SellerRefund[] | undefined => {
  if (payment.isOfSellers !== true) return undefined;
  const sellers = sellersOf(order.lines);
  const left = sellers.map((sellerId) => paidFor(order, sellerId) - goneBackOf(payment, sellerId));
  const done = sum(payment.refunds.filter((one) => one.done).map(({ amount }) => amount.amountMinor));
  const shop = payment.paid.amountMinor - done - sum(left);
  const sellerOfProduct = new Map(order.lines.map(({ productId, sellerId }) => [productId, sellerId]));
  const worthOf = (sellerId: AccountId | undefined): number =>
    sum(
      refund.lines
        .filter(({ productId }) => sellerOfProduct.get(productId) === sellerId)
        .map(({ amount }) => amount.amountMinor),
    );
  const goods = [...sellers.map(worthOf), worthOf(undefined)];
  const { amountMinor, currency } = refund.amount;
  const shares = sharesOfRefund(amountMinor, [...left, shop], goods);
  return sellers.flatMap((sellerId, index) => {
    const share = shares[index] ?? 0;
    return share === 0 ? [] : [{ sellerId, amount: money(share, currency) }];
  });
};
