import {
  accept,
  epochMsOf,
  isAsSeen,
  isPlace,
  isSameAddress,
  isSamePlace,
  refusalOfAddress,
  reject,
  tidiedAddress,
  unreachable,
} from '../kernel';
import type { AccountId, Instant, OrderId, Place, PostalAddress } from '../kernel';
import { equals, isPositive } from '../money';
import type { CurrencyCode, Money } from '../money';
import { lineTotalOf, orderTotalOf } from './amounts';
import { cancelGoods } from './cancel-goods';
import type {
  CancelOrder,
  ChangeOrderDestination,
  ConfirmReceipt,
  ExpireOrder,
  OrderCommand,
  OrderRejection,
  PlaceOrder,
  RecordRedirectMissed,
} from './commands';
import { recordCapture, recordCaptureRefusal, requestCapture, retryCapture } from './decide-captures';
import {
  allocateOrder,
  moveOrderPart,
  recordLineSupplied,
  recordPartDelivered,
  recordPartLoadingFailed,
  recordPartShipped,
  startPartLoading,
} from './decide-goods';
import { holdOrder, releaseOrder } from './decide-holds';
import { addOrderNote, tagOrder, untagOrder } from './decide-notes';
import {
  recordPayment,
  recordPaymentDecline,
  recordRefund,
  recordRefundRefusal,
  refundGoods,
  refundOf,
  requestRefund,
  startPayment,
} from './decide-payment';
import { wrongStatus } from './decision';
import type { OrderDecision } from './decision';
import { addressAt } from './destinations';
import type { CancellationReason, OrderLine, Sale } from './contents';
import { lineQuantityMax, orderLinesMax, orderTotalMinorMax } from './limits';
import { differencesOf } from './sale';
import { isHeld, mayBeGone, unitsOf } from './state';
import type { KnownOrder, OrderState } from './state';
import { isCalledOff, refundableOf, statusOf } from './status';
import { withTax } from './tax';

const notFound = (orderId: OrderId): OrderDecision => reject({ code: 'ORDER_NOT_FOUND', orderId });

const limits = { linesMax: orderLinesMax, totalMinorMax: orderTotalMinorMax };

/** Checks that the discounts leave something to be paid, in one currency and within the limit. */
const refusalOfPrices = (command: PlaceOrder, currency: CurrencyCode): OrderRejection | undefined => {
  const { lines, shipping } = command;
  const total = { amountMinor: orderTotalOf(command), currency };
  // A promotion never pays the customer, and an order of nothing could not be paid, nor refunded.
  const wrong = lines.find((line) => lineTotalOf(line) < 0 || (line.discount?.amountMinor ?? 0) < 0);
  if (wrong !== undefined)
    return { code: 'PRICE_NOT_POSITIVE', price: { amountMinor: lineTotalOf(wrong), currency } };
  if (!isPositive(total)) return { code: 'PRICE_NOT_POSITIVE', price: total };
  if (shipping !== undefined && shipping.charge.currency !== currency)
    return { code: 'ORDER_CURRENCY_MIXED', currencies: [currency, shipping.charge.currency] };
  return total.amountMinor > orderTotalMinorMax ? { code: 'ORDER_TOO_LARGE', ...limits } : undefined;
};

/** Checks the total with its tax, and that the customer has seen it. */
const refusalOfTotal = ({ expectedTotal }: PlaceOrder, total: Money): OrderRejection | undefined => {
  if (total.amountMinor > orderTotalMinorMax) return { code: 'ORDER_TOO_LARGE', ...limits };
  // A customer pays only a total that they have seen.
  return expectedTotal === undefined || equals(expectedTotal, total)
    ? undefined
    : { code: 'TOTAL_CHANGED', was: expectedTotal, now: total };
};

