import type { EventStore, RecordedEvent, SubscriptionBatch } from './port';

/** Makes the data of one schema into that of the next. Pure; see docs/adr/0004-event-versioning.md. */
export type Upcaster = (data: object) => object;

/** By event type, the steps from schema 1 on: the first makes 2 out of 1. A type that never changed is not in it. */
export type Upcasters = Readonly<Record<string, readonly Upcaster[]>>;

/** The schema that events of the type are written with today. */
export const schemaOf = (upcasters: Upcasters, eventType: string): number =>
  (upcasters[eventType]?.length ?? 0) + 1;

/** The event as today's domain knows it. One from a newer version of the platform is left as it is. */
export const upcast = (upcasters: Upcasters, event: RecordedEvent): RecordedEvent => {
  const steps = upcasters[event.type]?.slice(event.metadata.schema - 1) ?? [];
  if (steps.length === 0) return event;
  const data = steps.reduce<object>((older, step) => step(older), event.data);
  return { ...event, data, metadata: { ...event.metadata, schema: event.metadata.schema + steps.length } };
};

/** The same store, with every event that is read in its newest shape, so that nobody behind it knows an older one. */
export const upcasting = (store: EventStore, upcasters: Upcasters): EventStore => {
  if (Object.keys(upcasters).length === 0) return store;

  const each = async function* (events: AsyncIterable<RecordedEvent>): AsyncIterable<RecordedEvent> {
    for await (const event of events) yield upcast(upcasters, event);
  };
  const eachBatch = async function* (
    batches: AsyncIterable<SubscriptionBatch>,
  ): AsyncIterable<SubscriptionBatch> {
    for await (const { events, caughtUp } of batches) {
      yield { events: events.map((event) => upcast(upcasters, event)), caughtUp };
    }
  };

  return {
    append: (...append) => store.append(...append),
    read: (...read) => each(store.read(...read)),
    readAll: (...read) => each(store.readAll(...read)),
    subscribe: (options) => eachBatch(store.subscribe(options)),
    head: () => store.head(),
    tombstone: (...tombstone) => store.tombstone(...tombstone),
    close: () => store.close(),
  };
};
