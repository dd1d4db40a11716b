import { later, type Instant, type Millis } from '../../domain/kernel';
import { momentOf, type EventStore, type RecordedEvent, type StreamName } from '../event-store';
import { Fault } from '../faults';
import { appliedTo } from './fold';
import type { AnyProjection, Projection } from './projection';
import type { Document } from '../read-models';

/** The clocks of two processes of one platform differ by less than this. */
const CLOCKS_DIFFER_MAX = 3_600_000 as Millis;

/** The largest number of events of which one document is folded while its reader waits. */
export const FACTS_MAX = 20_000;

/**
 * Yields the facts that happened by a moment: those whose own moment is not later. This is the rule of all time travel.
 *
 * The clocks of two processes differ, so a later fact of a stream may state an earlier time than the first one, without which
 * it cannot be folded: the first one is then yielded just before it.
 *
 * @param events - in the order of the store; those of one stream from its start.
 */
export async function* factsAsOf(
  events: AsyncIterable<RecordedEvent> | Iterable<RecordedEvent>,
  asOf: Instant,
): AsyncGenerator<RecordedEvent> {
  const latest = later(asOf, CLOCKS_DIFFER_MAX);
  const withheld = new Map<StreamName, RecordedEvent>();
  for await (const event of events) {
    const moment = momentOf(event);
    if (moment > asOf) {
      if (event.revision === 0n && moment <= latest) withheld.set(event.stream, event);
      continue;
    }
    const first = withheld.get(event.stream);
    if (first !== undefined) {
      withheld.delete(event.stream);
      yield first;
    }
    yield event;
  }
}

/**
 * Yields the events of whole streams up to a moment: the facts that happened by then, and those that are stored before them in
 * their streams, so that each stream has no gap.
 *
 * @param events - all events, in the order of the store.
 */
export async function* streamsAsOf(
  events: AsyncIterable<RecordedEvent>,
  asOf: Instant,
): AsyncGenerator<RecordedEvent> {
  const latest = later(asOf, CLOCKS_DIFFER_MAX);
  const withheld = new Map<StreamName, RecordedEvent[]>();
  const ended = new Set<StreamName>();
  for await (const event of events) {
    const { stream } = event;
    if (ended.has(stream)) continue;
    const moment = momentOf(event);
    if (moment > latest) {
      ended.add(stream);
      withheld.delete(stream);
    } else if (moment > asOf) withheld.set(stream, [...(withheld.get(stream) ?? []), event]);
    else {
      yield* withheld.get(stream) ?? [];
      withheld.delete(stream);
      yield event;
    }
  }
}

/** The past of one document: the store, the streams that its events are in, and the moment. */
export type PastOf = {
  readonly events: Pick<EventStore, 'read'>;
  readonly streams: readonly StreamName[];
  readonly asOf: Instant;
};

/** @throws Fault `HISTORY_TOO_LONG`. */
const eventsOf = async ({ events, streams }: PastOf): Promise<readonly RecordedEvent[]> => {
  const found: RecordedEvent[] = [];
  for (const stream of streams)
    for await (const event of events.read(stream)) {
      found.push(event);
      if (found.length > FACTS_MAX)
        throw new Fault(
          'HISTORY_TOO_LONG',
          `This has more than ${FACTS_MAX} events; waybill fork --at makes a second platform as of any moment.`,
        );
    }
  return found.sort((a, b) => (a.position < b.position ? -1 : 1));
};

/**
 * Returns a document as its read model would have shown it at a moment; undefined where it did not exist then.
 *
 * @throws Fault `HISTORY_TOO_LONG`.
 */
export const documentAsOf = async <
  D extends Document,
  F extends { readonly type: string; readonly data: object },
>(
  projection: Projection<D, F>,
  id: string,
  past: PastOf,
): Promise<D | undefined> => {
  const untyped: AnyProjection = projection;
  let document: Document | undefined;
  for await (const event of factsAsOf(await eventsOf(past), past.asOf))
    document = appliedTo(document, untyped, id, event);
  return document as D | undefined;
};
