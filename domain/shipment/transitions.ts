import type { ShipmentEvent } from './events';
import type { ShipmentStatus } from './rejections';

/**
 * The shipment's state machine: from each status, which event may lead to which others. Events that are not listed leave
 * the status as it is. The property suite walks the decider and finds these steps and no others.
 */
export const shipmentTransitions: Readonly<
  Record<ShipmentStatus, Partial<Record<ShipmentEvent['type'], readonly ShipmentStatus[]>>>
> = {
  PACKING: { ShipmentPacked: ['PACKED'], ShipmentFailed: ['FAILED'], ShipmentCancelled: ['CANCELLED'] },
  PACKED: { ShipmentLoadingStarted: ['LOADING'], ShipmentCancelled: ['CANCELLED'] },
  LOADING: { ShipmentLoaded: ['LOADED'], ShipmentFailed: ['FAILED'], ShipmentCancelled: ['CANCELLED'] },
  // A carrier may leave out "delivering".
  LOADED: { ShipmentDeliveryStarted: ['DELIVERING'], ShipmentDelivered: ['DELIVERED'] },
  DELIVERING: { ShipmentDelivered: ['DELIVERED'] },
  DELIVERED: {},
  // Back to the step that failed.
  FAILED: { ShipmentRetried: ['PACKING', 'LOADING'], ShipmentCancelled: ['CANCELLED'] },
  CANCELLED: {},
};

/** The lines of a mermaid `stateDiagram-v2` of the same machine. */
export const shipmentStateDiagram: readonly string[] = [
  '[*] --> PACKING : ShipmentCreated',
  ...Object.entries(shipmentTransitions).flatMap(([from, steps]) =>
    Object.entries(steps).flatMap(([by, targets]) => targets.map((to) => `${from} --> ${to} : ${by}`)),
  ),
];
