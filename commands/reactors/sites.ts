import type { Instant, OrderId, Place, WarehouseId } from '../../domain/kernel';

/** A warehouse as allocation sees it. */
export type Site = { readonly warehouseId: WarehouseId; readonly place: Place; readonly active: boolean };

/** Every warehouse there is; may lag a little behind the events. */
export type Warehouses = () => Promise<readonly Site[]>;

/** Orders that are unpaid after their `payBy`; may lag a little behind the events. */
export type DueOrders = (now: Instant, limit: number) => Promise<readonly OrderId[]>;
