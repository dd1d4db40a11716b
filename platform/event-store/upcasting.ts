import type { Upcasters } from '../../domain/kernel';
import type { EventStore, RecordedEvent, SubscriptionBatch } from './event-store';

/** Returns the schema version that events of the type are written with now, from 1. */
export const schemaOf = (upcasters: Upcasters | undefined, eventType: string): number =>
  (upcasters?.[eventType]?.length ?? 0) + 1;

/** Returns the event in the newest shape. An event of a newer version is returned unchanged. */
export const upcast = (upcasters: Upcasters, event: RecordedEvent): RecordedEvent => {
  const steps = upcasters[event.type]?.slice(event.metadata.schema - 1) ?? [];
  if (steps.length === 0) return event;
  const data = steps.reduce<object>((older, step) => step(older), event.data);
  return { ...event, data, metadata: { ...event.metadata, schema: event.metadata.schema + steps.length } };
};

type Reads = Pick<EventStore, 'read' | 'readAll' | 'head' | 'close'>;

/** Returns the same history with every event in the newest shape. */
export const upcastingHistory = (history: Reads, upcasters: Upcasters): Reads => {
  const each = async function* (events: AsyncIterable<RecordedEvent>): AsyncIterable<RecordedEvent> {
    for await (const event of events) yield upcast(upcasters, event);
  };
  return {
    read: (...read) => each(history.read(...read)),
    readAll: (...read) => each(history.readAll(...read)),
    head: () => history.head(),
    close: () => history.close(),
  };
};

/** Returns the same store with every event that it reads in the newest shape, so that no reader knows an older one. */
export const upcasting = (store: EventStore, upcasters: Upcasters): EventStore => {
  if (Object.keys(upcasters).length === 0) return store;

  const eachBatch = async function* (
    batches: AsyncIterable<SubscriptionBatch>,
  ): AsyncIterable<SubscriptionBatch> {
    for await (const { events, caughtUp } of batches) {
      yield { events: events.map((event) => upcast(upcasters, event)), caughtUp };
    }
  };

  return {
    ...upcastingHistory(store, upcasters),
    append: (...append) => store.append(...append),
    subscribe: (options) => eachBatch(store.subscribe(options)),
    tombstone: (...tombstone) => store.tombstone(...tombstone),
  };
};
