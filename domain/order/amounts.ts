import type { ProductId, RefundId } from '../kernel';
import { money, subtract } from '../money';
import type { Money } from '../money';
import type { OrderLine, OrderShipping, OrderTax } from './contents';

/** A quantity of a product. */
export type Goods = { readonly productId: ProductId; readonly quantity: number };

/** Returns the quantity of a product in some goods. */
export const quantityOf = (goods: readonly Goods[], productId: ProductId): number =>
  goods.reduce((sum, one) => (one.productId === productId ? sum + one.quantity : sum), 0);

/** Goods that were given back, and their share of what the order's goods cost. */
export type ReturnedGoods = Goods & { readonly amount: Money };

/** Pieces of one product and what they cost together. */
export type Portion = { readonly quantity: number; readonly amount: Money };

type PricedLine = Pick<OrderLine, 'productId' | 'quantity' | 'unitPrice' | 'discount' | 'tax'>;

/** The part of an order's tax that says whether it is added to prices. */
type TaxRule = Pick<OrderTax, 'isIncluded'> | undefined;

/** The part of an order that says what its goods are worth. A refused refund gives nothing back. */
export type OrderAmounts = {
  readonly lines: readonly PricedLine[];
  readonly tax?: TaxRule;
  readonly total: Money;
  readonly payment?:
    | {
        readonly refunds: readonly {
          readonly refundId?: RefundId;
          readonly refused: boolean;
          readonly lines: readonly ReturnedGoods[];
        }[];
      }
    | undefined;
  /** Goods that were cancelled. Those without a refund cost nothing. */
  readonly cancelled?:
    readonly { readonly refundId: RefundId; readonly lines: readonly Goods[] }[] | undefined;
};

/** Returns what all pieces of a line cost after its discount, without a tax that is added. */
export const lineTotalOf = ({
  unitPrice,
  quantity,
  discount,
}: Pick<PricedLine, 'unitPrice' | 'quantity' | 'discount'>): number =>
  unitPrice.amountMinor * quantity - (discount?.amountMinor ?? 0);

/** Returns the tax of a line or charge, where it is not in its price. */
const addedTax = ({ tax }: Pick<PricedLine, 'tax'>, rule: TaxRule): number =>
  rule === undefined || rule.isIncluded ? 0 : (tax?.amount.amountMinor ?? 0);

/** Returns what the customer pays for all pieces of a line. */
export const linePaidOf = (line: Omit<PricedLine, 'productId'>, rule: TaxRule): number =>
  lineTotalOf(line) + addedTax(line, rule);

/** Returns what the customer pays for the shipping. */
export const shippingPaidOf = (shipping: OrderShipping | undefined, rule: TaxRule): number =>
  shipping === undefined ? 0 : shipping.charge.amountMinor + addedTax(shipping, rule);

/**
 * Returns what an order costs: all lines after their discounts, the shipping, and the tax that they do not contain. The sums
 * have one currency.
 */
export const orderTotalOf = ({
  lines,
  shipping,
  tax,
}: {
  readonly lines: readonly PricedLine[];
  readonly shipping?: OrderShipping | undefined;
  readonly tax?: TaxRule;
}): number => lines.reduce((sum, line) => sum + linePaidOf(line, tax), shippingPaidOf(shipping, tax));

const sum = (portions: readonly Portion[], currency: Money['currency']): Portion => ({
  quantity: portions.reduce((total, { quantity }) => total + quantity, 0),
  amount: money(
    portions.reduce((total, { amount }) => total + amount.amountMinor, 0),
    currency,
  ),
});

/** Returns the ordered pieces of a product over all lines, because refunds name products and not lines. */
const orderedPortion = ({ lines, tax, total }: OrderAmounts, productId: ProductId): Portion =>
  sum(
    lines
      .filter((line) => line.productId === productId)
      .map((line) => ({
        quantity: line.quantity,
        amount: money(linePaidOf(line, tax), line.unitPrice.currency),
      })),
    total.currency,
  );

const returnedGoods = ({ payment, cancelled = [], total }: OrderAmounts): readonly ReturnedGoods[] => {
  const refunds = payment?.refunds ?? [];
  const free = cancelled
    .filter(({ refundId }) => !refunds.some((refund) => refund.refundId === refundId))
    .flatMap(({ lines }) => lines);
  return [
    ...refunds.flatMap(({ refused, lines }) => (refused ? [] : lines)),
    ...free.map(({ productId, quantity }) => ({ productId, quantity, amount: money(0, total.currency) })),
  ];
};

const portionOf = (
  goods: readonly ReturnedGoods[],
  productId: ProductId,
  currency: Money['currency'],
): Portion =>
  sum(
    goods.filter((returned) => returned.productId === productId),
    currency,
  );

/** Returns `amount * part / whole`, rounded down. The product can exceed 2^53. */
const shareOf = (amount: number, part: number, whole: number): number =>
  Number((BigInt(amount) * BigInt(part)) / BigInt(whole));

/**
 * Returns the share of `quantity` more pieces: the rounded price of all pieces that will then have come back, less the
 * shares of those that have come back already. So the shares of all pieces add up to their price in any steps.
 */
const nextShare = (ordered: Portion, returned: Portion, quantity: number): Money => {
  const back = Math.min(ordered.quantity, returned.quantity + quantity);
  const share = ordered.quantity === 0 ? 0 : shareOf(ordered.amount.amountMinor, back, ordered.quantity);
  // After a refused refund, the shares that remain can exceed the rounded sum by a few minor units.
  return money(Math.max(0, share - returned.amount.amountMinor), ordered.amount.currency);
};

/**
 * Returns the pieces of a product that no open or completed refund has given back, and what they are worth. Both are 0
 * for a product that is not in the order. The customer may have been refunded more by other refunds: see `refundableOf`.
 */
export const remainingOf = (order: OrderAmounts, productId: ProductId): Portion => {
  const ordered = orderedPortion(order, productId);
  const returned = portionOf(returnedGoods(order), productId, order.total.currency);
  return {
    quantity: ordered.quantity - returned.quantity,
    amount: subtract(ordered.amount, returned.amount),
  };
};

/**
 * Returns the goods with their amounts, if they were given back now, after those of all open and completed refunds and
 * one after another. Over all pieces of an order the amounts add up to what its goods cost. The quantities must be whole
 * numbers that the order still has; the decider checks them.
 */
export const amountsOf = (order: OrderAmounts, goods: readonly Goods[]): readonly ReturnedGoods[] => {
  const { currency } = order.total;
  const before = returnedGoods(order);
  const now: ReturnedGoods[] = [];
  for (const { productId, quantity } of goods) {
    const returned = portionOf([...before, ...now], productId, currency);
    const amount = nextShare(orderedPortion(order, productId), returned, quantity);
    now.push({ productId, quantity, amount });
  }
  return now;
};
