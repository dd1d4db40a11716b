import type { ShipmentEvent, ShipmentStep } from './events';

export const shipmentStatuses = [
  'PACKING',
  'PACKED',
  'LOADING',
  'LOADED',
  'DELIVERING',
  'DELIVERED',
  'FAILED',
  'CANCELLED',
] as const;
export type ShipmentStatus = (typeof shipmentStatuses)[number];

/** The status that each type of event leads to. Events that are not listed leave the status as it is. */
export const statusAfterEvent = {
  ShipmentCreated: 'PACKING',
  ShipmentPacked: 'PACKED',
  ShipmentLoadingStarted: 'LOADING',
  ShipmentLoaded: 'LOADED',
  ShipmentDeliveryStarted: 'DELIVERING',
  ShipmentDelivered: 'DELIVERED',
  ShipmentFailed: 'FAILED',
  ShipmentCancelled: 'CANCELLED',
} as const satisfies Partial<Record<ShipmentEvent['type'], ShipmentStatus>>;

/** The statuses at which a shipment is packed or has been. */
export const shipmentsPacked: readonly (ShipmentStatus | 'NONE')[] = [
  ...(['PACKED', 'LOADING', 'LOADED', 'DELIVERING', 'DELIVERED'] as const),
];

/** The statuses at which an action of staff is possible. The walk of the property suite compares it with the decider. */
export const shipmentActions: Readonly<
  Record<'retryShipment' | 'moveShipment' | 'requestShipmentStatus', readonly ShipmentStatus[]>
> = {
  retryShipment: ['FAILED'],
  moveShipment: ['FAILED'],
  // At any other status the carrier does not have the parcel.
  requestShipmentStatus: ['LOADED', 'DELIVERING'],
};

/** The status after a retry, which returns to the step that failed. */
export const statusOfStep = {
  packing: 'PACKING',
  loading: 'LOADING',
} as const satisfies Record<ShipmentStep, ShipmentStatus>;

/** Returns the status after an event; undefined if the event does not change it. */
export const statusAfter = (event: ShipmentEvent): ShipmentStatus | undefined =>
  event.type === 'ShipmentRetried'
    ? statusOfStep[event.data.step]
    : (statusAfterEvent as Partial<Record<ShipmentEvent['type'], ShipmentStatus>>)[event.type];
