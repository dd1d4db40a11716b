import type { OrderId } from '../../domain/kernel';
import { unreachable } from '../../domain/kernel';
import type { CurrencyCode, Money } from '../../domain/money';
import { orderEventTypes, orderTotalOf, type OrderEvent, type OrderPlaced } from '../../domain/order';
import { paymentEventTypes, type PaymentEvent } from '../../domain/payment';
import { entryOf, isFact, type Book, type Breach } from './breach';

/** In minor units. */
export type MoneySums = {
  /** Captured and refunded by the payment provider. */
  readonly captured: number;
  readonly refunded: number;
  /** Recorded by orders as paid and as refunded. */
  readonly sold: number;
  readonly givenBack: number;
};

export type MoneyBook = Book & { readonly sums: () => Readonly<Record<CurrencyCode, MoneySums>> };

type Account = { currency: CurrencyCode | undefined } & { -readonly [Name in keyof MoneySums]: number };

const open = (): Account => ({ currency: undefined, captured: 0, refunded: 0, sold: 0, givenBack: 0 });

type Entry = { readonly side: keyof MoneySums; readonly sum: Money };

const entryOfPayment = ({ type, data }: PaymentEvent): Entry | undefined => {
  switch (type) {
    case 'PaymentCaptured':
      return { side: 'captured', sum: data.amount };
    case 'PaymentRefunded':
      return { side: 'refunded', sum: data.amount };
    case 'PaymentRequested':
    case 'PaymentActionRequired':
    case 'PaymentPending':
    case 'PaymentDeclined':
    case 'PaymentRefundRequested':
    case 'PaymentRefundPending':
    case 'PaymentRefundFailed':
      return undefined;
    default:
      return unreachable(type);
  }
};

const entryOfOrder = (event: OrderEvent): Entry | undefined => {
  if (event.type === 'OrderPaid') return { side: 'sold', sum: event.data.paid };
  if (event.type === 'OrderRefunded') return { side: 'givenBack', sum: event.data.amount };
  return undefined;
};

const wrongTotal = ({ data: { lines, shipping, tax, total } }: OrderPlaced): string | undefined => {
  const sum = orderTotalOf({ lines, shipping, tax });
  const sums = [...lines.map(({ unitPrice }) => unitPrice), ...(shipping ? [shipping.charge] : [])];
  const isOneCurrency = sums.every(({ currency }) => currency === total.currency);
  return sum === total.amountMinor && isOneCurrency
    ? undefined
    : `its lines, shipping and tax add up to ${sum}, its total is ${total.amountMinor}`;
};

/** Compares an order with its payments. The order records them later, so the sums agree only once it is settled. */
const wrongBalance = (
  { captured, refunded, sold, givenBack }: Account,
  settled: boolean,
): string | undefined => {
  if (settled && captured - refunded !== sold - givenBack)
    return `captured ${captured} − refunded ${refunded} ≠ sold ${sold} − given back ${givenBack}`;
  if (refunded > captured) return `refunded ${refunded} of ${captured} captured`;
  if (sold > captured) return `counts ${sold} as paid, where ${captured} was captured`;
  if (givenBack > refunded) return `counts ${givenBack} as given back, where ${refunded} was refunded`;
  return undefined;
};

/** V10: per order, captured − refunded = sold − given back. */
export const moneyBook = (): MoneyBook => {
  const accounts = new Map<OrderId, Account>();
  const found: Breach[] = [];
  const breach = (orderId: OrderId, detail: string): Breach => ({
    invariant: 'V10',
    subject: `order-${orderId}`,
    detail,
  });

  const enter = (orderId: OrderId, { side, sum }: Entry): void => {
    const account = entryOf(accounts, orderId, open);
    account.currency ??= sum.currency;
    if (account.currency !== sum.currency)
      found.push(breach(orderId, `mixes ${account.currency} and ${sum.currency}`));
    account[side] += sum.amountMinor;
  };

  return {
    see: (event) => {
      const isOrder = isFact<OrderEvent>(orderEventTypes, event);
      if (isOrder && event.type === 'OrderPlaced') {
        const wrong = wrongTotal(event);
        if (wrong !== undefined) found.push(breach(event.data.orderId, wrong));
      }
      if (isOrder) {
        const entry = entryOfOrder(event);
        if (entry) enter(event.data.orderId, entry);
      } else if (isFact<PaymentEvent>(paymentEventTypes, event)) {
        const entry = entryOfPayment(event);
        if (entry) enter(event.data.orderId, entry);
      }
    },
    breaches: (settled) => [
      ...found,
      ...[...accounts].flatMap(([orderId, account]) => {
        const wrong = wrongBalance(account, settled);
        return wrong === undefined ? [] : [breach(orderId, wrong)];
      }),
    ],
    sums: () => {
      const sums: Record<CurrencyCode, MoneySums> = {};
      for (const { currency, captured, refunded, sold, givenBack } of accounts.values()) {
        if (currency === undefined) continue;
        const sum = sums[currency];
        sums[currency] = {
          captured: (sum?.captured ?? 0) + captured,
          refunded: (sum?.refunded ?? 0) + refunded,
          sold: (sum?.sold ?? 0) + sold,
          givenBack: (sum?.givenBack ?? 0) + givenBack,
        };
      }
      return sums;
    },
  };
};
