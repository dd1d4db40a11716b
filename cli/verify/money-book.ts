import type { OrderId, PaymentId } from '../../domain/kernel';
import { unreachable } from '../../domain/kernel';
import { add, type CurrencyCode, type Money } from '../../domain/money';
import { orderEventTypes, orderTotalOf, type OrderEvent, type OrderPlaced } from '../../domain/order';
import { paymentEventTypes, type PaymentEvent } from '../../domain/payment';
import { entryOf, isFact, type Book, type Breach } from './breach';

/** In minor units. */
export type MoneySums = {
  /** Captured or held by the payment provider, and refunded by it or released. */
  readonly captured: number;
  readonly refunded: number;
  /** Recorded by orders as paid and as refunded. */
  readonly sold: number;
  readonly givenBack: number;
};

export type MoneyBook = Book & { readonly sums: () => Readonly<Record<CurrencyCode, MoneySums>> };

/** The sums that a provider may take by a payment, has taken, has given back and, `released`, will never take, in minor units. */
type Moved = { authorised: number; released: number; taken: number; back: number };

const movementsOf = ({ type, data }: PaymentEvent): Partial<Moved> => {
  switch (type) {
    case 'PaymentCaptured':
      return { authorised: data.amount.amountMinor, taken: data.amount.amountMinor };
    case 'PaymentAuthorised':
      return { authorised: data.amount.amountMinor };
    case 'PaymentPartCaptured':
      return { taken: data.amount.amountMinor };
    case 'PaymentReleased':
      return { released: data.amount.amountMinor };
    case 'PaymentRefunded':
      return { back: data.amount.amountMinor, released: data.released?.amountMinor ?? 0 };
    default:
      return {};
  }
};

const wrongMovement = ({ authorised, released, taken, back }: Moved): string | undefined => {
  if (taken + released > authorised)
    return `took ${taken} and released ${released} of ${authorised} that was authorised`;
  return back > taken ? `gave ${back} back of ${taken} that was taken` : undefined;
};

type Account = { currency: CurrencyCode | undefined } & { -readonly [Name in keyof MoneySums]: number };

const open = (): Account => ({ currency: undefined, captured: 0, refunded: 0, sold: 0, givenBack: 0 });

type Entry = { readonly side: keyof MoneySums; readonly sum: Money };

const entryOfPayment = ({ type, data }: PaymentEvent): Entry | undefined => {
  switch (type) {
    case 'PaymentCaptured':
      return { side: 'captured', sum: data.amount };
    case 'PaymentAuthorised':
      return { side: 'captured', sum: data.amount };
    case 'PaymentRefunded': {
      const { amount, released } = data;
      return { side: 'refunded', sum: released === undefined ? amount : add(amount, released) };
    }
    case 'PaymentReleased':
      return { side: 'refunded', sum: data.amount };
    case 'PaymentRequested':
    case 'PaymentActionRequired':
    case 'PaymentPending':
    case 'PaymentDeclined':
    case 'PaymentRefundRequested':
    case 'PaymentRefundPending':
    case 'PaymentRefundFailed':
    case 'PaymentAuthorisationRequested':
    case 'PaymentCaptureRequested':
    case 'PaymentCapturePending':
    case 'PaymentPartCaptured':
    case 'PaymentCaptureRefused':
    case 'PaymentVoided':
    case 'PaymentVoidRefused':
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
  const payments = new Map<PaymentId, Moved>();
  const found: Breach[] = [];
  const about = (subject: string, detail: string): Breach => ({ invariant: 'V10', subject, detail });
  const breach = (orderId: OrderId, detail: string): Breach => about(`order-${orderId}`, detail);

  const enter = (orderId: OrderId, { side, sum }: Entry): void => {
    const account = entryOf(accounts, orderId, open);
    account.currency ??= sum.currency;
    if (account.currency !== sum.currency)
      found.push(breach(orderId, `mixes ${account.currency} and ${sum.currency}`));
    account[side] += sum.amountMinor;
  };

  const move = (event: PaymentEvent): void => {
    const nothing = { authorised: 0, released: 0, taken: 0, back: 0 };
    const before = entryOf(payments, event.data.paymentId, () => nothing);
    const more = { ...nothing, ...movementsOf(event) };
    payments.set(event.data.paymentId, {
      authorised: before.authorised + more.authorised,
      released: before.released + more.released,
      taken: before.taken + more.taken,
      back: before.back + more.back,
    });
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
        move(event);
      }
    },
    breaches: (settled) => [
      ...found,
      ...[...accounts].flatMap(([orderId, account]) => {
        const wrong = wrongBalance(account, settled);
        return wrong === undefined ? [] : [breach(orderId, wrong)];
      }),
      ...[...payments].flatMap(([paymentId, moved]) => {
        const wrong = wrongMovement(moved);
        return wrong === undefined ? [] : [about(`payment-${paymentId}`, wrong)];
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
