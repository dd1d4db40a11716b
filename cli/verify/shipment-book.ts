import { fold, type ShipmentId } from '../../domain/kernel';
import {
  shipment,
  shipmentEventTypes,
  shipmentTransitions,
  type ShipmentEvent,
  type ShipmentState,
  type ShipmentStatus,
} from '../../domain/shipment';
import { streamName, type StreamName } from '../../platform/event-store';
import { entryOf, isFact, type Book, type Breach } from './breach';

export type ShipmentBook = Book & {
  /** Returns whether the shipment failed for good and waits for staff. */
  readonly isParked: (shipmentId: ShipmentId) => boolean;
  /** Returns the quantity that was loaded from a stream of stock. */
  readonly loadedFrom: (stock: StreamName) => number;
  readonly streams: () => number;
};

const steps = ['ShipmentPacked', 'ShipmentLoaded', 'ShipmentDelivered'] as const;
type Step = (typeof steps)[number];
type Known = { state: ShipmentState; readonly times: Record<Step, number> };

const begin = (): Known => ({
  state: shipment.initial,
  times: { ShipmentPacked: 0, ShipmentLoaded: 0, ShipmentDelivered: 0 },
});

const isStep = (type: string): type is Step => (steps as readonly string[]).includes(type);

const statusIn = ({ status }: ShipmentState): ShipmentStatus | undefined =>
  status === 'NONE' ? undefined : status;

const isAllowed = (
  from: ShipmentStatus | undefined,
  to: ShipmentStatus | undefined,
  type: ShipmentEvent['type'],
): boolean => {
  if (from === to) return true;
  if (to === undefined) return false;
  return from === undefined
    ? type === 'ShipmentCreated'
    : (shipmentTransitions[from][type]?.includes(to) ?? false);
};

const misstepsOf = (shipmentId: ShipmentId, { state, times }: Known, settled: boolean): readonly Breach[] =>
  steps.flatMap((step): readonly Breach[] => {
    const once = settled && state.status === 'DELIVERED';
    if (times[step] === 1 || (times[step] === 0 && !once)) return [];
    return [{ invariant: 'V9', subject: `shipment-${shipmentId}`, detail: `${step} ${times[step]} times` }];
  });

/** V8 for shipments: each status is a valid successor of the one before. V9: packed, loaded and delivered once each. */
export const shipmentBook = (): ShipmentBook => {
  const shipments = new Map<ShipmentId, Known>();
  const loaded = new Map<StreamName, number>();
  const found: Breach[] = [];

  const load = ({ type, data }: ShipmentEvent): void => {
    if (type !== 'ShipmentLoaded') return;
    for (const { productId, quantity } of data.items) {
      const stock = streamName('stock', `${data.warehouseId}-${productId}`);
      loaded.set(stock, (loaded.get(stock) ?? 0) + quantity);
    }
  };

  const follow = (event: ShipmentEvent): void => {
    const { shipmentId } = event.data;
    const known = entryOf(shipments, shipmentId, begin);
    const breach = (detail: string): void =>
      void found.push({ invariant: 'V8', subject: `shipment-${shipmentId}`, detail });
    if (isStep(event.type)) known.times[event.type] += 1;
    try {
      const after = fold(shipment.evolve, known.state, [event]);
      const [from, to] = [statusIn(known.state), statusIn(after)];
      if (!isAllowed(from, to, event.type))
        breach(`${event.type} led from ${from ?? 'nothing'} to ${to ?? 'nothing'}`);
      known.state = after;
    } catch (error) {
      breach(error instanceof Error ? error.message : String(error));
    }
  };

  return {
    see: (event) => {
      if (!isFact<ShipmentEvent>(shipmentEventTypes, event)) return;
      follow(event);
      load(event);
    },
    breaches: (settled) => [
      ...found,
      ...[...shipments].flatMap(([shipmentId, known]) => misstepsOf(shipmentId, known, settled)),
    ],
    isParked: (shipmentId) => shipments.get(shipmentId)?.state.status === 'FAILED',
    loadedFrom: (stock) => loaded.get(stock) ?? 0,
    streams: () => shipments.size,
  };
};
