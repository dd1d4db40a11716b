import { account } from '../../domain/account';
import { addressBook } from '../../domain/address-book';
import type { InvoiceContent, InvoiceLine, InvoiceParty } from '../../domain/invoice';
import { erasedText, type PostalAddress } from '../../domain/kernel';
import { isPositive, money, subtract, type TaxEntry } from '../../domain/money';
import {
  lineTotalOf,
  paymentOf,
  remainingOf,
  shippingPaidOf,
  type KnownOrder,
  type OrderLine,
  type RefundState,
} from '../../domain/order';
import type { UseCaseDeps } from '../use-case/use-case';

const printedAddress = (
  { recipient, line1, line2, postalCode, city, region, country }: PostalAddress,
  name: string,
): readonly string[] =>
  [
    recipient === name ? undefined : recipient,
    line1,
    line2,
    [postalCode, city].filter((part) => part !== undefined).join(' '),
    region,
    country,
  ].filter((line): line is string => line !== undefined && line !== '');

/**
 * Returns the customer with the default one of the postal addresses, as they are now; without one, with the address to which the
 * order goes.
 */
export const billedTo = async (
  { aggregates }: Pick<UseCaseDeps, 'aggregates'>,
  { customerId, shipTo }: Pick<KnownOrder, 'customerId' | 'shipTo'>,
): Promise<InvoiceParty> => {
  const customer = await aggregates.of(account).load(customerId);
  // An account that was erased has neither a name nor an address any more.
  if (customer.status === 'NONE') return { name: erasedText, address: [] };
  const { addresses, defaultId } = await aggregates.of(addressBook).load(customerId);
  const address = defaultId === undefined ? shipTo : addresses[defaultId];
  return {
    name: customer.name,
    address: address === undefined ? [] : printedAddress(address, customer.name),
  };
};

const invoiceLine = ({ sku, name, quantity, unitPrice, discount, tax }: OrderLine): InvoiceLine => ({
  ...{ sku, name, quantity, unitPrice, discount, tax },
  amount: money(lineTotalOf({ quantity, unitPrice, discount }), unitPrice.currency),
});

type Sold = Pick<KnownOrder, 'lines' | 'shipping' | 'tax' | 'total'>;
type Rows = Omit<InvoiceContent, 'issuer' | 'billedTo'>;

/** Returns the rows of the invoice of an order. */
export const rowsOfOrder = ({ lines, shipping, tax, total }: Sold): Rows => ({
  lines: lines.map(invoiceLine),
  tax,
  ...(shipping && isPositive(shipping.charge)
    ? { shipping: { name: shipping.name, charge: shipping.charge } }
    : {}),
  total,
});

const taxLeft = (
  entries: readonly TaxEntry[],
  released: readonly (readonly TaxEntry[])[],
): readonly TaxEntry[] =>
  entries.map((entry) =>
    released
      .flatMap((all) =>
        all.filter((one) => one.category === entry.category && one.rateHundredths === entry.rateHundredths),
      )
      .reduce(
        (left, { net, tax }) => ({ ...left, net: subtract(left.net, net), tax: subtract(left.tax, tax) }),
        entry,
      ),
  );

/**
 * Returns the rows of the invoice of a sale: all of the order, without what was released before any of its money was taken, such as
 * goods that were cancelled. Then each row is the share of the pieces that are left, with their tax.
 */
export const rowsOfSale = (order: KnownOrder): Rows => {
  const released = (paymentOf(order)?.refunds ?? []).filter(({ isUntaken }) => isUntaken);
  if (released.length === 0) return rowsOfOrder(order);
  const payment = { refunds: released };
  const { lines, tax, total: all, cancelled, shipping } = order;
  const sold = { lines, total: all, payment, cancelled, ...(tax && { tax }) };
  const total = released.reduce((left, { amount }) => subtract(left, amount), all);
  const rows = [...new Map(lines.map((line) => [line.productId, line])).values()].flatMap(
    ({ productId, sku, name }): readonly InvoiceLine[] => {
      const { quantity, amount } = remainingOf(sold, productId);
      return quantity === 0 ? [] : [{ sku, name, quantity, amount }];
    },
  );
  const charge = shippingPaidOf(shipping, tax);
  const withCharge =
    shipping && charge > 0 ? { shipping: { name: shipping.name, charge: money(charge, all.currency) } } : {};
  const rest = rows.reduce((left, { amount }) => left - amount.amountMinor, total.amountMinor - charge);
  return {
    lines: rows,
    ...withCharge,
    ...(rest === 0 ? {} : { other: money(rest, all.currency) }),
    ...(tax && {
      tax: {
        country: tax.country,
        isIncluded: true,
        entries: taxLeft(
          tax.entries,
          released.map((refund) => refund.tax ?? []),
        ),
      },
    }),
    total,
  };
};

/**
 * Returns the rows of the credit note of a refund: all of the order where all that it cost is given back at once, else the goods
 * that came back with their share, and the rest, which is negative where less is given back than the goods cost.
 */
export const rowsOfRefund = (
  order: Sold,
  { amount, lines, tax: entries = [] }: Pick<RefundState, 'amount' | 'lines' | 'tax'>,
): Rows => {
  if (lines.length === 0 && amount.amountMinor === order.total.amountMinor) return rowsOfOrder(order);
  const goods = lines.map(({ productId, quantity, amount: share }): InvoiceLine => {
    const sold = order.lines.find((line) => line.productId === productId);
    return { sku: sold?.sku ?? '', name: sold?.name ?? '', quantity, amount: share };
  });
  const rest = goods.reduce((left, line) => left - line.amount.amountMinor, amount.amountMinor);
  return {
    lines: goods,
    ...(rest === 0 ? {} : { other: money(rest, amount.currency) }),
    // What goes back of a price contains its tax, also where that was added to the price.
    ...(order.tax && { tax: { country: order.tax.country, isIncluded: true, entries } }),
    total: amount,
  };
};
