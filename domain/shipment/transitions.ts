import type { WayOut } from '../kernel';
import type { ShipmentEvent } from './events';
import type { ShipmentStatus } from './status';

/**
 * The shipment's state machine: for each status, the events that may change it and the statuses after them. Events that
 * are not listed do not change the status. The property suite explores the decider and finds exactly these steps.
 */
export const shipmentTransitions: Readonly<
  Record<ShipmentStatus, Partial<Record<ShipmentEvent['type'], readonly ShipmentStatus[]>>>
> = {
  PACKING: { ShipmentPacked: ['PACKED'], ShipmentFailed: ['FAILED'], ShipmentCancelled: ['CANCELLED'] },
  PACKED: { ShipmentLoadingStarted: ['LOADING'], ShipmentCancelled: ['CANCELLED'] },
  LOADING: { ShipmentLoaded: ['LOADED'], ShipmentFailed: ['FAILED'], ShipmentCancelled: ['CANCELLED'] },
  // A carrier may omit the report "delivering".
  LOADED: { ShipmentDeliveryStarted: ['DELIVERING'], ShipmentDelivered: ['DELIVERED'] },
  DELIVERING: { ShipmentDelivered: ['DELIVERED'] },
  DELIVERED: {},
  // A retry returns to the step that failed.
  FAILED: { ShipmentRetried: ['PACKING', 'LOADING'], ShipmentCancelled: ['CANCELLED'] },
  CANCELLED: {},
};

/** The same machine as lines of a mermaid `stateDiagram-v2`. */
export const shipmentStateDiagram: readonly string[] = [
  '[*] --> PACKING : ShipmentCreated',
  ...Object.entries(shipmentTransitions).flatMap(([from, steps]) =>
    Object.entries(steps).flatMap(([by, targets]) => targets.map((to) => `${from} --> ${to} : ${by}`)),
  ),
];

/** The exits of each status. A shipment may stay only at a final one; its age at any other is monitored. */
export const shipmentWaysOut: Readonly<Record<ShipmentStatus, WayOut>> = {
  PACKING: {
    isFinal: false,
    leadsOut: 'The World packs it or refuses. If the World does not answer, the platform queries it.',
    alert: 'ShipmentResting',
  },
  PACKED: { isFinal: false, leadsOut: "The carrier's truck arrives.", alert: 'ShipmentResting' },
  LOADING: {
    isFinal: false,
    leadsOut: 'The World loads it or refuses. If the World does not answer, the platform queries it.',
    alert: 'ShipmentResting',
  },
  LOADED: {
    isFinal: false,
    leadsOut: 'The carrier delivers it. If it sends no reports, use `requestShipmentStatus`.',
    alert: 'ShipmentResting',
  },
  DELIVERING: {
    isFinal: false,
    leadsOut: 'The carrier delivers it. If it sends no reports, use `requestShipmentStatus`.',
    alert: 'ShipmentResting',
  },
  DELIVERED: { isFinal: true, leadsOut: 'Nothing.', alert: null },
  FAILED: {
    isFinal: false,
    leadsOut:
      'The platform buys goods that the World lacked, or retries the step with growing delays; after the last attempt another warehouse sends the goods, or the shipment is parked: use `retryShipment`, `moveShipment`, `cancelOrder` or `refundOrder`.',
    alert: 'ShipmentParked',
  },
  CANCELLED: { isFinal: true, leadsOut: 'Nothing.', alert: null },
};
