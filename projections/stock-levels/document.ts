import type { ProductId, ReplenishmentId, WarehouseId } from '../../domain/kernel';

/** One product in one warehouse; `id` is `<warehouseId>-<productId>`. received = onHand + reserved + shipped + removed. */
export type StockLevel = {
  readonly id: string;
  readonly warehouseId: WarehouseId;
  readonly productId: ProductId;
  readonly onHand: number;
  readonly reserved: number;
  readonly shipped: number;
  readonly removed: number;
  readonly received: number;
  /** Wanted by orders that wait. */
  readonly backordered: number;
  /** Asked for and not arrived yet: the sum of `replenishments`. */
  readonly onOrder: number;
  /** What was asked for and has not arrived, in the order of asking. */
  readonly replenishments: readonly { readonly id: ReplenishmentId; readonly quantity: number }[];
};