const refusalOfLines = (lines: PlaceOrder['lines']): OrderRejection | undefined => {
  // The number of lines is bounded, for the people who pick the order and for the sums.
  if (lines.length > orderLinesMax) return { code: 'ORDER_TOO_LARGE', ...limits };
  for (const { quantity, unitPrice } of lines) {
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > lineQuantityMax)
      return { code: 'QUANTITY_OUT_OF_RANGE', quantity, min: 1, max: lineQuantityMax };
    if (!isPositive(unitPrice)) return { code: 'PRICE_NOT_POSITIVE', price: unitPrice };
  }
  // An order is paid by one payment, in one currency.
  const currencies = [...new Set(lines.map(({ unitPrice }) => unitPrice.currency))];
  if (currencies.length > 1) return { code: 'ORDER_CURRENCY_MIXED', currencies };
  // A customer pays only a price that they have seen.
  const stale = lines.find(({ unitPrice, currentPrice }) => !equals(unitPrice, currentPrice));
  if (stale === undefined) return undefined;
  const { productId, unitPrice: was, currentPrice: now } = stale;
  return { code: 'PRICE_CHANGED', productId, was, now };
};

/**
 * Decides on an import under an existing id: a repeat of the same sale changes nothing, and a different sale is
 * rejected because it would be lost.
 */
const placeAgain = (command: PlaceOrder, sale: Sale, order: KnownOrder): OrderDecision => {
  const { orderId, at } = command;
  const differs = differencesOf(order, command);
  if (differs.length > 0) {
    const { currency } = command.lines[0]?.unitPrice ?? order.total;
    const now = { amountMinor: orderTotalOf(command), currency };
    return reject({ code: 'ORDER_DIFFERS', orderId, differs, was: order.total, now });
  }
  if (order.sale !== undefined) return accept();
  // The order was imported by a version that did not store sales.
  const { placedAt, total, lines } = order;
  const counted = { placedAt, total, units: unitsOf(lines) };
  return accept({ type: 'OrderSaleRecorded', data: { orderId, sale, order: counted, recordedAt: at } });
};

/** Returns what is stored of a line: all but the price that it was compared with. */
const storedLine = ({ discount, ...line }: PlaceOrder['lines'][number]): OrderLine => {
  const { productId, productNumber, sku, name, quantity, unitPrice, tax, sellerId } = line;
  const taken = discount?.amountMinor === 0 ? undefined : discount;
  return { productId, productNumber, sku, name, quantity, unitPrice, discount: taken, tax, sellerId };
};

/** Checks where the order is to be delivered. */
const refusalOfDelivery = (
  destination: Place,
  shipTo: PostalAddress | undefined,
): OrderRejection | undefined => {
  // The World's grid has no such point.
  if (!isPlace(destination)) return { code: 'PLACE_OUT_OF_RANGE', place: destination };
  return shipTo && refusalOfAddress(shipTo);
};

const placeOrder = (command: PlaceOrder, state: OrderState): OrderDecision => {
  const { orderId, number, customerId, lines, destination } = command;
  const shipTo = command.shipTo && tidiedAddress(command.shipTo);
  if (state.progress !== 'NONE') {
    if (command.sale !== undefined) return placeAgain(command, command.sale, state);
    // A serial number is assigned once, so the same number means a repeat of the same command.
    return state.number === number ? accept() : reject({ code: 'ORDER_ALREADY_PLACED', orderId });
  }
  const [first] = lines;
  if (first === undefined) return reject({ code: 'ORDER_EMPTY' });
  const { currency } = first.unitPrice;
  const refusal = refusalOfLines(lines) ?? refusalOfPrices(command, currency);
  if (refusal !== undefined) return reject(refusal);
  const taxed = withTax(command, currency);
  const total = { amountMinor: orderTotalOf(taxed), currency };
  const late = refusalOfTotal(command, total) ?? refusalOfDelivery(destination, shipTo);
  if (late !== undefined) return reject(late);
  const { cartGeneration, carrierAccount, warehouseId, paymentMethod, paymentId, promotions } = command;
  const { noteToSeller, gift } = command;
  return accept({
    type: 'OrderPlaced',
    data: {
      orderId,
      number,
      customerId,
      cartGeneration,
      lines: taxed.lines.map(storedLine),
      promotions: promotions?.length === 0 ? undefined : promotions,
      shipping: taxed.shipping,
      tax: taxed.tax,
      total,
      destination,
      shipTo,
      noteToSeller,
      gift,
      carrierAccount,
      warehouseId,
      paymentMethod,
      ...(paymentMethod === undefined || paymentId === undefined ? {} : { paymentId }),
      payBy: command.payBy,
      placedAt: command.at,
      sale: command.sale,
    },
  });
};

