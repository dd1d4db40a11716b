import { epochMsOf, type Instant } from '../../domain/kernel';
import type { History } from '../../gateways/graphql';
import type { Clock } from '../../platform/clock';
import type { EventStore, RecordedEvent, StreamName } from '../../platform/event-store';
import type { ReadModels } from '../../platform/read-models';
import { orderDetails, orderFactAt, orderStreams } from '../../projections/order-details';
import { foldDocument, openReader } from '../../platform/projections';
import { shipmentFactAt, shipments, shipmentStreams } from '../../projections/shipments';

type Moment = {
  readonly asOf: Instant;
  /** When a fact happened, as the timeline tells it; undefined for a fact that the document does not show. */
  readonly factAt: (event: RecordedEvent) => Instant | undefined;
};

const factsOfStream = async (
  store: EventStore,
  stream: StreamName,
  { asOf, factAt }: Moment,
): Promise<readonly RecordedEvent[]> => {
  const facts: RecordedEvent[] = [];
  const untilMs = epochMsOf(asOf);
  let first: RecordedEvent | undefined;
  for await (const event of store.read(stream)) {
    const at = factAt(event);
    if (at === undefined) continue;
    first ??= event;
    if (epochMsOf(at) <= untilMs) facts.push(event);
  }
  // Clocks of two processes differ a little: what follows from the beginning of a stream does not stand without it.
  return first === undefined || facts.length === 0 || facts[0] === first ? facts : [first, ...facts];
};

/** Facts that happened by the moment, in the order of the store. */
const factsUntil = async (
  store: EventStore,
  streams: readonly StreamName[],
  moment: Moment,
): Promise<readonly RecordedEvent[]> => {
  const facts = await Promise.all(streams.map((stream) => factsOfStream(store, stream, moment)));
  return facts.flat().sort((a, b) => (a.position < b.position ? -1 : 1));
};

/**
 * Time travel: reads the streams that a document is made of, and folds the facts up to the moment with its own projection. The
 * moment is compared with the time that each fact states, which is the time that the timeline shows; when a fact was stored is
 * of no concern.
 */
export const historyOf = (store: EventStore, readModels: ReadModels, clock: Clock): History => {
  const orders = openReader(readModels, orderDetails, clock);
  return {
    order: async (id, asOf) => {
      // What it is made of now holds all that it was made of then.
      const now = await orders.get(id);
      if (now === undefined) return undefined;
      const facts = await factsUntil(store, orderStreams(now.document), { asOf, factAt: orderFactAt });
      return foldDocument(orderDetails, id, facts);
    },
    shipment: async (id, asOf) => {
      const facts = await factsUntil(store, shipmentStreams({ id }), { asOf, factAt: shipmentFactAt });
      return foldDocument(shipments, id, facts);
    },
  };
};
