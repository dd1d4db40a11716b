import type { Instant } from '../../domain/kernel';
import { streamName, type EventStore, type RecordedEvent, type StreamName } from '../../platform/event-store';
import type { History } from '../../gateways/edge';
import { orderDetails } from '../../projections/order-details';
import { foldDocument } from '../../projections/runtime';
import { shipments } from '../../projections/shipments';

const readUntil = async (store: EventStore, stream: StreamName, asOf: Instant): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const event of store.read(stream)) {
    // Within a stream, what was recorded later stands later.
    if (event.recordedAt > asOf) break;
    events.push(event);
  }
  return events;
};

/** The streams that an order's events name: its payments and its shipments. */
const neighboursOf = (events: readonly RecordedEvent[]): readonly StreamName[] => {
  const names = events.flatMap(({ type, data }) => {
    const { paymentId, parts } = data as {
      readonly paymentId?: string;
      readonly parts?: readonly { readonly shipmentId: string }[];
    };
    return [
      ...(type === 'OrderPaid' && paymentId !== undefined ? [streamName('payment', paymentId)] : []),
      ...(type === 'OrderAllocated' ? (parts ?? []) : []).map(({ shipmentId }) =>
        streamName('shipment', shipmentId),
      ),
    ];
  });
  return [...new Set(names)];
};

/** Time travel: reads the streams that a document is made of, up to the moment, and folds them with its own projection. */
export const historyOf = (store: EventStore): History => ({
  order: async (id, asOf) => {
    const own = await readUntil(store, streamName('order', id), asOf);
    const others = await Promise.all(neighboursOf(own).map((stream) => readUntil(store, stream, asOf)));
    const events = [own, ...others].flat().sort((a, b) => (a.position < b.position ? -1 : 1));
    return foldDocument(orderDetails, id, events);
  },
  shipment: async (id, asOf) =>
    foldDocument(shipments, id, await readUntil(store, streamName('shipment', id), asOf)),
});
