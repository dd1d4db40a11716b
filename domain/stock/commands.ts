import type { Instant, OrderId, ProductId, ReplenishmentId, WarehouseId } from '../kernel';

/** One product in one warehouse. */
type At = { readonly warehouseId: WarehouseId; readonly productId: ProductId; readonly at: Instant };

/**
 * Records arrived goods, once for each `replenishmentId`, then serves the queue of waiting orders in order of arrival.
 */
export type ReceiveStock = At & {
  readonly type: 'ReceiveStock';
  readonly quantity: number;
  readonly replenishmentId?: ReplenishmentId | undefined;
};
/** Writes goods off. If waiting orders now lack goods, more are requested under `replenishmentId`. */
export type RemoveStock = At & {
  readonly type: 'RemoveStock';
  readonly quantity: number;
  readonly reason: string;
  readonly replenishmentId?: ReplenishmentId | undefined;
};
/**
 * Reserves goods for an order, once for each order. If too few are on hand and `backorder` is set, the order joins the
 * queue and more goods are requested under that replenishment id, unless enough are already requested. Without
 * `backorder` the command is rejected.
 */
export type ReserveStock = At & {
  readonly type: 'ReserveStock';
  readonly orderId: OrderId;
  readonly quantity: number;
  readonly backorder?: { readonly replenishmentId: ReplenishmentId } | undefined;
};
/**
 * Corrects the stock after the warehouse did not have the goods that are reserved for an order: the reservation and all
 * that is on hand are written off, and the order waits for new goods, which are requested under `replenishmentId`.
 *
 * `askedAt`: the time of the request to the warehouse. Goods that were received later may be there now, so
 * nothing is corrected then.
 */
export type CorrectStock = At & {
  readonly type: 'CorrectStock';
  readonly orderId: OrderId;
  readonly askedAt: Instant;
  readonly reason: string;
  readonly replenishmentId: ReplenishmentId;
};
/**
 * Gives up the order's reservation or its place in the queue, and serves the queue from the goods that become free.
 * `keep`: the pieces that the order goes on to have or wait for, in the same place of the queue; absent for none.
 */
export type ReleaseStock = At & {
  readonly type: 'ReleaseStock';
  readonly orderId: OrderId;
  readonly keep?: number | undefined;
};
/**
 * Records that the order's goods have left. If the order still waits for them, the warehouse had goods that the stock
 * lacked, and they are received first.
 */
export type ShipStock = At & { readonly type: 'ShipStock'; readonly orderId: OrderId };
export type ReplenishStock = At & {
  readonly type: 'ReplenishStock';
  readonly replenishmentId: ReplenishmentId;
  readonly quantity: number;
};
/** Sets the quantity below which the stock counts as low. With 0 it never does. */
export type SetLowStockThreshold = At & { readonly type: 'SetLowStockThreshold'; readonly threshold: number };

export type StockCommand =
  | ReceiveStock
  | RemoveStock
  | ReserveStock
  | CorrectStock
  | ReleaseStock
  | ShipStock
  | ReplenishStock
  | SetLowStockThreshold;

export type StockRejection =
  | {
      readonly code: 'QUANTITY_OUT_OF_RANGE';
      readonly quantity: number;
      readonly min: number;
      readonly max: number;
    }
  | {
      readonly code: 'LOW_STOCK_THRESHOLD_OUT_OF_RANGE';
      readonly threshold: number;
      readonly min: number;
      readonly max: number;
    }
  | { readonly code: 'INSUFFICIENT_STOCK'; readonly available: number; readonly wanted: number }
  | { readonly code: 'RESERVATION_NOT_FOUND'; readonly orderId: OrderId };
