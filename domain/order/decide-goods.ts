import { accept, reject } from '../kernel';
import type { ShipmentId } from '../kernel';
import type {
  AllocateOrder,
  MoveOrderPart,
  RecordLineSupplied,
  RecordPartDelivered,
  RecordPartLoadingFailed,
  RecordPartShipped,
  StartPartLoading,
} from './commands';
import { isCaptured } from './capture-state';
import { acceptAndRelease, wrongStatus } from './decision';
import type { OrderDecision } from './decision';
import type { OrderEvent } from './events';
import { accountsFor, dueOf } from './parts';
import { isHeld, mayBeGone, paymentOf } from './state';
import type { KnownOrder, PartState } from './state';
import { isCalledOff } from './status';

export const allocateOrder = ({ parts, at }: AllocateOrder, order: KnownOrder): OrderDecision => {
  // An order is allocated once. The caller of a second attempt releases the goods that it has reserved.
  if (order.parts.length > 0) return accept();
  // A cancelled or refunded order keeps no goods.
  if (isCalledOff(order)) return wrongStatus(order);
  // The parts must hold exactly the pieces that were ordered.
  if (!accountsFor(parts, order)) return reject({ code: 'ALLOCATION_MISMATCH', orderId: order.orderId });
  const { orderId } = order;
  return acceptAndRelease(order, { type: 'OrderAllocated', data: { orderId, parts, allocatedAt: at } }, at);
};

export const recordLineSupplied = (command: RecordLineSupplied, order: KnownOrder): OrderDecision => {
  const { warehouseId, productId, at } = command;
  const { orderId } = order;
  const part = order.parts.find((candidate) => candidate.warehouseId === warehouseId);
  const line = part?.lines.find((candidate) => candidate.productId === productId);
  // Goods may arrive before the allocation is recorded; they count from then on.
  const isEarly = order.parts.length === 0;
  const isKnown = isEarly
    ? order.suppliedEarly.some((early) => early.warehouseId === warehouseId && early.productId === productId)
    : line?.awaitingStock === false;
  if (isKnown) return accept();
  // The order does not wait for these goods.
  const isExpected = isEarly ? dueOf(order, productId) > 0 : line !== undefined;
  if (!isExpected) return reject({ code: 'ALLOCATION_MISMATCH', orderId });
  // Goods for a cancelled or refunded order go back on hand.
  if (isCalledOff(order)) return wrongStatus(order);
  const data = { orderId, warehouseId, productId, suppliedAt: at };
  return acceptAndRelease(order, { type: 'OrderLineSupplied', data }, at);
};

/** Finds a part that has become a shipment, which only a released part has. */
const releasedPart = (order: KnownOrder, shipmentId: ShipmentId): PartState | undefined =>
  order.parts.find((part) => part.shipmentId === shipmentId && part.released);

export const moveOrderPart = ({ shipmentId, to, at }: MoveOrderPart, order: KnownOrder): OrderDecision => {
  const { orderId, parts, moved } = order;
  const { warehouseId } = to;
  if (moved.some((move) => move.shipmentId === shipmentId && move.to === warehouseId)) return accept();
  const part = releasedPart(order, shipmentId);
  if (part === undefined) return reject({ code: 'ORDER_PART_NOT_FOUND', orderId, shipmentId });
  // A cancelled or refunded order keeps no goods.
  if (isCalledOff(order)) return wrongStatus(order);
  // A parcel that may be on a truck stays with its goods.
  if (mayBeGone(part)) return reject({ code: 'ORDER_ALREADY_SHIPPED', orderId });
  // An order leaves a warehouse in one shipment.
  if (parts.some((other) => other.warehouseId === warehouseId))
    return reject({ code: 'WAREHOUSE_ALREADY_SENDS_PART', orderId, warehouseId });
  const lines = part.lines.map((line) => ({ ...line, awaitingStock: true }));
  return accept({
    type: 'OrderPartMoved',
    data: { orderId, shipmentId, warehouseId: part.warehouseId, part: { ...to, lines }, movedAt: at },
  });
};

export const startPartLoading = (command: StartPartLoading, order: KnownOrder): OrderDecision => {
  const { shipmentId, attempt, hasHappened = false, at } = command;
  const { orderId } = order;
  const part = releasedPart(order, shipmentId);
  if (part === undefined) return reject({ code: 'ORDER_PART_NOT_FOUND', orderId, shipmentId });
  if (part.delivered || attempt <= (part.loading?.attempt ?? 0)) return accept();
  // A cancelled or refunded order must not leave the warehouse.
  if (isCalledOff(order)) return wrongStatus(order);
  // Staff look at the order; it is loaded after they release it.
  if (isHeld(order) && !hasHappened) return reject({ code: 'ORDER_HELD', orderId, reasons: order.holds });
  // No goods leave without their money.
  const payment = paymentOf(order);
  if (!hasHappened && payment !== undefined && !isCaptured(payment, shipmentId))
    return reject({ code: 'ORDER_NOT_CAPTURED', orderId, shipmentId });
  return accept({ type: 'OrderPartLoadingStarted', data: { orderId, shipmentId, attempt, startedAt: at } });
};

export const recordPartLoadingFailed = (
  { shipmentId, attempt, at }: RecordPartLoadingFailed,
  order: KnownOrder,
): OrderDecision => {
  const { orderId } = order;
  const part = releasedPart(order, shipmentId);
  if (part === undefined) return reject({ code: 'ORDER_PART_NOT_FOUND', orderId, shipmentId });
  // A later attempt may be running, or may have been caused by the failure of this one.
  if (part.delivered || !part.loading?.mayBeGone || attempt < part.loading.attempt) return accept();
  return accept({ type: 'OrderPartLoadingFailed', data: { orderId, shipmentId, attempt, failedAt: at } });
};

export const recordPartShipped = (
  { shipmentId, at }: RecordPartShipped,
  order: KnownOrder,
): OrderDecision => {
  const { orderId } = order;
  // Only a paid order may leave.
  if (order.progress === 'PLACED' || order.progress === 'CANCELLED') return wrongStatus(order);
  if (releasedPart(order, shipmentId) === undefined)
    return reject({ code: 'ORDER_PART_NOT_FOUND', orderId, shipmentId });
  // The order counts as shipped from its first part on.
  if (order.progress !== 'PAID') return accept();
  return accept({ type: 'OrderShipped', data: { orderId, shippedAt: at } });
};

export const recordPartDelivered = (command: RecordPartDelivered, order: KnownOrder): OrderDecision => {
  const { shipmentId, at } = command;
  const { orderId } = order;
  // Only a paid order may leave.
  if (order.progress === 'PLACED' || order.progress === 'CANCELLED') return wrongStatus(order);
  const part = releasedPart(order, shipmentId);
  if (part === undefined) return reject({ code: 'ORDER_PART_NOT_FOUND', orderId, shipmentId });
  if (part.delivered) return accept();
  const isLast = order.parts.every((other) => other === part || other.delivered);
  return accept<OrderEvent>(
    // The report of the departure may come after the report of the delivery.
    ...(order.progress === 'PAID'
      ? [{ type: 'OrderShipped', data: { orderId, shippedAt: at } } as const]
      : []),
    { type: 'OrderPartDelivered', data: { orderId, shipmentId, deliveredAt: at } },
    ...(isLast ? [{ type: 'OrderFulfilled', data: { orderId, fulfilledAt: at } } as const] : []),
  );
};
