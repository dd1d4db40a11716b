import type { Instant, OrderId, ProductId, ReplenishmentId, WarehouseId } from '../kernel';

/** One product in one warehouse. */
type At = { readonly warehouseId: WarehouseId; readonly productId: ProductId; readonly at: Instant };

/** Books arrived goods, once per `replenishmentId`, then serves the queue of waiting orders, first come first served. */
export type ReceiveStock = At & {
  readonly type: 'ReceiveStock';
  readonly quantity: number;
  readonly replenishmentId?: ReplenishmentId;
};
/** Writes goods off. Where waiting orders counted on them, more are asked for under `replenishmentId`. */
export type RemoveStock = At & {
  readonly type: 'RemoveStock';
  readonly quantity: number;
  readonly reason: string;
  readonly replenishmentId?: ReplenishmentId;
};
/**
 * Sets goods aside for an order, once per order. Where there are too few: with `backorder` the order queues for them and
 * more are asked for under that replenishment id, unless enough is on its way; without it the command is refused.
 */
export type ReserveStock = At & {
  readonly type: 'ReserveStock';
  readonly orderId: OrderId;
  readonly quantity: number;
  readonly backorder?: { readonly replenishmentId: ReplenishmentId };
};
/** Gives up the order's reservation or its place in the queue; what comes free serves the queue. */
export type ReleaseStock = At & { readonly type: 'ReleaseStock'; readonly orderId: OrderId };
export type ShipStock = At & { readonly type: 'ShipStock'; readonly orderId: OrderId };
export type ReplenishStock = At & {
  readonly type: 'ReplenishStock';
  readonly replenishmentId: ReplenishmentId;
  readonly quantity: number;
};

export type StockCommand =
  ReceiveStock | RemoveStock | ReserveStock | ReleaseStock | ShipStock | ReplenishStock;
