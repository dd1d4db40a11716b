import type { ProductId, WarehouseId } from '../../domain/kernel';

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
  /** Asked for and not arrived yet. */
  readonly onOrder: number;
};
