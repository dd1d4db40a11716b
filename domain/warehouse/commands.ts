import type { Instant, Place, WarehouseId } from '../kernel';

export type RegisterWarehouse = {
  readonly type: 'RegisterWarehouse';
  readonly warehouseId: WarehouseId;
  readonly name: string;
  readonly place: Place;
  readonly at: Instant;
};
export type DeactivateWarehouse = {
  readonly type: 'DeactivateWarehouse';
  readonly warehouseId: WarehouseId;
  readonly at: Instant;
};
export type ReactivateWarehouse = {
  readonly type: 'ReactivateWarehouse';
  readonly warehouseId: WarehouseId;
  readonly at: Instant;
};

export type WarehouseCommand = RegisterWarehouse | DeactivateWarehouse | ReactivateWarehouse;
