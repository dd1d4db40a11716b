import { accept, fold, reject } from '../kernel';
import type { ProductId, ShipmentId } from '../kernel';
import { money } from '../money';
import { quantityOf, type Goods } from './amounts';
import type { CancelGoods, OrderRejection } from './commands';
import type { CancelledGoods, ReducedPart } from './contents';
import { refundOf, refusalOfReturn, worthOf } from './decide-payment';
import type { OrderDecision } from './decision';
import type { OrderEvent, OrderFulfilled, OrderGoodsCancelled } from './events';
import { mayBeGone, type PartState } from './part-state';
import { dueOf, releasesOf } from './parts';
import { evolve } from './state';
import type { KnownOrder, PaidOrder } from './state';
import { isCalledOff, refundableOf, statusOf } from './status';

/** Facts of the shipments, and who cancels: a customer cannot cancel goods that are packed. */
export type CancelledBy = {
  readonly isCustomer: boolean;
  /** The shipments that are packed, as far as is known. */
  readonly packed: readonly ShipmentId[];
};

const isStopped = ({ isCustomer, packed }: CancelledBy, { shipmentId }: PartState): boolean =>
  !isCustomer || !packed.includes(shipmentId);

/** Returns the reason why no goods of the order can be cancelled, whichever they are. */
export const refusalOfCancelling = (order: KnownOrder, by: CancelledBy): OrderRejection | undefined => {
  const { orderId, progress, parts } = order;
  // An unpaid order is cancelled as a whole, and placed again with other goods.
  const isOpen = progress === 'PAID' || progress === 'SHIPPED';
  if (!isOpen || isCalledOff(order)) return { code: 'ORDER_WRONG_STATUS', orderId, status: statusOf(order) };
  if (parts.length === 0) return undefined;
  const here = parts.filter((part) => !mayBeGone(part));
  // The World loads the goods, and they cannot be called back.
  if (here.length === 0) return { code: 'ORDER_ALREADY_SHIPPED', orderId };
  return here.some((part) => isStopped(by, part)) ? undefined : { code: 'ORDER_ALREADY_PACKED', orderId };
};

/** Adds up the pieces of each product. */
const summed = (lines: readonly Goods[]): readonly Goods[] =>
  [...new Set(lines.map(({ productId }) => productId))].map((productId) => ({
    productId,
    quantity: quantityOf(lines, productId),
  }));

/** Parts in the order in which pieces are taken from them: what is least work for the warehouses comes first. */
const inOrder = (parts: readonly PartState[], { packed }: CancelledBy): readonly PartState[] => {
  const effort = ({ released, shipmentId }: PartState): number => {
    if (!released) return 0;
    return packed.includes(shipmentId) ? 2 : 1;
  };
  return [...parts].sort((one, other) => effort(one) - effort(other));
};

type Taken = ReadonlyMap<ShipmentId, readonly Goods[]>;

/** Takes the pieces from the parts. @returns the pieces of each part, and those that no part has. */
const take = (
  parts: readonly PartState[],
  goods: readonly Goods[],
): { taken: Taken; missing: readonly Goods[] } => {
  const taken = new Map<ShipmentId, readonly Goods[]>();
  const missing = goods.flatMap(({ productId, quantity }) => {
    let left = quantity;
    for (const { shipmentId, lines } of parts) {
      const pieces = Math.min(left, quantityOf(lines, productId));
      if (pieces === 0) continue;
      taken.set(shipmentId, [...(taken.get(shipmentId) ?? []), { productId, quantity: pieces }]);
      left -= pieces;
    }
    return left > 0 ? [{ productId, quantity: left }] : [];
  });
  return { taken, missing };
};

const withoutPieces = (lines: PartState['lines'], taken: readonly Goods[]): PartState['lines'] =>
  lines
    .map((line) => ({ ...line, quantity: line.quantity - quantityOf(taken, line.productId) }))
    .filter(({ quantity }) => quantity > 0);

const sellerOf = ({ lines }: KnownOrder, product: ProductId): Pick<CancelledGoods, 'sellerId'> => {
  const sellerId = lines.find(({ productId }) => productId === product)?.sellerId;
  return sellerId === undefined ? {} : { sellerId };
};

/** Returns how a part changes. What is left of a shipment is packed again, in the next shipment of the part. */
const reduced = (
  { shipmentId, warehouseId, released, lines: before }: PartState,
  lines: readonly Goods[],
  { orderId, next }: CancelGoods,
): ReducedPart | OrderRejection => {
  const left = withoutPieces(before, lines);
  if (left.length === 0) return { shipmentId, warehouseId, lines };
  if (!released) return { shipmentId, warehouseId, lines, rest: { shipmentId, warehouseId, lines: left } };
  const shipment = next.find((one) => one.after === shipmentId);
  // The part was moved or reduced after the caller had looked.
  if (shipment === undefined) return { code: 'ORDER_PARTS_CHANGED', orderId };
  const rest = { shipmentId: shipment.shipmentId, warehouseId, lines: left };
  return { shipmentId, warehouseId, lines, rest };
};

const isRefusal = (found: ReducedPart | OrderRejection): found is OrderRejection => 'code' in found;

