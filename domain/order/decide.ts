import { accept, epochMsOf, isPlace, reject, unreachable } from '../kernel';
import type { AccountId, Decision, Instant, OrderId, PaymentId, RefundId } from '../kernel';
import { equals, isPositive } from '../money';
import type { Money } from '../money';
import type {
  AllocateOrder,
  CancelOrder,
  ChangeOrderDestination,
  ConfirmReceipt,
  ExpireOrder,
  OrderCommand,
  PlaceOrder,
  RecordLineSupplied,
  RecordPartDelivered,
  RecordPartShipped,
  RecordPayment,
  RecordRefund,
  RecordRefundRefusal,
  RequestRefund,
} from './commands';
import type { CancellationReason, OrderEvent, OrderRefundRequested } from './events';
import { lineQuantityMax, orderLinesMax, orderTotalMinorMax } from './limits';
import { accountsFor, releasesOf } from './parts';
import type { OrderRejection } from './rejections';
import { evolve, isCalledOff, keptOf, orderedOf, paymentOf, refundableOf, statusOf, totalOf } from './state';
import type { KnownOrder, OrderState, PaymentState } from './state';

type OrderDecision = Decision<OrderEvent, OrderRejection>;

const notFound = (orderId: OrderId): OrderDecision => reject({ code: 'ORDER_NOT_FOUND', orderId });

const wrongStatus = (order: KnownOrder): OrderDecision =>
  reject({ code: 'ORDER_WRONG_STATUS', orderId: order.orderId, status: statusOf(order) });

/** `event`, and with it the release of every part that it frees. */
const acceptAndRelease = (order: KnownOrder, event: OrderEvent, at: Instant): OrderDecision => {
  const after = evolve(order, event);
  return accept(event, ...(after.progress === 'NONE' ? [] : releasesOf(after, at)));
};

const refusalOfLines = (lines: PlaceOrder['lines']): OrderRejection | undefined => {
  const limits = { linesMax: orderLinesMax, totalMinorMax: orderTotalMinorMax };
  // An order is of a size that people can pick and the books can hold.
  if (lines.length > orderLinesMax) return { code: 'ORDER_TOO_LARGE', ...limits };
  for (const { quantity, unitPrice } of lines) {
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > lineQuantityMax)
      return { code: 'QUANTITY_OUT_OF_RANGE', quantity, min: 1, max: lineQuantityMax };
    if (!isPositive(unitPrice)) return { code: 'PRICE_NOT_POSITIVE', price: unitPrice };
  }
  // An order is paid by one payment, in one currency.
  const currencies = [...new Set(lines.map(({ unitPrice }) => unitPrice.currency))];
  if (currencies.length > 1) return { code: 'ORDER_CURRENCY_MIXED', currencies };
  // Nobody pays a price that they have not seen.
  const stale = lines.find(({ unitPrice, currentPrice }) => !equals(unitPrice, currentPrice));
  if (stale !== undefined) {
    const { productId, unitPrice: was, currentPrice: now } = stale;
    return { code: 'PRICE_CHANGED', productId, was, now };
  }
  return totalOf(lines) > orderTotalMinorMax ? { code: 'ORDER_TOO_LARGE', ...limits } : undefined;
};

const placeOrder = (command: PlaceOrder, state: OrderState): OrderDecision => {
  const { orderId, number, customerId, lines, destination } = command;
  if (state.progress !== 'NONE') {
    // A serial number is given out once, so the same number is the same command.
    return state.number === number ? accept() : reject({ code: 'ORDER_ALREADY_PLACED', orderId });
  }
  const [first] = lines;
  if (first === undefined) return reject({ code: 'ORDER_EMPTY' });
  const refusal = refusalOfLines(lines);
  if (refusal !== undefined) return reject(refusal);
  // The World has no place beyond its grid.
  if (!isPlace(destination)) return reject({ code: 'PLACE_OUT_OF_RANGE', place: destination });
  const { cartGeneration, carrierAccount, warehouseId, paymentMethod } = command;
  return accept({
    type: 'OrderPlaced',
    data: {
      orderId,
      number,
      customerId,
      ...(cartGeneration === undefined ? {} : { cartGeneration }),
      lines: lines.map(({ productId, productNumber, sku, name, quantity, unitPrice }) => ({
        productId,
        productNumber,
        sku,
        name,
        quantity,
        unitPrice,
      })),
      total: { amountMinor: totalOf(lines), currency: first.unitPrice.currency },
      destination,
      ...(carrierAccount === undefined ? {} : { carrierAccount }),
      ...(warehouseId === undefined ? {} : { warehouseId }),
      ...(paymentMethod === undefined ? {} : { paymentMethod }),
      payBy: command.payBy,
      placedAt: command.at,
    },
  });
};

