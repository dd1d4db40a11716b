import { accept, reject } from '../kernel';
import type { PaymentId, RefundId } from '../kernel';
import { equals, isPositive, money } from '../money';
import { amountsOf, quantityOf, remainingOf, shippingPaidOf } from './amounts';
import type { Goods } from './amounts';
import type { Money } from '../money';
import type {
  OrderRejection,
  RecordPayment,
  RecordPaymentDecline,
  RecordRefund,
  RecordRefundRefusal,
  RefundGoods,
  RequestRefund,
  StartPayment,
} from './commands';
import { isUntaken } from './capture-state';
import { acceptAndRelease, wrongStatus } from './decision';
import type { OrderDecision } from './decision';
import type { OrderEvent, OrderRefundRequested } from './events';
import { isSameRefund } from './sale';
import { refundsOfSellers, salesOfSellers } from './seller-shares';
import { isGivenBack, paymentOf } from './state';
import type { KnownOrder, PaymentState } from './state';
import { keptOf, refundableOf } from './status';
import { taxOfRefund } from './tax';

export const startPayment = ({ paymentId, method, at }: StartPayment, order: KnownOrder): OrderDecision => {
  const { orderId, openPaymentId } = order;
  const payment = paymentOf(order);
  // A payment that is open or done may be started again, also if the order was cancelled meanwhile.
  if (openPaymentId === paymentId || payment?.paymentId === paymentId) return accept();
  if (payment !== undefined)
    return reject({ code: 'ORDER_ALREADY_PAID', orderId, paymentId: payment.paymentId });
  if (order.progress !== 'PLACED') return wrongStatus(order);
  // Two captures at once would take the money twice.
  if (openPaymentId !== undefined)
    return reject({ code: 'ORDER_PAYMENT_PENDING', orderId, paymentId: openPaymentId });
  return accept({ type: 'OrderPaymentStarted', data: { orderId, paymentId, method, startedAt: at } });
};

export const recordPaymentDecline = (command: RecordPaymentDecline, order: KnownOrder): OrderDecision => {
  const { orderId, paymentId, at } = command;
  // Another payment, or none, is open for this order.
  if (order.openPaymentId !== paymentId) return accept();
  return accept({ type: 'OrderPaymentDeclined', data: { orderId, paymentId, declinedAt: at } });
};

/** Returns the id of the automatic refund of a late payment. A payment has at most one, so the payment's id serves. */
const refundIdOfLatePayment = ({ paymentId }: RecordPayment): RefundId => paymentId as string as RefundId;

export const refundOf = (
  order: KnownOrder,
  paymentId: PaymentId,
  refund: Pick<OrderRefundRequested['data'], 'refundId' | 'amount' | 'lines' | 'reason' | 'requestedAt'>,
): OrderRefundRequested => ({
  type: 'OrderRefundRequested',
  data: { orderId: order.orderId, paymentId, ...refund, tax: taxOfRefund(order, refund) },
});

export const recordPayment = (command: RecordPayment, order: KnownOrder): OrderDecision => {
  const { paymentId, paid, at } = command;
  const { orderId, total } = order;
  const payment = paymentOf(order);
  if (payment?.paymentId === paymentId) return accept();
  // An order takes one payment; the caller refunds a second capture.
  if (payment !== undefined)
    return reject({ code: 'ORDER_ALREADY_PAID', orderId, paymentId: payment.paymentId });
  // Neither a part of the total nor more than the total.
  if (!equals(paid, total)) return reject({ code: 'PAYMENT_MISMATCH', due: total, paid });
  const { authorisedUntil } = command;
  // What is held counts as a sale when the first of it is captured.
  const sellers = authorisedUntil === undefined ? salesOfSellers(order) : undefined;
  const held = authorisedUntil === undefined ? {} : { authorisedUntil };
  const data = { orderId, paymentId, paid, ...(sellers && { sellers }), ...held, paidAt: at };
  const orderPaid = { type: 'OrderPaid', data } as const;
  if (order.progress !== 'CANCELLED') return acceptAndRelease(order, orderPaid, at);
  // The payment and the cancellation crossed: the payment is recorded and refunded at once.
  const refundId = refundIdOfLatePayment(command);
  const refund = { refundId, amount: paid, reason: 'paid after the cancellation', requestedAt: at };
  return accept<OrderEvent>(orderPaid, refundOf(order, paymentId, refund));
};

