import { epochMsOf, type Instant, type ShipmentId } from '../domain/kernel';
import type { EventStore, RecordedEvent, StreamName } from '../platform/event-store';
import { foldDocument } from '../platform/projections';
import { orderDetails, orderFactAt, orderStreams, type OrderDetails } from './order-details';
import { shipmentFactAt, shipments, shipmentStreams, type ShipmentTracking } from './shipments';

type Events = Pick<EventStore, 'read'>;

type Moment = {
  readonly asOf: Instant;
  /** Returns when a fact happened, as the timeline shows it; undefined for a fact that the document does not show. */
  readonly factAt: (event: RecordedEvent) => Instant | undefined;
};

const factsOfStream = async (
  events: Events,
  stream: StreamName,
  { asOf, factAt }: Moment,
): Promise<readonly RecordedEvent[]> => {
  const facts: RecordedEvent[] = [];
  const untilMs = epochMsOf(asOf);
  let first: RecordedEvent | undefined;
  for await (const event of events.read(stream)) {
    const at = factAt(event);
    if (at === undefined) continue;
    first ??= event;
    if (epochMsOf(at) <= untilMs) facts.push(event);
  }
  // The clocks of two processes differ: a later fact of a stream may state an earlier time than the first one, without which it cannot be folded.
  return first === undefined || facts.length === 0 || facts[0] === first ? facts : [first, ...facts];
};

/** Returns the facts that happened by the moment, in the order of the store. */
const factsUntil = async (
  events: Events,
  streams: readonly StreamName[],
  moment: Moment,
): Promise<readonly RecordedEvent[]> => {
  const facts = await Promise.all(streams.map((stream) => factsOfStream(events, stream, moment)));
  return facts.flat().sort((a, b) => (a.position < b.position ? -1 : 1));
};

/**
 * Returns an order as its read model would have shown it at a moment; undefined before it was placed. The moment is compared
 * with the time that each fact states, which is the time that the timeline shows, and not with the time of storing.
 *
 * @param now - the order as it is now. Its streams include those that it had then.
 */
export const orderAsOf = async (
  events: Events,
  now: OrderDetails,
  asOf: Instant,
): Promise<OrderDetails | undefined> => {
  const facts = await factsUntil(events, orderStreams(now), { asOf, factAt: orderFactAt });
  return foldDocument(orderDetails, now.id, facts);
};

/** Returns a shipment as its read model would have shown it at a moment; undefined before it was created. See `orderAsOf`. */
export const shipmentAsOf = async (
  events: Events,
  id: ShipmentId,
  asOf: Instant,
): Promise<ShipmentTracking | undefined> => {
  const facts = await factsUntil(events, shipmentStreams({ id }), { asOf, factAt: shipmentFactAt });
  return foldDocument(shipments, id, facts);
};