const allocateOrder = ({ parts, at }: AllocateOrder, order: KnownOrder): OrderDecision => {
  // An order is allocated once; what a second try set aside is the asker's to give up.
  if (order.parts.length > 0) return accept();
  // Goods are not held for an order that nobody wants any more.
  if (isCalledOff(order)) return wrongStatus(order);
  // Every piece that was ordered leaves some warehouse, and none that was not.
  if (!accountsFor(parts, order)) return reject({ code: 'ALLOCATION_MISMATCH', orderId: order.orderId });
  const { orderId } = order;
  return acceptAndRelease(order, { type: 'OrderAllocated', data: { orderId, parts, allocatedAt: at } }, at);
};

const recordLineSupplied = (command: RecordLineSupplied, order: KnownOrder): OrderDecision => {
  const { warehouseId, productId, at } = command;
  const { orderId } = order;
  const part = order.parts.find((candidate) => candidate.warehouseId === warehouseId);
  const line = part?.lines.find((candidate) => candidate.productId === productId);
  // Goods may come before the allocation is recorded: they count from then on.
  const isEarly = order.parts.length === 0;
  const isKnown = isEarly
    ? order.suppliedEarly.some((early) => early.warehouseId === warehouseId && early.productId === productId)
    : line?.awaitingStock === false;
  if (isKnown) return accept();
  // Goods that the order does not wait for are not its own.
  const isExpected = isEarly ? orderedOf(order, productId) > 0 : line !== undefined;
  if (!isExpected) return reject({ code: 'ALLOCATION_MISMATCH', orderId });
  // Goods for an order that nobody wants any more go back on hand.
  if (isCalledOff(order)) return wrongStatus(order);
  const data = { orderId, warehouseId, productId, suppliedAt: at };
  return acceptAndRelease(order, { type: 'OrderLineSupplied', data }, at);
};

/** The refund's id where money goes back without anybody having asked: one a payment, so the payment's own will do. */
const refundIdOfLatePayment = ({ paymentId }: RecordPayment): RefundId => paymentId as string as RefundId;

const refundOf = (
  order: KnownOrder,
  paymentId: PaymentId,
  refund: Pick<OrderRefundRequested['data'], 'refundId' | 'amount' | 'lines' | 'reason' | 'requestedAt'>,
): OrderRefundRequested => ({
  type: 'OrderRefundRequested',
  data: { orderId: order.orderId, paymentId, ...refund },
});

const recordPayment = (command: RecordPayment, order: KnownOrder): OrderDecision => {
  const { paymentId, paid, at } = command;
  const { orderId, total } = order;
  const payment = paymentOf(order);
  if (payment?.paymentId === paymentId) return accept();
  // An order takes one payment; a second one is given back by whoever captured it.
  if (payment !== undefined)
    return reject({ code: 'ORDER_ALREADY_PAID', orderId, paymentId: payment.paymentId });
  // Neither a part of the sum nor more than it.
  if (!equals(paid, total)) return reject({ code: 'PAYMENT_MISMATCH', due: total, paid });
  const orderPaid = { type: 'OrderPaid', data: { orderId, paymentId, paid, paidAt: at } } as const;
  if (order.progress !== 'CANCELLED') return acceptAndRelease(order, orderPaid, at);
  // The money crossed the cancellation on its way: it is booked, and at once sent back.
  const refundId = refundIdOfLatePayment(command);
  const refund = { refundId, amount: paid, reason: 'paid after the cancellation', requestedAt: at };
  return accept<OrderEvent>(orderPaid, refundOf(order, paymentId, refund));
};

