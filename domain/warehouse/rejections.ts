import type { Place, WarehouseId } from '../kernel';

export type WarehouseRejection =
  | { readonly code: 'WAREHOUSE_NOT_FOUND'; readonly warehouseId: WarehouseId }
  | { readonly code: 'WAREHOUSE_ALREADY_REGISTERED'; readonly warehouseId: WarehouseId }
  | { readonly code: 'PLACE_OUT_OF_RANGE'; readonly place: Place }
  | { readonly code: 'NAME_EMPTY' };
