import type { Decider } from '../kernel';
import type { ShipmentCommand, ShipmentRejection } from './commands';
import { decide } from './decide';
import { shipmentPersonalData, type ShipmentEvent } from './events';
import { evolve, initial } from './state';
import type { ShipmentState } from './state';

export const shipment: Decider<ShipmentState, ShipmentCommand, ShipmentEvent, ShipmentRejection> = {
  category: 'shipment',
  initial,
  decide,
  evolve,
  personalData: shipmentPersonalData,
};
export { shipmentEventTypes } from './events';
export type {
  ShipmentCancelled,
  ShipmentCreated,
  ShipmentDelivered,
  ShipmentDeliveryStarted,
  ShipmentDestinationChanged,
  ShipmentFailed,
  ShipmentItem,
  ShipmentLoaded,
  ShipmentLoadingStarted,
  ShipmentPacked,
  ShipmentParked,
  ShipmentRetried,
  ShipmentStatusRequested,
  ShipmentStep,
  ShipmentTrackingAssigned,
  ShipmentTruckArrived,
  ShipmentTruckDispatched,
} from './events';
export type { KnownShipment } from './state';
export { shipmentActions, shipmentsPacked, shipmentStatuses, statusAfter } from './status';
export type { ShipmentStatus } from './status';
export { isTrackingNumber } from './tracking-number';
export { shipmentStateDiagram, shipmentTransitions, shipmentWaysOut } from './transitions';
export type { ShipmentCommand, ShipmentEvent, ShipmentRejection, ShipmentState };
