import type { Instant, WarehouseId } from '../../domain/kernel';

/** A warehouse. `id` is the decimal text of `warehouseId`. */
export type Warehouse = {
  readonly id: string;
  readonly warehouseId: WarehouseId;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly active: boolean;
  readonly registeredAt: Instant;
};
