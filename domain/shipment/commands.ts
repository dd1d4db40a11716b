import type {
  AccountId,
  Instant,
  OrderId,
  Place,
  SerialNumber,
  ShipmentId,
  TruckId,
  WarehouseId,
} from '../kernel';
import type { ShipmentItem, ShipmentStep } from './events';

type To = { readonly shipmentId: ShipmentId; readonly at: Instant };

export type CreateShipment = To & {
  readonly type: 'CreateShipment';
  readonly number: SerialNumber;
  readonly orderId: OrderId;
  readonly orderNumber: SerialNumber;
  readonly customerId: AccountId;
  readonly warehouseId: WarehouseId;
  readonly destination: Place;
  readonly carrierAccount?: string;
  readonly items: readonly ShipmentItem[];
};
export type RecordPacked = To & { readonly type: 'RecordPacked' };
export type RecordTruckDispatched = To & {
  readonly type: 'RecordTruckDispatched';
  readonly truckId: TruckId;
};
/** Packed already: loading starts. Not yet: the truck is remembered and loading starts with the packing's end. */
export type RecordTruckArrived = To & {
  readonly type: 'RecordTruckArrived';
  readonly truckId: TruckId;
  readonly warehouseId: WarehouseId;
};
export type RecordLoaded = To & { readonly type: 'RecordLoaded' };
export type RecordDeliveryStarted = To & { readonly type: 'RecordDeliveryStarted' };
export type RecordDelivered = To & { readonly type: 'RecordDelivered' };
export type AssignTracking = To & { readonly type: 'AssignTracking'; readonly trackingNumber: string };
export type ChangeShipmentDestination = To & {
  readonly type: 'ChangeShipmentDestination';
  readonly destination: Place;
};
export type RecordShipmentFailure = To & {
  readonly type: 'RecordShipmentFailure';
  readonly step: ShipmentStep;
  readonly reason: string;
};
/** Has the failed step done again. */
export type RetryShipment = To & { readonly type: 'RetryShipment' };
/** Has its carrier asked how it is. A second one asks again: only its command id tells a repeat. */
export type RequestShipmentStatus = To & { readonly type: 'RequestShipmentStatus' };
/** Possible until it is on a truck. While it is being loaded, only for an order that gave no leave to load it. */
export type CancelShipment = To & { readonly type: 'CancelShipment' };

export type ShipmentCommand =
  | CreateShipment
  | RecordPacked
  | RecordTruckDispatched
  | RecordTruckArrived
  | RecordLoaded
  | RecordDeliveryStarted
  | RecordDelivered
  | AssignTracking
  | ChangeShipmentDestination
  | RecordShipmentFailure
  | RetryShipment
  | RequestShipmentStatus
  | CancelShipment;