export const refusalOfReturn = (lines: readonly Goods[], order: KnownOrder): OrderRejection | undefined => {
  for (const { productId, quantity } of lines) {
    const max = remainingOf(order, productId).quantity;
    // All refunds and cancellations together must not return more pieces than were sold.
    if (!Number.isInteger(quantity) || quantity < 1 || quantityOf(lines, productId) > max)
      return { code: 'QUANTITY_OUT_OF_RANGE', quantity, min: 1, max };
  }
  return undefined;
};

const refusalOfAmount = (asked: Money, payment: PaymentState): OrderRejection | undefined => {
  if (!isPositive(asked)) return { code: 'REFUND_NOT_POSITIVE', asked };
  // All refunds together must not exceed the payment, and must be in its currency.
  const refundable = refundableOf(payment);
  return asked.currency !== refundable.currency || asked.amountMinor > refundable.amountMinor
    ? { code: 'REFUND_TOO_LARGE', refundable, asked }
    : undefined;
};

export const requestRefund = (command: RequestRefund, order: KnownOrder): OrderDecision => {
  const { refundId, amount, lines, reason, at } = command;
  const payment = paymentOf(order);
  // Only a paid order can be refunded.
  if (payment === undefined) return wrongStatus(order);
  const known = payment.refunds.find((refund) => refund.refundId === refundId);
  if (known !== undefined) {
    // A different request under an existing id would be lost.
    return isSameRefund(known, command)
      ? accept()
      : reject({ code: 'REFUND_DIFFERS', refundId, was: known.amount, now: amount });
  }
  const refusal = refusalOfAmount(amount, payment) ?? refusalOfReturn(lines ?? [], order);
  if (refusal !== undefined) return reject(refusal);
  const back = lines === undefined ? {} : { lines };
  return accept(refundOf(order, payment.paymentId, { refundId, amount, ...back, reason, requestedAt: at }));
};

/** Returns what the customer gets back for goods, if no other refund has given back a part of it without naming goods. */
export const worthOf = (order: KnownOrder, lines: readonly Goods[]): number => {
  const goods = amountsOf(order, lines).reduce((sum, { amount }) => sum + amount.amountMinor, 0);
  // Nothing was sent, so the charge for it goes back as it does with a cancellation.
  return goods + (isGivenBack(order, lines) ? shippingPaidOf(order.shipping, order.tax) : 0);
};

export const refundGoods = (command: RefundGoods, order: KnownOrder): OrderDecision => {
  const { refundId, lines, reason, at: requestedAt } = command;
  const payment = paymentOf(order);
  // Only a paid order can be refunded.
  if (payment === undefined) return wrongStatus(order);
  if (payment.refunds.some((refund) => refund.refundId === refundId)) return accept();
  const refusalOfLines = refusalOfReturn(lines, order);
  if (refusalOfLines !== undefined) return reject(refusalOfLines);
  const worth = worthOf(order, lines);
  // Staff may have refunded a part of the price without naming goods.
  const { amountMinor: left, currency } = refundableOf(payment);
  const amount = money(Math.min(worth, left), currency);
  const refusal = refusalOfAmount(amount, payment);
  if (refusal !== undefined) return reject(refusal);
  return accept(refundOf(order, payment.paymentId, { refundId, amount, lines, reason, requestedAt }));
};

export const recordRefund = ({ refundId, isRelease, at }: RecordRefund, order: KnownOrder): OrderDecision => {
  const payment = paymentOf(order);
  const refund = payment?.refunds.find((candidate) => candidate.refundId === refundId);
  // The provider can only confirm a refund that was requested and not refused.
  if (payment === undefined || refund === undefined || refund.refused)
    return reject({ code: 'REFUND_NOT_FOUND', refundId });
  if (refund.done) return accept();
  const { orderId } = order;
  const { amount } = refund;
  const sellers = refundsOfSellers(order, payment, refund);
  const inFull = equals(keptOf(payment), amount);
  const isNothingTaken = isRelease && isUntaken(payment);
  const besides = { ...(sellers && { sellers }), ...(isNothingTaken && { isUntaken: true as const }) };
  const data = { orderId, refundId, amount, inFull, ...besides, refundedAt: at };
  return accept({ type: 'OrderRefunded', data });
};

export const recordRefundRefusal = (
  { refundId, reason, at }: RecordRefundRefusal,
  order: KnownOrder,
): OrderDecision => {
  const refund = paymentOf(order)?.refunds.find((candidate) => candidate.refundId === refundId);
  // A refund that is done cannot be refused.
  if (refund === undefined || refund.done) return reject({ code: 'REFUND_NOT_FOUND', refundId });
  if (refund.refused) return accept();
  const { orderId } = order;
  const { amount } = refund;
  return accept({
    type: 'OrderRefundRefused',
    data: { orderId, refundId, amount, reason, refusedAt: at },
  });
};
