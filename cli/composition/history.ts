import type { Instant } from '../../domain/kernel';
import type { History } from '../../gateways/edge';
import type { Clock } from '../../platform/clock';
import type { EventStore, RecordedEvent, StreamName } from '../../platform/event-store';
import type { ReadModels } from '../../platform/read-models';
import { orderDetails, orderStreams } from '../../projections/order-details';
import { foldDocument, openReader } from '../../projections/runtime';
import { shipments, shipmentStreams } from '../../projections/shipments';

const readUntil = async (store: EventStore, stream: StreamName, asOf: Instant): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const event of store.read(stream)) {
    // Within a stream, what was recorded later stands later.
    if (event.recordedAt > asOf) break;
    events.push(event);
  }
  return events;
};

const readAllUntil = async (
  store: EventStore,
  streams: readonly StreamName[],
  asOf: Instant,
): Promise<readonly RecordedEvent[]> => {
  const events = await Promise.all(streams.map((stream) => readUntil(store, stream, asOf)));
  return events.flat().sort((a, b) => (a.position < b.position ? -1 : 1));
};

/** Time travel: reads the streams that a document is made of, up to the moment, and folds them with its own projection. */
export const historyOf = (store: EventStore, readModels: ReadModels, clock: Clock): History => {
  const orders = openReader(readModels, orderDetails, clock);
  return {
    order: async (id, asOf) => {
      // What it is made of now holds all that it was made of then.
      const now = await orders.get(id);
      if (now === undefined) return undefined;
      return foldDocument(orderDetails, id, await readAllUntil(store, orderStreams(now.document), asOf));
    },
    shipment: async (id, asOf) =>
      foldDocument(shipments, id, await readAllUntil(store, shipmentStreams({ id }), asOf)),
  };
};