const changeOrderDestination = (command: ChangeOrderDestination, order: KnownOrder): OrderDecision => {
  const { destination, at } = command;
  // The World has no place beyond its grid.
  if (!isPlace(destination)) return reject({ code: 'PLACE_OUT_OF_RANGE', place: destination });
  // Once everything is at the door, or nothing will ever leave, there is nothing to redirect.
  const hasArrived = order.progress === 'FULFILLED' || order.progress === 'COMPLETED';
  if (hasArrived || (order.progress !== 'SHIPPED' && isCalledOff(order))) return wrongStatus(order);
  const { orderId, destination: now } = order;
  if (destination.x === now.x && destination.y === now.y) return accept();
  return accept({ type: 'OrderDestinationChanged', data: { orderId, destination, changedAt: at } });
};

const recordPartShipped = ({ shipmentId, at }: RecordPartShipped, order: KnownOrder): OrderDecision => {
  const { orderId } = order;
  // Nothing leaves for an order that is not paid.
  if (order.progress === 'PLACED' || order.progress === 'CANCELLED') return wrongStatus(order);
  // Only a released part is a shipment.
  if (!order.parts.some((part) => part.shipmentId === shipmentId && part.released))
    return reject({ code: 'ORDER_PART_NOT_FOUND', orderId, shipmentId });
  // The order is shipped with its first part.
  if (order.progress !== 'PAID') return accept();
  return accept({ type: 'OrderShipped', data: { orderId, shippedAt: at } });
};

const recordPartDelivered = (command: RecordPartDelivered, order: KnownOrder): OrderDecision => {
  const { shipmentId, at } = command;
  const { orderId } = order;
  // Nothing leaves for an order that is not paid.
  if (order.progress === 'PLACED' || order.progress === 'CANCELLED') return wrongStatus(order);
  // Only a released part is a shipment.
  const part = order.parts.find((candidate) => candidate.shipmentId === shipmentId && candidate.released);
  if (part === undefined) return reject({ code: 'ORDER_PART_NOT_FOUND', orderId, shipmentId });
  if (part.delivered) return accept();
  const isLast = order.parts.every((other) => other === part || other.delivered);
  return accept<OrderEvent>(
    // What is delivered has left, even where the word of its leaving is late.
    ...(order.progress === 'PAID'
      ? [{ type: 'OrderShipped', data: { orderId, shippedAt: at } } as const]
      : []),
    { type: 'OrderPartDelivered', data: { orderId, shipmentId, deliveredAt: at } },
    ...(isLast ? [{ type: 'OrderFulfilled', data: { orderId, fulfilledAt: at } } as const] : []),
  );
};

