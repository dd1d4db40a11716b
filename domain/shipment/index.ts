export type { ShipmentCommand } from './commands';
export { shipmentEventTypes } from './events';
export type {
  ShipmentCancelled,
  ShipmentCreated,
  ShipmentDelivered,
  ShipmentDeliveryStarted,
  ShipmentDestinationChanged,
  ShipmentEvent,
  ShipmentFailed,
  ShipmentItem,
  ShipmentLoaded,
  ShipmentLoadingStarted,
  ShipmentPacked,
  ShipmentRetried,
  ShipmentStep,
  ShipmentTrackingAssigned,
  ShipmentTruckArrived,
  ShipmentTruckDispatched,
} from './events';
export type { ShipmentRejection, ShipmentStatus } from './rejections';
