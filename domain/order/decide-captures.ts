import { accept, reject } from '../kernel';
import type { ShipmentId } from '../kernel';
import { isPositive, money } from '../money';
import type { Money } from '../money';
import { amountsOf } from './amounts';
import { captureOf, isUntaken } from './capture-state';
import type {
  RecordOrderCapture,
  RecordOrderCaptureRefusal,
  RequestOrderCapture,
  RetryOrderCapture,
} from './commands';
import { wrongStatus } from './decision';
import type { OrderDecision } from './decision';
import { salesToCount } from './seller-shares';
import { isHeld, paymentOf } from './state';
import type { KnownOrder, PaymentState } from './state';
import { isCalledOff, refundableOf } from './status';

/**
 * Returns what is to be captured and not given back when a shipment leaves: everything that the customer pays but the price of the
 * goods whose own shipments are not captured yet. So the charge of the shipping is captured with the first one, each minor unit
 * once, and goods that were cancelled or moved meanwhile need no correction.
 */
const dueBefore = (order: KnownOrder, payment: PaymentState, shipmentId: ShipmentId): Money => {
  const waiting = order.parts
    .filter((part) => part.shipmentId !== shipmentId)
    .filter((part) => (captureOf(payment, part.shipmentId)?.status ?? 'REFUSED') === 'REFUSED')
    .flatMap(({ lines }) => lines);
  const { amountMinor, currency } = refundableOf(payment);
  const later = amountsOf(order, waiting).reduce((sum, { amount }) => sum + amount.amountMinor, 0);
  return money(Math.max(0, amountMinor - later), currency);
};

/** Tests whether the provider still decides on a capture for a shipment that the order does not have any more. */
const isUndecidedForNone = ({ parts }: KnownOrder, { captures = [] }: PaymentState): boolean =>
  captures.some(
    ({ status, shipmentId }) => status === 'OPEN' && !parts.some((part) => part.shipmentId === shipmentId),
  );

export const requestCapture = (
  { captureId, shipmentId, at }: Pick<RequestOrderCapture, 'captureId' | 'shipmentId' | 'at'>,
  order: KnownOrder,
): OrderDecision => {
  const { orderId } = order;
  const payment = paymentOf(order);
  if (payment === undefined) return wrongStatus(order);
  // The money was taken when the order was paid.
  if (payment.captures === undefined) return accept();
  if (payment.captures.some((known) => known.captureId === captureId)) return accept();
  const known = captureOf(payment, shipmentId);
  if (known !== undefined && known.status !== 'REFUSED') return accept();
  if (!order.parts.some((part) => part.shipmentId === shipmentId && part.released))
    return reject({ code: 'ORDER_PART_NOT_FOUND', orderId, shipmentId });
  // Goods of a cancelled or refunded order do not leave.
  if (isCalledOff(order)) return wrongStatus(order);
  // Staff look at the order, and perhaps give the money back.
  if (isHeld(order)) return reject({ code: 'ORDER_HELD', orderId, reasons: order.holds });
  const { paymentId } = payment;
  // It may be for the same goods, which were packed again: what is missing is known only when it is decided.
  if (isUndecidedForNone(order, payment)) return reject({ code: 'CAPTURE_UNDECIDED', paymentId });
  const upTo = dueBefore(order, payment, shipmentId);
  const data = { orderId, paymentId, captureId, shipmentId, upTo, requestedAt: at };
  return accept({ type: 'OrderCaptureRequested', data });
};

/** Returns the first shipment of the order that does not leave because the provider refused to take its money. */
export const refusedShipmentOf = (order: KnownOrder): ShipmentId | undefined => {
  const payment = paymentOf(order);
  if (payment === undefined) return undefined;
  return order.parts.find((part) => captureOf(payment, part.shipmentId)?.status === 'REFUSED')?.shipmentId;
};

export const retryCapture = ({ captureId, at }: RetryOrderCapture, order: KnownOrder): OrderDecision => {
  const { orderId } = order;
  if (paymentOf(order)?.captures?.some((known) => known.captureId === captureId)) return accept();
  const shipmentId = refusedShipmentOf(order);
  // Each other capture is done, or the provider still decides on it.
  if (shipmentId === undefined) return reject({ code: 'CAPTURE_NOT_REFUSED', orderId });
  return requestCapture({ captureId, shipmentId, at }, order);
};

export const recordCapture = (
  { captureId, amount, at }: RecordOrderCapture,
  order: KnownOrder,
): OrderDecision => {
  const payment = paymentOf(order);
  const capture = payment?.captures?.find((known) => known.captureId === captureId);
  // The provider can only confirm a capture that was requested and not refused.
  if (payment === undefined || capture === undefined || capture.status === 'REFUSED')
    return reject({ code: 'CAPTURE_NOT_FOUND', captureId });
  if (capture.status === 'DONE') return accept();
  const { orderId } = order;
  const { paymentId } = payment;
  const { shipmentId } = capture;
  const isFirst = isUntaken(payment) && isPositive(amount);
  const sellers = isFirst ? salesToCount(order, payment) : undefined;
  const first = { ...(isFirst && { isFirst }), ...(sellers && { sellers }) };
  const data = { orderId, paymentId, captureId, shipmentId, amount, ...first, capturedAt: at };
  return accept({ type: 'OrderCaptured', data });
};

export const recordCaptureRefusal = (
  { captureId, reason, at }: RecordOrderCaptureRefusal,
  order: KnownOrder,
): OrderDecision => {
  const payment = paymentOf(order);
  const capture = payment?.captures?.find((known) => known.captureId === captureId);
  // Captured money cannot be refused.
  if (payment === undefined || capture === undefined || capture.status === 'DONE')
    return reject({ code: 'CAPTURE_NOT_FOUND', captureId });
  if (capture.status === 'REFUSED') return accept();
  const { orderId } = order;
  const { shipmentId } = capture;
  const { paymentId } = payment;
  const data = { orderId, paymentId, captureId, shipmentId, reason, refusedAt: at };
  return accept({ type: 'OrderCaptureRefused', data });
};
