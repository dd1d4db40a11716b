import type { OrderId, RefundId } from '../../domain/kernel';
import type { ItemTax, TaxEntry } from '../../domain/money';
import { orderEventTypes, type OrderEvent, type OrderPlaced } from '../../domain/order';
import { isFact, type Book, type Breach } from './breach';

/** The part of an order, at one rate, that no open or completed refund has given back. In minor units. */
type Left = { gross: number; tax: number };

type Account = {
  readonly left: Map<TaxEntry['category'], Left>;
  readonly refunds: Map<RefundId, readonly TaxEntry[]>;
};

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);

/** Compares the taxes of the lines and of the shipping with the entries. */
const wrongTaxes = ({ data: { lines, shipping, tax } }: OrderPlaced): string | undefined => {
  const taxes: readonly ItemTax[] = [...lines, ...(shipping ? [shipping] : [])].flatMap(
    (item) => item.tax ?? [],
  );
  const sumIn = (of: string): number =>
    sumOf(taxes.filter(({ category }) => category === of).map(({ amount }) => amount.amountMinor));
  const categories = new Set([...taxes, ...(tax?.entries ?? [])].map(({ category }) => category));
  for (const category of categories) {
    const entry = tax?.entries.find((one) => one.category === category)?.tax.amountMinor ?? 0;
    if (sumIn(category) !== entry)
      return `its taxes of category ${category} add up to ${sumIn(category)}, its entry is ${entry}`;
  }
  return undefined;
};

const opened = ({ data: { tax } }: OrderPlaced): Account | undefined =>
  tax && {
    refunds: new Map(),
    left: new Map(
      tax.entries.map(({ category, net, tax: due }) => [
        category,
        { gross: net.amountMinor + due.amountMinor, tax: due.amountMinor },
      ]),
    ),
  };

/** Moves entries out of what is left, or back (`sign` 1). */
const move = ({ left }: Account, entries: readonly TaxEntry[], sign: 1 | -1): string | undefined => {
  for (const { category, net, tax } of entries) {
    const rest = left.get(category);
    if (rest === undefined) return `a refund gives back tax of category ${category}, which the order has not`;
    rest.gross += sign * (net.amountMinor + tax.amountMinor);
    rest.tax += sign * tax.amountMinor;
    if (rest.tax < 0 || rest.tax > rest.gross)
      return `after a refund, ${rest.tax} of its tax of category ${category} is left, in a price of ${rest.gross}`;
  }
  return undefined;
};

/** V10: the taxes of lines and shipping add up to those of the order, and no refunds give back more, or less with the last one. */
export const taxBook = (): Book => {
  const accounts = new Map<OrderId, Account>();
  const found: Breach[] = [];

  const wrongWith = (event: OrderEvent): string | undefined => {
    if (event.type === 'OrderPlaced') {
      const account = opened(event);
      if (account) accounts.set(event.data.orderId, account);
      return wrongTaxes(event);
    }
    const account = accounts.get(event.data.orderId);
    if (account === undefined) return undefined;
    if (event.type === 'OrderRefundRequested') {
      const { refundId, amount, tax = [] } = event.data;
      account.refunds.set(refundId, tax);
      const parts = sumOf(tax.map((entry) => entry.net.amountMinor + entry.tax.amountMinor));
      if (parts !== amount.amountMinor)
        return `the parts of a refund add up to ${parts}, its amount is ${amount.amountMinor}`;
      return move(account, tax, -1);
    }
    return event.type === 'OrderRefundRefused'
      ? move(account, account.refunds.get(event.data.refundId) ?? [], 1)
      : undefined;
  };

  return {
    see: (event) => {
      if (!isFact<OrderEvent>(orderEventTypes, event)) return;
      const detail = wrongWith(event);
      if (detail !== undefined)
        found.push({ invariant: 'V10', subject: `order-${event.data.orderId}`, detail });
    },
    breaches: () => found,
  };
};
