import type { EventStore, RecordedEvent, SubscriptionBatch } from '../event-store';
import type { PersonalEvents } from './personal-events';

type Reads = Pick<EventStore, 'read' | 'readAll' | 'head' | 'close'>;

/** The events that wait for keys, so that the keys of several persons are read by one call. */
const WAITING_MAX = 64;

/** A step that follows the opening of an event, such as the upcast to its newest version. */
type Step = (event: RecordedEvent) => RecordedEvent;

const noStep: Step = (event) => event;

/** Opens each event. Those whose keys are in memory pass without a wait. */
async function* openingEach(
  events: AsyncIterable<RecordedEvent>,
  personal: PersonalEvents,
  step: Step,
): AsyncIterable<RecordedEvent> {
  let waiting: RecordedEvent[] = [];
  for await (const event of events) {
    const opened = waiting.length === 0 ? personal.openNow(event) : undefined;
    if (opened !== undefined) {
      yield step(opened);
      continue;
    }
    waiting.push(event);
    if (waiting.length < WAITING_MAX) continue;
    for (const one of await personal.open(waiting)) yield step(one);
    waiting = [];
  }
  for (const one of await personal.open(waiting)) yield step(one);
}

/** Returns the same history with the personal data of every event open, or erased. @param step - follows. */
export const openingHistory = (history: Reads, personal: PersonalEvents, step = noStep): Reads => ({
  read: (...read) => openingEach(history.read(...read), personal, step),
  readAll: (...read) => openingEach(history.readAll(...read), personal, step),
  head: () => history.head(),
  close: () => history.close(),
});

/** Returns the same store, which stores personal data sealed and reads it open, or erased. @param step - follows each opening. */
export const sealing = (store: EventStore, personal: PersonalEvents, step = noStep): EventStore => {
  const eachBatch = async function* (
    batches: AsyncIterable<SubscriptionBatch>,
  ): AsyncIterable<SubscriptionBatch> {
    for await (const { events, caughtUp } of batches)
      yield { events: (await personal.open(events)).map(step), caughtUp };
  };
  return {
    ...openingHistory(store, personal, step),
    append: async (stream, expectedRevision, events) => {
      if (!events.some(({ type }) => personal.isPersonal(type)))
        return store.append(stream, expectedRevision, events);
      const sealed = await personal.seal(events.map((event) => ({ ...event, stream })));
      return store.append(stream, expectedRevision, sealed);
    },
    subscribe: (options) => eachBatch(store.subscribe(options)),
    tombstone: (...tombstone) => store.tombstone(...tombstone),
  };
};
