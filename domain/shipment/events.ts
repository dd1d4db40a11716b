import {
  erasedPlace,
  type AccountId,
  type Fact,
  type Instant,
  type OrderId,
  type PersonalData,
  type Place,
  type ProductId,
  type SerialNumber,
  type ShipmentId,
  type TruckId,
  type WarehouseId,
} from '../kernel';

export type ShipmentItem = {
  readonly productId: ProductId;
  readonly productNumber: SerialNumber;
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
};

/**
 * The fields that every shipment event has, so that a reader needs no second look-up. `number` is the World's `shipid`.
 */
type Of = { shipmentId: ShipmentId; number: SerialNumber; orderId: OrderId; warehouseId: WarehouseId };

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
export type ShipmentCreated = Fact<
  'ShipmentCreated',
  Of & {
    orderNumber: SerialNumber;
    customerId: AccountId;
    destination: Place;
    carrierAccount?: string | undefined;
    items: readonly ShipmentItem[];
    createdAt: Instant;
  }
>;
export type ShipmentPacked = Fact<'ShipmentPacked', Of & { packedAt: Instant }>;
export type ShipmentTruckDispatched = Fact<
  'ShipmentTruckDispatched',
  Of & { truckId: TruckId; dispatchedAt: Instant }
>;
/** May come before the shipment is packed. */
export type ShipmentTruckArrived = Fact<
  'ShipmentTruckArrived',
  Of & { truckId: TruckId; arrivedAt: Instant }
>;
/** The shipment is packed and its truck is at the warehouse. */
export type ShipmentLoadingStarted = Fact<
  'ShipmentLoadingStarted',
  Of & { truckId: TruckId; startedAt: Instant }
>;
export type ShipmentLoaded = Fact<
  'ShipmentLoaded',
  Of & {
    truckId: TruckId;
    /** Absent in events of earlier versions. */
    customerId?: AccountId | undefined;
    destination: Place;
    items: readonly ShipmentItem[];
    loadedAt: Instant;
  }
>;
export type ShipmentDeliveryStarted = Fact<'ShipmentDeliveryStarted', Of & { startedAt: Instant }>;
export type ShipmentDelivered = Fact<'ShipmentDelivered', Of & { deliveredAt: Instant }>;
export type ShipmentTrackingAssigned = Fact<
  'ShipmentTrackingAssigned',
  Of & { trackingNumber: string; assignedAt: Instant }
>;
export type ShipmentDestinationChanged = Fact<
  'ShipmentDestinationChanged',
  Of & {
    /** Absent in events of earlier versions. */
    customerId?: AccountId | undefined;
    destination: Place;
    changedAt: Instant;
  }
>;
export type ShipmentStep = 'packing' | 'loading';
/**
 * The World refused a step. The platform retries it a few times with growing delays; staff may retry it at any time.
 */
export type ShipmentFailed = Fact<
  'ShipmentFailed',
  Of & {
    step: ShipmentStep;
    /** The number of the step's attempt that failed, from 1. */
    attempt?: number | undefined;
    reason: string;
    /** The products of which the World said that the warehouse has too few. */
    lacking?: readonly ProductId[] | undefined;
    /** The time when the World was asked to pack; present with `lacking`. */
    packingSince?: Instant | undefined;
    failedAt: Instant;
  }
>;
/** The World gets the step's command again. `truckId`: present if the step is loading. */
export type ShipmentRetried = Fact<
  'ShipmentRetried',
  Of & {
    step: ShipmentStep;
    attempt: number;
    truckId?: TruckId | undefined;
    items: readonly ShipmentItem[];
    retriedAt: Instant;
  }
>;
/** The platform does not retry the failed step any more; staff choose what follows. `reason`: of the last failure. */
export type ShipmentParked = Fact<
  'ShipmentParked',
  Of & { step: ShipmentStep; reason: string; parkedAt: Instant }
>;
/** The status was requested from the carrier; its answer is recorded like any report. */
export type ShipmentStatusRequested = Fact<'ShipmentStatusRequested', Of & { requestedAt: Instant }>;
export type ShipmentCancelled = Fact<'ShipmentCancelled', Of & { cancelledAt: Instant }>;

export type ShipmentEvent =
  | ShipmentCreated
  | ShipmentPacked
  | ShipmentTruckDispatched
  | ShipmentTruckArrived
  | ShipmentLoadingStarted
  | ShipmentLoaded
  | ShipmentDeliveryStarted
  | ShipmentDelivered
  | ShipmentTrackingAssigned
  | ShipmentDestinationChanged
  | ShipmentFailed
  | ShipmentRetried
  | ShipmentParked
  | ShipmentStatusRequested
  | ShipmentCancelled;

const person = 'customerId';

export const shipmentPersonalData: PersonalData<ShipmentEvent> = {
  ShipmentCreated: { person, erased: { destination: erasedPlace, carrierAccount: undefined } },
  ShipmentLoaded: { person, erased: { destination: erasedPlace } },
  ShipmentDestinationChanged: { person, erased: { destination: erasedPlace } },
};

export const shipmentEventTypes = {
  ShipmentCreated: true,
  ShipmentPacked: true,
  ShipmentTruckDispatched: true,
  ShipmentTruckArrived: true,
  ShipmentLoadingStarted: true,
  ShipmentLoaded: true,
  ShipmentDeliveryStarted: true,
  ShipmentDelivered: true,
  ShipmentTrackingAssigned: true,
  ShipmentDestinationChanged: true,
  ShipmentFailed: true,
  ShipmentRetried: true,
  ShipmentParked: true,
  ShipmentStatusRequested: true,
  ShipmentCancelled: true,
} as const satisfies Record<ShipmentEvent['type'], true>;
