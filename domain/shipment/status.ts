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