const isSameShipTo = (one: PostalAddress | undefined, other: PostalAddress | undefined): boolean =>
  one === undefined || other === undefined ? one === other : isSameAddress(one, other);

const isHeadedAsSeen = ({ expected }: ChangeOrderDestination, { destination, shipTo }: KnownOrder): boolean =>
  isAsSeen(expected && { ...expected, shipTo: expected.shipTo && tidiedAddress(expected.shipTo) }, {
    destination,
    shipTo,
  });

const changeOrderDestination = (command: ChangeOrderDestination, order: KnownOrder): OrderDecision => {
  const { destination, at } = command;
  const shipTo = command.shipTo && tidiedAddress(command.shipTo);
  const refusal = refusalOfDelivery(destination, shipTo);
  if (refusal !== undefined) return reject(refusal);
  // A delivered or cancelled order cannot be redirected.
  const hasArrived = order.progress === 'FULFILLED' || order.progress === 'COMPLETED';
  if (hasArrived || (order.progress !== 'SHIPPED' && isCalledOff(order))) return wrongStatus(order);
  const { orderId, customerId, destination: now } = order;
  // At the same place perhaps for another recipient.
  if (isSamePlace(destination, now) && isSameShipTo(shipTo, order.shipTo)) return accept();
  if (!isHeadedAsSeen(command, order)) return reject({ code: 'CHANGED_MEANWHILE' });
  return accept({
    type: 'OrderDestinationChanged',
    data: { orderId, customerId, destination, shipTo, changedAt: at },
  });
};

const recordRedirectMissed = (command: RecordRedirectMissed, order: KnownOrder): OrderDecision => {
  const { shipmentId, missed, deliveredTo, at } = command;
  const { orderId, customerId, destination: now, parts } = order;
  const part = parts.find((candidate) => candidate.shipmentId === shipmentId && candidate.released);
  if (part === undefined) return reject({ code: 'ORDER_PART_NOT_FOUND', orderId, shipmentId });
  // A later change of destination has an outcome of its own.
  if (part.missedRedirect === true || !isSamePlace(missed, now) || isSamePlace(missed, deliveredTo))
    return accept();
  const isLost = parts.every((other) => other === part || other.missedRedirect === true);
  const destination = isLost ? deliveredTo : now;
  const shipTo = addressAt(order, destination);
  const data = { orderId, shipmentId, customerId, missed, deliveredTo, destination, shipTo, missedAt: at };
  return accept({ type: 'OrderRedirectMissed', data });
};

const confirmReceipt = ({ at }: ConfirmReceipt, order: KnownOrder): OrderDecision => {
  if (order.progress === 'COMPLETED') return accept();
  // A customer can confirm the receipt only after every part is delivered and while no refund is open.
  if (statusOf(order) !== 'FULFILLED') return wrongStatus(order);
  return accept({ type: 'OrderCompleted', data: { orderId: order.orderId, completedAt: at } });
};

const cancelled = (order: KnownOrder, reason: CancellationReason, at: Instant): OrderDecision =>
  accept({ type: 'OrderCancelled', data: { orderId: order.orderId, reason, cancelledAt: at } });

