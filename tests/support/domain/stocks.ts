import type { Instant, OrderId, ProductId, ReplenishmentId, WarehouseId } from '../../../domain/kernel';
import { awaitedBy, setAsideFor } from '../../../domain/stock';
import type { StockCommand, StockEvent, StockState } from '../../../domain/stock';

/** One product in one warehouse, its facts, and the commands worth sending. */
export const warehouseId = 7 as WarehouseId;
export const productId = 'mug' as ProductId;
export const orderId = 'order-1' as OrderId;
export const replenishmentId = 'replenishment-1' as ReplenishmentId;
const at = '2026-11-02T09:00:00.000Z' as Instant;
const where = { warehouseId, productId };

type Event<Type extends StockEvent['type']> = Extract<StockEvent, { type: Type }>;

export const received = (quantity: number, of?: ReplenishmentId): Event<'StockReceived'> => ({
  type: 'StockReceived',
  data: { ...where, quantity, ...(of && { replenishmentId: of }), receivedAt: at },
});
export const removed = (quantity: number): Event<'StockRemoved'> => ({
  type: 'StockRemoved',
  data: { ...where, quantity, reason: 'broken', removedAt: at },
});
export const reserved = (quantity: number, backorderFilled = false): Event<'StockReserved'> => ({
  type: 'StockReserved',
  data: { ...where, orderId, quantity, backorderFilled, reservedAt: at },
});
export const backordered = (quantity: number): Event<'StockBackordered'> => ({
  type: 'StockBackordered',
  data: { ...where, orderId, quantity, backorderedAt: at },
});
export const released = (quantity: number, awaited = 0): Event<'StockReleased'> => ({
  type: 'StockReleased',
  data: { ...where, orderId, quantity, awaited, releasedAt: at },
});
export const shipped = (quantity: number): Event<'StockShipped'> => ({
  type: 'StockShipped',
  data: { ...where, orderId, quantity, shippedAt: at },
});
export const asked = (quantity: number): Event<'StockReplenishmentRequested'> => ({
  type: 'StockReplenishmentRequested',
  data: { ...where, replenishmentId, quantity, requestedAt: at },
});
export const thresholdSet = (threshold: number): Event<'StockThresholdSet'> => ({
  type: 'StockThresholdSet',
  data: { ...where, threshold, setAt: at },
});

const orders = ['a', 'b', 'c', 'd'] as OrderId[];

/** Some orders that come, wait, leave and give up, some goods that come as asked or otherwise. */
export const offers = (state: StockState): readonly StockCommand[] => [
  { type: 'ReceiveStock', ...where, quantity: 3, at },
  { type: 'RemoveStock', ...where, quantity: 1, reason: 'broken', at },
  { type: 'SetLowStockThreshold', ...where, threshold: 3, at },
  {
    type: 'ReplenishStock',
    ...where,
    replenishmentId: `by-hand-${state.onHand}` as ReplenishmentId,
    quantity: 7,
    at,
  },
  ...[...state.onItsWay].flatMap(([id, quantity]): readonly StockCommand[] => [
    { type: 'ReceiveStock', ...where, quantity, replenishmentId: id, at },
    { type: 'ReceiveStock', ...where, quantity: quantity + 1, replenishmentId: id, at },
  ]),
  ...orders.flatMap((order): readonly StockCommand[] =>
    setAsideFor(state, order) + awaitedBy(state, order) > 0
      ? [
          { type: 'ReleaseStock', ...where, orderId: order, at },
          { type: 'ShipStock', ...where, orderId: order, at },
        ]
      : [
          { type: 'ReserveStock', ...where, orderId: order, quantity: 2, at },
          {
            type: 'ReserveStock',
            ...where,
            orderId: order,
            quantity: 5,
            backorder: { replenishmentId: `for-${order}-${state.onHand}` as ReplenishmentId },
            at,
          },
        ],
  ),
];