/** Decides which pieces of which parts are cancelled. */
const partsWithout = (
  command: CancelGoods,
  goods: readonly Goods[],
  order: KnownOrder,
): readonly ReducedPart[] | OrderRejection => {
  const { orderId, parts } = order;
  const by = { isCustomer: command.requestedBy !== undefined, packed: command.packed };
  const here = inOrder(parts, by).filter((part) => !mayBeGone(part));
  const { taken, missing } = take(
    here.filter((part) => isStopped(by, part)),
    goods,
  );
  const [first] = missing;
  if (first !== undefined) {
    const { productId } = first;
    const quantity = quantityOf(goods, productId);
    const isPacked = take(here, goods).missing.every((one) => one.productId !== productId);
    const code = isPacked ? 'GOODS_ALREADY_PACKED' : 'GOODS_ALREADY_LOADED';
    return { code, orderId, productId, quantity, max: quantity - first.quantity };
  }
  const changed: ReducedPart[] = [];
  for (const part of parts) {
    const lines = taken.get(part.shipmentId);
    if (lines === undefined) continue;
    const change = reduced(part, lines, command);
    if (isRefusal(change)) return change;
    changed.push(change);
  }
  return changed;
};

/** Tests whether no goods are left to be sent, and none have left: the order is cancelled as a whole. */
const leavesNothing = (order: PaidOrder, goods: readonly Goods[], parts: readonly ReducedPart[]): boolean => {
  if (order.progress !== 'PAID' || order.parts.some(mayBeGone)) return false;
  if (order.parts.length === 0)
    return order.lines.every(({ productId }) => dueOf(order, productId) === quantityOf(goods, productId));
  return parts.length === order.parts.length && parts.every(({ rest }) => rest === undefined);
};

/** Returns the pieces that the order does not have any more, before its allocation. */
const refusalOfDue = (order: KnownOrder, goods: readonly Goods[]): OrderRejection | undefined => {
  if (order.parts.length > 0) return undefined;
  const wrong = goods.find(({ productId, quantity }) => quantity > dueOf(order, productId));
  if (wrong === undefined) return undefined;
  return {
    code: 'QUANTITY_OUT_OF_RANGE',
    quantity: wrong.quantity,
    min: 1,
    max: dueOf(order, wrong.productId),
  };
};

/** The last part that has not arrived may have been cancelled. */
const fulfilledBy = (
  order: KnownOrder,
  { cancelledAt }: OrderGoodsCancelled['data'],
): readonly OrderFulfilled[] =>
  order.progress === 'SHIPPED' && order.parts.every(({ delivered }) => delivered)
    ? [{ type: 'OrderFulfilled', data: { orderId: order.orderId, fulfilledAt: cancelledAt } }]
    : [];

const known = (order: KnownOrder, events: readonly OrderEvent[]): KnownOrder => {
  const after = fold(evolve, order, events);
  return after.progress === 'NONE' ? order : after;
};

/** Cancels pieces of a paid order that are not being loaded, and gives their price back. */
export const cancelGoods = (command: CancelGoods, order: KnownOrder): OrderDecision => {
  const { orderId, refundId, requestedBy, packed, at } = command;
  const isKnown = (one: { readonly refundId: string }): boolean => one.refundId === refundId;
  if (order.cancelled.some(isKnown)) return accept();
  // A cancellation of all goods is a refund only.
  if (order.progress !== 'PLACED' && order.payment?.refunds.some(isKnown)) return accept();
  if (order.progress === 'PLACED' || order.progress === 'CANCELLED')
    return reject({ code: 'ORDER_WRONG_STATUS', orderId, status: statusOf(order) });
  const by = { isCustomer: requestedBy !== undefined, packed };
  const goods = summed(command.lines);
  const refusal =
    refusalOfCancelling(order, by) ?? refusalOfReturn(goods, order) ?? refusalOfDue(order, goods);
  if (refusal !== undefined) return reject(refusal);
  const parts = order.parts.length === 0 ? [] : partsWithout(command, goods, order);
  if ('code' in parts) return reject(parts);
  const { payment } = order;
  const { amountMinor: left, currency } = refundableOf(payment);
  const worth = leavesNothing(order, goods, parts) ? left : Math.min(left, worthOf(order, goods));
  const reason = requestedBy === undefined ? 'requested-by-staff' : 'requested-by-customer';
  const refund = {
    refundId,
    amount: money(worth, currency),
    lines: goods,
    reason: 'cancelled',
    requestedAt: at,
  };
  const refunds = worth > 0 ? [refundOf(order, payment.paymentId, refund)] : [];
  const refunded = known(order, refunds);
  // Nothing is left of the order, so it is called off, and its other parts are stopped as after `cancelOrder`.
  if (isCalledOff(refunded)) return accept<OrderEvent>(...refunds);
  const lines = goods.map((one) => ({ ...one, ...sellerOf(order, one.productId) }));
  const data = { orderId, refundId, lines, parts, reason, cancelledAt: at } as const;
  const cancelled: OrderGoodsCancelled = { type: 'OrderGoodsCancelled', data };
  const after = known(refunded, [cancelled]);
  return accept<OrderEvent>(...refunds, cancelled, ...releasesOf(after, at), ...fulfilledBy(after, data));
};