const cancelOrder = ({ requestedBy, refundId, at }: CancelOrder, order: KnownOrder): OrderDecision => {
  const { orderId } = order;
  switch (order.progress) {
    case 'PLACED':
      return cancelled(order, requestedBy === undefined ? 'requested-by-staff' : 'requested-by-customer', at);
    case 'CANCELLED':
      return accept();
    case 'SHIPPED':
      // Loaded goods can only be returned by way of a refund.
      return reject({ code: 'ORDER_ALREADY_SHIPPED', orderId });
    case 'FULFILLED':
    case 'COMPLETED':
      return wrongStatus(order);
    case 'PAID': {
      const { payment } = order;
      if (payment.refunds.some((refund) => refund.refundId === refundId)) return accept();
      // The whole payment is already being refunded.
      if (isCalledOff(order)) return wrongStatus(order);
      // A part that is being loaded cannot be stopped, and it may leave, so its money is not refunded.
      if (order.parts.some(mayBeGone)) return reject({ code: 'ORDER_ALREADY_SHIPPED', orderId });
      const amount = refundableOf(payment);
      return accept(
        refundOf(order, payment.paymentId, { refundId, amount, reason: 'cancelled', requestedAt: at }),
      );
    }
    default:
      return unreachable(order);
  }
};

const expireOrder = ({ at }: ExpireOrder, order: KnownOrder): OrderDecision =>
  // The timer also fires for an order that has been paid, or is held, meanwhile.
  order.progress === 'PLACED' && !isHeld(order) && epochMsOf(at) >= epochMsOf(order.payBy)
    ? cancelled(order, 'payment-overdue', at)
    : accept();

/** Another customer's order is reported as not found, because its existence is private. */
const isForeign = (requestedBy: AccountId | undefined, order: KnownOrder): boolean =>
  requestedBy !== undefined && requestedBy !== order.customerId;

export const decide = (command: OrderCommand, state: OrderState): OrderDecision => {
  if (command.type === 'PlaceOrder') return placeOrder(command, state);
  if (state.progress === 'NONE') return notFound(command.orderId);
  if ('requestedBy' in command && isForeign(command.requestedBy, state)) return notFound(command.orderId);
  switch (command.type) {
    case 'AllocateOrder':
      return allocateOrder(command, state);
    case 'RecordLineSupplied':
      return recordLineSupplied(command, state);
    case 'StartPayment':
      return startPayment(command, state);
    case 'RecordPaymentDecline':
      return recordPaymentDecline(command, state);
    case 'RecordPayment':
      return recordPayment(command, state);
    case 'RequestCapture':
      return requestCapture(command, state);
    case 'RetryCapture':
      return retryCapture(command, state);
    case 'RecordCapture':
      return recordCapture(command, state);
    case 'RecordCaptureRefusal':
      return recordCaptureRefusal(command, state);
    case 'MoveOrderPart':
      return moveOrderPart(command, state);
    case 'ChangeOrderDestination':
      return changeOrderDestination(command, state);
    case 'StartPartLoading':
      return startPartLoading(command, state);
    case 'RecordPartLoadingFailed':
      return recordPartLoadingFailed(command, state);
    case 'RecordPartShipped':
      return recordPartShipped(command, state);
    case 'RecordPartDelivered':
      return recordPartDelivered(command, state);
    case 'RecordRedirectMissed':
      return recordRedirectMissed(command, state);
    case 'ConfirmReceipt':
      return confirmReceipt(command, state);
    case 'CancelOrder':
      return cancelOrder(command, state);
    case 'CancelGoods':
      return cancelGoods(command, state);
    case 'ExpireOrder':
      return expireOrder(command, state);
    case 'RequestRefund':
      return requestRefund(command, state);
    case 'RefundGoods':
      return refundGoods(command, state);
    case 'RecordRefund':
      return recordRefund(command, state);
    case 'RecordRefundRefusal':
      return recordRefundRefusal(command, state);
    case 'HoldOrder':
      return holdOrder(command, state);
    case 'ReleaseOrder':
      return releaseOrder(command, state);
    case 'AddOrderNote':
      return addOrderNote(command, state);
    case 'TagOrder':
      return tagOrder(command, state);
    case 'UntagOrder':
      return untagOrder(command, state);
    default:
      return unreachable(command);
  }
};
