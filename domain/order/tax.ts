import {
  money,
  split,
  taxOf,
  type CurrencyCode,
  type Money,
  type TaxCategory,
  type TaxEntry,
} from '../money';
import type { TaxTerms } from '../money';
import { amountsOf, lineTotalOf, type Goods } from './amounts';
import type { OrderLine, OrderShipping, OrderTax } from './contents';
import { paymentOf, type KnownOrder } from './state';

/** A line before its tax. `taxCategory`: absent for the standard one. */
type Untaxed = Pick<OrderLine, 'quantity' | 'unitPrice' | 'discount' | 'tax'> & {
  readonly taxCategory?: TaxCategory | undefined;
};

/** Something that is about to be sold. */
type Sold<Line extends Untaxed> = {
  readonly lines: readonly Line[];
  readonly shipping?: OrderShipping | undefined;
  readonly taxTerms?: TaxTerms | undefined;
};

/** The goods and the shipping, with the tax of each line, of the shipping and of all together. */
export type Taxed<Line> = {
  readonly lines: readonly Line[];
  readonly shipping: OrderShipping | undefined;
  readonly tax: OrderTax | undefined;
};

/**
 * Returns what is sold with its tax: that of the prices after all discounts, and that of the charge for the shipping at the standard
 * rate. Nothing changes without terms. The prices are not negative, within the limit of an order, and of one currency.
 */
export const withTax = <Line extends Untaxed>(
  { lines, shipping, taxTerms }: Sold<Line>,
  currency: CurrencyCode,
): Taxed<Line> => {
  if (taxTerms === undefined) return { lines, shipping, tax: undefined };
  const goods = lines.map((line) => ({
    category: line.taxCategory ?? ('STANDARD' as const),
    priceMinor: lineTotalOf(line),
  }));
  const charge = { category: 'STANDARD', priceMinor: shipping?.charge.amountMinor ?? 0 } as const;
  const { entries, taxes } = taxOf(taxTerms, [...goods, charge], currency);
  const { country, isIncluded } = taxTerms;
  return {
    lines: lines.map((line, index) => ({ ...line, tax: taxes[index] })),
    shipping: shipping && { ...shipping, tax: taxes[lines.length] },
    tax: { country, isIncluded, entries },
  };
};

const sumOf = (entries: readonly TaxEntry[], of: 'net' | 'tax'): number =>
  entries.reduce((sum, entry) => sum + entry[of].amountMinor, 0);

/** An entry of the order with what no open or completed refund has given back of it. Both are 0 in the end. */
type Left = { readonly entry: TaxEntry; readonly paid: number; readonly gross: number; readonly tax: number };

const leftOf = (entry: TaxEntry, returned: readonly TaxEntry[]): Left => {
  const back = returned.filter(({ category }) => category === entry.category);
  const paid = entry.net.amountMinor + entry.tax.amountMinor;
  return {
    entry,
    paid,
    gross: paid - sumOf(back, 'net') - sumOf(back, 'tax'),
    tax: entry.tax.amountMinor - sumOf(back, 'tax'),
  };
};

/**
 * Returns the tax in the next `amount` that goes back of an entry: the share of all that has then gone back, less what has gone back
 * already. The bounds keep what is left of the tax between 0 and what is left of the entry, also after refused refunds; so
 * the last refund takes exactly the rest.
 */
const nextTax = ({ entry, paid, gross, tax }: Left, amount: number): number => {
  const back = BigInt(paid - gross + amount);
  const due = Number((BigInt(entry.tax.amountMinor) * back) / BigInt(paid));
  const next = due - (entry.tax.amountMinor - tax);
  return Math.min(Math.max(next, 0, tax - (gross - amount)), amount, tax);
};

/** Splits an amount onto what is left of the entries: first onto the goods that come back, then in proportion. */
const amountsByEntry = (
  amount: number,
  left: readonly Left[],
  goods: readonly number[],
): readonly number[] => {
  const wanted = left.map(({ gross }, index) => Math.min(gross, goods[index] ?? 0));
  const known = wanted.reduce((sum, one) => sum + one, 0);
  if (amount <= known) return split(amount, wanted);
  const others = split(
    amount - known,
    left.map(({ gross }, index) => gross - (wanted[index] ?? 0)),
  );
  return wanted.map((one, index) => one + (others[index] ?? 0));
};

/**
 * Returns the part of an order's tax that a refund gives back, before the refund is part of the order. All refunds of the
 * whole payment give back the whole tax.
 *
 * @param refund - at most what was paid and not refunded.
 * @returns undefined for an order without tax.
 */
export const taxOfRefund = (
  order: KnownOrder,
  { amount, lines = [] }: { readonly amount: Money; readonly lines?: readonly Goods[] | undefined },
): readonly TaxEntry[] | undefined => {
  if (order.tax === undefined) return undefined;
  const { currency } = amount;
  const returned = paymentOf(order)?.refunds.flatMap(({ refused, tax = [] }) => (refused ? [] : tax)) ?? [];
  const left = order.tax.entries.map((entry) => leftOf(entry, returned));
  const categoryOf = new Map(order.lines.map(({ productId, tax }) => [productId, tax?.category]));
  const worth = amountsOf(order, lines);
  const goods = left.map(({ entry }) =>
    worth.reduce(
      (sum, one) => (categoryOf.get(one.productId) === entry.category ? sum + one.amount.amountMinor : sum),
      0,
    ),
  );
  const amounts = amountsByEntry(amount.amountMinor, left, goods);
  return left.flatMap((one, index) => {
    const gross = amounts[index] ?? 0;
    if (gross === 0) return [];
    const tax = nextTax(one, gross);
    const { category, rateHundredths } = one.entry;
    return [{ category, rateHundredths, net: money(gross - tax, currency), tax: money(tax, currency) }];
  });
};
