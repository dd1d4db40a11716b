import type { Place, ShipmentId, TruckId, WarehouseId } from '../kernel';
import type { ShipmentStatus } from './status';

export type ShipmentRejection =
  | { readonly code: 'SHIPMENT_NOT_FOUND'; readonly shipmentId: ShipmentId }
  | { readonly code: 'SHIPMENT_ALREADY_CREATED'; readonly shipmentId: ShipmentId }
  | { readonly code: 'SHIPMENT_EMPTY' }
  | {
      readonly code: 'SHIPMENT_WRONG_STATUS';
      readonly shipmentId: ShipmentId;
      readonly status: ShipmentStatus;
    }
  | { readonly code: 'WRONG_WAREHOUSE'; readonly expected: WarehouseId; readonly actual: WarehouseId }
  | { readonly code: 'WRONG_TRUCK'; readonly expected: TruckId; readonly actual: TruckId }
  | { readonly code: 'TRACKING_NUMBER_EMPTY' }
  | { readonly code: 'TRACKING_NUMBER_INVALID'; readonly trackingNumber: string }
  | { readonly code: 'PLACE_OUT_OF_RANGE'; readonly place: Place };
