import type {
  AccountId,
  Instant,
  OrderId,
  Place,
  ProductId,
  SerialNumber,
  ShipmentId,
  TruckId,
  WarehouseId,
} from '../kernel';
import type { ShipmentItem, ShipmentStep } from './events';
import type { ShipmentStatus } from './status';

type To = { readonly shipmentId: ShipmentId; readonly at: Instant };

export type CreateShipment = To & {
  readonly type: 'CreateShipment';
  readonly number: SerialNumber;
  readonly orderId: OrderId;
  readonly orderNumber: SerialNumber;
  readonly customerId: AccountId;
  readonly warehouseId: WarehouseId;
  readonly destination: Place;
  readonly carrierAccount?: string | undefined;
  readonly items: readonly ShipmentItem[];
};
export type RecordPacked = To & { readonly type: 'RecordPacked' };
export type RecordTruckDispatched = To & {
  readonly type: 'RecordTruckDispatched';
  readonly truckId: TruckId;
};
/**
 * Starts the loading of a packed shipment. Before the packing is done, only records the truck; loading then starts when
 * the shipment is packed.
 */
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
  /** The products of which the warehouse has too few. */
  readonly lacking?: readonly ProductId[] | undefined;
};
/** Repeats the failed step. */
export type RetryShipment = To & { readonly type: 'RetryShipment' };
/** Leaves a failed step to staff, because the platform has no further way to continue. */
export type ParkShipment = To & { readonly type: 'ParkShipment'; readonly reason: string };
/**
 * Requests the shipment's status from the carrier. Each command sends a request; only a repeat of the command id does not.
 */
export type RequestShipmentStatus = To & { readonly type: 'RequestShipmentStatus' };
/**
 * Cancels a shipment that is on no truck. A shipment that is being loaded can be cancelled only if the order gave no
 * permission to load it.
 */
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
  | ParkShipment
  | RequestShipmentStatus
  | CancelShipment;

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
