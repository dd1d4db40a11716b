import { LRUCache } from 'lru-cache';
import type { Aggregates } from '../../platform/execution';
import type { Millis, SerialNumber, ShipmentId, WarehouseId } from '../../domain/kernel';
import { shipment, type ShipmentCreated, type ShipmentState } from '../../domain/shipment';
import type { Clock } from '../../platform/clock';
import { streamName, type EventStore } from '../../platform/event-store';
import { Fault } from '../../platform/faults';
import type { EventOf } from '../../platform/reactions';
import type { ReadModels } from '../../platform/read-models';
import { openReader } from '../../platform/projections';
import { shipments } from '../../projections/shipments';
import { pinned } from '../../platform/read-models';
import type { ShipmentDetails } from './dialects';
import { atMostEntries } from '../../platform/lru';

/** A shipment with its carrier account and the correlation id of its first event. */
export type FoundShipment = {
  readonly shipmentId: ShipmentId;
  readonly carrierAccount: string | undefined;
  readonly correlationId: string;
};

/**
 * Queries about shipments. Answers include all events that were stored before the call. All throw Fault
 * `READ_MODELS_UNAVAILABLE` while the read model is too far behind for that.
 */
export interface Shipments {
  byNumber(number: SerialNumber): Promise<FoundShipment | undefined>;
  /** Returns packed shipments that are on no truck. */
  packedAt(warehouseId: WarehouseId): Promise<readonly FoundShipment[]>;
  details(found: FoundShipment): Promise<ShipmentDetails | undefined>;
  /** Returns a shipment's carrier account and correlation id. */
  found(shipmentId: ShipmentId): Promise<FoundShipment>;
  /** Remembers them from a first event that was received, so that it is not read. */
  remember(event: EventOf<ShipmentCreated>): void;
}

export type ShipmentsDeps = {
  readonly store: EventStore;
  readonly aggregates: Aggregates;
  readonly readModels: ReadModels;
  readonly clock: Clock;
  /** The time for which a look-up waits for the read model to catch up with the events. Default 2 000. */
  readonly lookUpWithinMs?: number | undefined;
};

const POLL_MS = 10 as Millis;
/** The number of shipments in memory. */
const REMEMBERED_MAX = 10_000;

/** The highest number of shipments of one truck; the others wait for the next truck. */
const TRUCKLOAD_MAX = 1_000;

export const createShipments = (deps: ShipmentsDeps): Shipments => {
  const { store, aggregates, readModels, clock, lookUpWithinMs = 2_000 } = deps;
  const documents = openReader(readModels, shipments, clock);

  /**
   * Waits until the read model has all present events, because a carrier's report may be faster. Throws after the time
   * limit.
   */
  const caughtUp = async (): Promise<void> => {
    const head = await store.head();
    const deadline = clock.monotonicMs() + lookUpWithinMs;
    while (head !== undefined && clock.monotonicMs() < deadline) {
      const checkpoint = await (await pinned(readModels, shipments)).checkpoint();
      if (checkpoint !== undefined && checkpoint >= head) return;
      await clock.sleep(POLL_MS);
    }
    if (head !== undefined) throw new Fault('READ_MODELS_UNAVAILABLE', 'The shipments are behind the events');
  };

  // The first event of a stream never changes.
  const remembered = new LRUCache<ShipmentId, FoundShipment>(atMostEntries(REMEMBERED_MAX));

  const remember = ({ data, metadata }: EventOf<ShipmentCreated>): FoundShipment => {
    const { shipmentId, carrierAccount } = data;
    const shipmentFound = { shipmentId, carrierAccount, correlationId: metadata.$correlationId };
    remembered.set(shipmentId, shipmentFound);
    return shipmentFound;
  };

  const found = async (shipmentId: ShipmentId): Promise<FoundShipment> => {
    const known = remembered.get(shipmentId);
    if (known !== undefined) return known;
    for await (const event of store.read(streamName(shipment.category, shipmentId), { limit: 1 }))
      return remember(event as unknown as EventOf<ShipmentCreated>);
    return { shipmentId, carrierAccount: undefined, correlationId: shipmentId };
  };

  const storedId = async (number: SerialNumber): Promise<ShipmentId | undefined> => {
    const query = { index: 'by_number', where: { number }, first: 1 } as const;
    const { items } = await documents.list(query);
    return items[0]?.document.id;
  };

  const idByNumber = async (number: SerialNumber): Promise<ShipmentId | undefined> => {
    const id = await storedId(number);
    if (id !== undefined) return id;
    await caughtUp();
    return storedId(number);
  };

  const idsPackedAt = async (warehouseId: WarehouseId): Promise<ShipmentId[]> => {
    const where = { warehouseId, status: 'PACKED' };
    const query = { index: 'by_warehouse_and_status', where, first: TRUCKLOAD_MAX } as const;
    const { items } = await documents.list(query);
    return items.map(({ document }) => document.id);
  };

  return {
    byNumber: async (number) => {
      const shipmentId = await idByNumber(number);
      return shipmentId === undefined ? undefined : found(shipmentId);
    },
    packedAt: async (warehouseId) => {
      await caughtUp();
      return Promise.all((await idsPackedAt(warehouseId)).map(found));
    },
    details: async ({ shipmentId }) => {
      const state: ShipmentState = await aggregates.of(shipment).load(shipmentId);
      if (state.status === 'NONE') return undefined;
      const { number, warehouseId, destination, items } = state;
      return { shipmentNumber: number, warehouseId, destination, items };
    },
    found,
    remember: (event) => void remember(event),
  };
};