const confirmReceipt = ({ at }: ConfirmReceipt, order: KnownOrder): OrderDecision => {
  if (order.progress === 'COMPLETED') return accept();
  // Only what is all at the door, and not on its way back, can be confirmed.
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
      // What is on a truck can only come back.
      return reject({ code: 'ORDER_ALREADY_SHIPPED', orderId });
    case 'FULFILLED':
    case 'COMPLETED':
      return wrongStatus(order);
    case 'PAID': {
      const { payment } = order;
      if (payment.refunds.some((refund) => refund.refundId === refundId)) return accept();
      // What all goes back already cannot go back again.
      if (isCalledOff(order)) return wrongStatus(order);
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
  // Only what is unpaid in time lapses; the timer may ring for an order that has long been paid.
  order.progress === 'PLACED' && epochMsOf(at) >= epochMsOf(order.payBy)
    ? cancelled(order, 'payment-overdue', at)
    : accept();

const sumOf = (
  lines: readonly { readonly productId: string; readonly quantity: number }[],
  id: string,
): number => lines.reduce((sum, line) => (line.productId === id ? sum + line.quantity : sum), 0);

const refusalOfReturn = (
  lines: NonNullable<RequestRefund['lines']>,
  order: KnownOrder,
  payment: PaymentState,
): OrderRejection | undefined => {
  const returned = payment.refunds.flatMap((refund) => (refund.refused ? [] : refund.lines));
  for (const { productId, quantity } of lines) {
    const max = orderedOf(order, productId) - sumOf(returned, productId);
    // No more comes back than was sold, over all refunds together.
    if (!Number.isInteger(quantity) || quantity < 1 || sumOf(lines, productId) > max)
      return { code: 'QUANTITY_OUT_OF_RANGE', quantity, min: 1, max };
  }
  return undefined;
};

const refusalOfAmount = (asked: Money, payment: PaymentState): OrderRejection | undefined => {
  if (!isPositive(asked)) return { code: 'REFUND_NOT_POSITIVE', asked };
  // No more goes back than was paid, over all refunds together, and in the coin it was paid in.
  const refundable = refundableOf(payment);
  return asked.currency !== refundable.currency || asked.amountMinor > refundable.amountMinor
    ? { code: 'REFUND_TOO_LARGE', refundable, asked }
    : undefined;
};

const requestRefund = (command: RequestRefund, order: KnownOrder): OrderDecision => {
  const { refundId, amount, lines, reason, at } = command;
  const payment = paymentOf(order);
  // Only money that came can go back.
  if (payment === undefined) return wrongStatus(order);
  if (payment.refunds.some((refund) => refund.refundId === refundId)) return accept();
  const refusal = refusalOfAmount(amount, payment) ?? refusalOfReturn(lines ?? [], order, payment);
  if (refusal !== undefined) return reject(refusal);
  const back = lines === undefined ? {} : { lines };
  return accept(refundOf(order, payment.paymentId, { refundId, amount, ...back, reason, requestedAt: at }));
};

const recordRefund = ({ refundId, at }: RecordRefund, order: KnownOrder): OrderDecision => {
  const payment = paymentOf(order);
  const refund = payment?.refunds.find((candidate) => candidate.refundId === refundId);
  // The provider gives back only what was asked for and it has not refused.
  if (payment === undefined || refund === undefined || refund.refused)
    return reject({ code: 'REFUND_NOT_FOUND', refundId });
  if (refund.done) return accept();
  const { orderId } = order;
  const { amount } = refund;
  const data = { orderId, refundId, amount, inFull: equals(keptOf(payment), amount), refundedAt: at };
  return accept({ type: 'OrderRefunded', data });
};

const recordRefundRefusal = (
  { refundId, reason, at }: RecordRefundRefusal,
  order: KnownOrder,
): OrderDecision => {
  const refund = paymentOf(order)?.refunds.find((candidate) => candidate.refundId === refundId);
  // What is given back stays given back.
  if (refund === undefined || refund.done) return reject({ code: 'REFUND_NOT_FOUND', refundId });
  if (refund.refused) return accept();
  const { orderId } = order;
  const { amount } = refund;
  return accept({
    type: 'OrderRefundRefused',
    data: { orderId, refundId, amount, reason, refusedAt: at },
  });
};

/** Someone else's order is as good as none: its existence is nobody's business. */
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
    case 'RecordPayment':
      return recordPayment(command, state);
    case 'ChangeOrderDestination':
      return changeOrderDestination(command, state);
    case 'RecordPartShipped':
      return recordPartShipped(command, state);
    case 'RecordPartDelivered':
      return recordPartDelivered(command, state);
    case 'ConfirmReceipt':
      return confirmReceipt(command, state);
    case 'CancelOrder':
      return cancelOrder(command, state);
    case 'ExpireOrder':
      return expireOrder(command, state);
    case 'RequestRefund':
      return requestRefund(command, state);
    case 'RecordRefund':
      return recordRefund(command, state);
    case 'RecordRefundRefusal':
      return recordRefundRefusal(command, state);
    default:
      return unreachable(command);
  }
};
