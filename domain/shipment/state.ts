import { unreachable } from '../kernel';
import type { AccountId, Instant, OrderId, Place, SerialNumber, TruckId, WarehouseId } from '../kernel';
import type { ShipmentCreated, ShipmentEvent, ShipmentItem, ShipmentRetried, ShipmentStep } from './events';
import { statusAfterEvent, statusOfStep } from './status';

type Facts = {
  readonly number: SerialNumber;
  readonly orderId: OrderId;
  readonly customerId: AccountId;
  readonly warehouseId: WarehouseId;
  readonly destination: Place;
  readonly items: readonly ShipmentItem[];
  readonly trackingNumber: string | null;
  /** The truck on its way to the warehouse. The carrier may replace it until a truck has arrived. */
  readonly dispatchedTruckId: TruckId | null;
  /** The number of attempts of each step. */
  readonly attempts: Readonly<Record<ShipmentStep, number>>;
  /** The time of the last request to pack it. */
  readonly packingSince: Instant;
};

/** `truckId`: the truck that has arrived at the warehouse. */
type NoTruckNeeded = { readonly truckId: TruckId | null };
type Truck = { readonly truckId: TruckId };
/** `parked`: the platform does not retry the step any more. */
type Failed = { readonly status: 'FAILED'; readonly parked: boolean };

export type KnownShipment = Facts &
  (
    | ({ readonly status: 'LOADING' } & Truck)
    | (Failed & { readonly failedStep: 'loading' } & Truck)
    | (Failed & { readonly failedStep: 'packing' } & NoTruckNeeded)
    | ({
        readonly status: 'PACKING' | 'PACKED' | 'LOADED' | 'DELIVERING' | 'DELIVERED' | 'CANCELLED';
      } & NoTruckNeeded)
  );
export type ShipmentState = { readonly status: 'NONE' } | KnownShipment;

export const initial: ShipmentState = { status: 'NONE' };

const created = ({ data }: ShipmentCreated): KnownShipment => ({
  status: statusAfterEvent.ShipmentCreated,
  number: data.number,
  orderId: data.orderId,
  customerId: data.customerId,
  warehouseId: data.warehouseId,
  destination: data.destination,
  items: data.items,
  trackingNumber: null,
  dispatchedTruckId: null,
  truckId: null,
  attempts: { packing: 1, loading: 0 },
  packingSince: data.createdAt,
});

/** Returns the shipment without its status and the fields that depend on it. */
const factsOf = (shipment: KnownShipment): Facts & NoTruckNeeded => ({
  number: shipment.number,
  orderId: shipment.orderId,
  customerId: shipment.customerId,
  warehouseId: shipment.warehouseId,
  destination: shipment.destination,
  items: shipment.items,
  trackingNumber: shipment.trackingNumber,
  dispatchedTruckId: shipment.dispatchedTruckId,
  truckId: shipment.truckId,
  attempts: shipment.attempts,
  packingSince: shipment.packingSince,
});

const retried = (shipment: KnownShipment, { data }: ShipmentRetried): KnownShipment => {
  const facts = { ...factsOf(shipment), attempts: { ...shipment.attempts, [data.step]: data.attempt } };
  return data.truckId === undefined
    ? { ...facts, status: statusOfStep.packing, packingSince: data.retriedAt }
    : { ...facts, status: statusOfStep.loading, truckId: data.truckId };
};

export const evolve = (state: ShipmentState, event: ShipmentEvent): ShipmentState => {
  if (event.type === 'ShipmentCreated') return created(event);
  if (state.status === 'NONE') throw new Error(`${event.type} before ShipmentCreated`);
  switch (event.type) {
    case 'ShipmentPacked':
    case 'ShipmentDeliveryStarted':
    case 'ShipmentDelivered':
      return { ...state, status: statusAfterEvent[event.type] };
    case 'ShipmentTruckDispatched':
      return { ...state, dispatchedTruckId: event.data.truckId };
    case 'ShipmentTruckArrived':
      return { ...state, truckId: event.data.truckId };
    case 'ShipmentLoadingStarted': {
      const attempts = { ...state.attempts, loading: 1 };
      return { ...state, attempts, status: statusAfterEvent[event.type], truckId: event.data.truckId };
    }
    case 'ShipmentLoaded':
      return { ...state, status: statusAfterEvent[event.type], truckId: event.data.truckId };
    case 'ShipmentTrackingAssigned':
      return { ...state, trackingNumber: event.data.trackingNumber };
    case 'ShipmentDestinationChanged':
      return { ...state, destination: event.data.destination };
    case 'ShipmentFailed':
      return state.status === 'LOADING'
        ? { ...state, status: statusAfterEvent[event.type], failedStep: 'loading', parked: false }
        : { ...state, status: statusAfterEvent[event.type], failedStep: 'packing', parked: false };
    case 'ShipmentRetried':
      return retried(state, event);
    case 'ShipmentParked':
      return state.status === 'FAILED' ? { ...state, parked: true } : state;
    case 'ShipmentStatusRequested':
      return state;
    case 'ShipmentCancelled':
      return { ...factsOf(state), status: statusAfterEvent[event.type] };
    default:
      return unreachable(event);
  }
};
