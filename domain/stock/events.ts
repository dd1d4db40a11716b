import type { Fact, Instant, OrderId, ProductId, ReplenishmentId, Upcasters, WarehouseId } from '../kernel';

/** The fields that every stock event has: one product in one warehouse. */
type At = { warehouseId: WarehouseId; productId: ProductId };

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
export type StockReceived = Fact<
  'StockReceived',
  At & { quantity: number; replenishmentId?: ReplenishmentId | undefined; receivedAt: Instant }
>;
/**
 * Goods left the stock other than by an order: broken, lost, counted wrong. `orderId`: the order for which the warehouse
 * did not have the goods; absent where staff removed them.
 */
export type StockRemoved = Fact<
  'StockRemoved',
  At & { quantity: number; reason: string; orderId?: OrderId | undefined; removedAt: Instant }
>;
/** `backorderFilled`: the order had been waiting for these goods. */
export type StockReserved = Fact<
  'StockReserved',
  At & { orderId: OrderId; quantity: number; backorderFilled: boolean; reservedAt: Instant }
>;
/** There were not enough goods; the order waits in the queue for the whole quantity. */
export type StockBackordered = Fact<
  'StockBackordered',
  At & { orderId: OrderId; quantity: number; backorderedAt: Instant }
>;
/**
 * A reservation or a place in the queue was given up. `quantity` went back on hand and is 0 for a place in the queue;
 * `awaited` is how many pieces the order was waiting for and is 0 for a reservation. Version 2; version 1 left out an
 * `awaited` of 0. `kept`: the pieces that the order goes on to have, or to wait for; absent where it has none any more.
 */
export type StockReleased = Fact<
  'StockReleased',
  At & {
    orderId: OrderId;
    quantity: number;
    awaited: number;
    kept?: number | undefined;
    releasedAt: Instant;
  }
>;
/** Reserved goods left the warehouse. */
export type StockShipped = Fact<
  'StockShipped',
  At & { orderId: OrderId; quantity: number; shippedAt: Instant }
>;
export type StockReplenishmentRequested = Fact<
  'StockReplenishmentRequested',
  At & { replenishmentId: ReplenishmentId; quantity: number; requestedAt: Instant }
>;
/** From now on the stock counts as low while fewer pieces are on hand. With a threshold of 0 it never does. */
export type StockThresholdSet = Fact<'StockThresholdSet', At & { threshold: number; setAt: Instant }>;

export type StockEvent =
  | StockReceived
  | StockRemoved
  | StockReserved
  | StockBackordered
  | StockReleased
  | StockShipped
  | StockReplenishmentRequested
  | StockThresholdSet;

export const stockEventTypes = {
  StockReceived: true,
  StockRemoved: true,
  StockReserved: true,
  StockBackordered: true,
  StockReleased: true,
  StockShipped: true,
  StockReplenishmentRequested: true,
  StockThresholdSet: true,
} as const satisfies Record<StockEvent['type'], true>;

export const stockUpcasters: Upcasters = {
  StockReleased: [(data) => ({ awaited: 0, ...data })],
};
