import { unreachable } from '../../domain/kernel';
import type { Instant } from '../../domain/kernel';
import type { ShipmentEvent, ShipmentStatus } from '../../domain/shipment';
import { reasonIn } from '../timeline';
import type { TimelineEntry } from '../timeline';

/** The status that a fact leads to; undefined where it leaves the status as it is. */
export const statusAfter = (event: ShipmentEvent): ShipmentStatus | undefined => {
  switch (event.type) {
    case 'ShipmentCreated':
      return 'PACKING';
    case 'ShipmentPacked':
      return 'PACKED';
    case 'ShipmentLoadingStarted':
      return 'LOADING';
    case 'ShipmentLoaded':
      return 'LOADED';
    case 'ShipmentDeliveryStarted':
      return 'DELIVERING';
    case 'ShipmentDelivered':
      return 'DELIVERED';
    case 'ShipmentFailed':
      return 'FAILED';
    case 'ShipmentRetried':
      return event.data.step === 'packing' ? 'PACKING' : 'LOADING';
    case 'ShipmentCancelled':
      return 'CANCELLED';
    case 'ShipmentTruckDispatched':
    case 'ShipmentTruckArrived':
    case 'ShipmentTrackingAssigned':
    case 'ShipmentDestinationChanged':
    case 'ShipmentStatusRequested':
      return undefined;
    default:
      return unreachable(event);
  }
};

const told = (event: ShipmentEvent): readonly [Instant, string] => {
  const parcel = `Parcel ${event.data.number}`;
  const at = `warehouse ${event.data.warehouseId}`;
  switch (event.type) {
    case 'ShipmentCreated':
      return [event.data.createdAt, `${parcel} is being packed at ${at}.`];
    case 'ShipmentPacked':
      return [event.data.packedAt, `${parcel} is packed.`];
    case 'ShipmentTruckDispatched':
      return [event.data.dispatchedAt, `Truck ${event.data.truckId} is on its way to ${at}.`];
    case 'ShipmentTruckArrived':
      return [event.data.arrivedAt, `Truck ${event.data.truckId} is at ${at}.`];
    case 'ShipmentLoadingStarted':
      return [event.data.startedAt, `${parcel} is being loaded on truck ${event.data.truckId}.`];
    case 'ShipmentLoaded':
      return [event.data.loadedAt, `${parcel} is on truck ${event.data.truckId}.`];
    case 'ShipmentDeliveryStarted':
      return [event.data.startedAt, `${parcel} is on its way to the door.`];
    case 'ShipmentDelivered':
      return [event.data.deliveredAt, `${parcel} has been delivered.`];
    case 'ShipmentTrackingAssigned':
      return [event.data.assignedAt, `${parcel} has the tracking number ${event.data.trackingNumber}.`];
    case 'ShipmentDestinationChanged': {
      const { x, y } = event.data.destination;
      return [event.data.changedAt, `${parcel} goes to (${x}, ${y}) from now on.`];
    }
    case 'ShipmentFailed': {
      const step = event.data.step === 'packing' ? 'packed' : 'loaded';
      return [event.data.failedAt, `${parcel} could not be ${step}: ${reasonIn(event.data.reason)}.`];
    }
    case 'ShipmentRetried': {
      const step = event.data.step === 'packing' ? 'packed' : 'loaded';
      return [event.data.retriedAt, `${parcel} is being ${step} again, attempt ${event.data.attempt}.`];
    }
    case 'ShipmentStatusRequested':
      return [event.data.requestedAt, `News of parcel ${event.data.number} was asked for.`];
    case 'ShipmentCancelled':
      return [event.data.cancelledAt, `${parcel} was cancelled.`];
    default:
      return unreachable(event);
  }
};

/** What a shipment's fact is to people who read its timeline or its order's. */
export const shipmentEntry = (event: ShipmentEvent): TimelineEntry => {
  const [at, summary] = told(event);
  return { at, type: event.type, summary };
};
