import type { WayOut } from '../kernel';
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

/** What leads out of each status. A shipment may rest only at a final one; at any other its age is watched. */
export const shipmentWaysOut: Readonly<Record<ShipmentStatus, WayOut>> = {
  PACKING: {
    isFinal: false,
    leadsOut: 'The World packs it or refuses. A silent World is asked where it is.',
    alert: 'ShipmentResting',
  },
  PACKED: { isFinal: false, leadsOut: "The carrier's truck arrives.", alert: 'ShipmentResting' },
  LOADING: {
    isFinal: false,
    leadsOut: 'The World loads it or refuses. A silent World is asked where it is.',
    alert: 'ShipmentResting',
  },
  LOADED: {
    isFinal: false,
    leadsOut: 'The carrier delivers it; `requestShipmentStatus` asks a silent one.',
    alert: 'ShipmentResting',
  },
  DELIVERING: {
    isFinal: false,
    leadsOut: 'The carrier delivers it; `requestShipmentStatus` asks a silent one.',
    alert: 'ShipmentResting',
  },
  DELIVERED: { isFinal: true, leadsOut: 'Nothing.', alert: null },
  FAILED: {
    isFinal: false,
    leadsOut:
      'The step is tried again by itself, later each time; after the last try `retryShipment`, `cancelOrder` or `refundOrder`.',
    alert: 'ShipmentFailed',
  },
  CANCELLED: { isFinal: true, leadsOut: 'Nothing.', alert: null },
};
