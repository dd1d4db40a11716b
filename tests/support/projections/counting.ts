import type { Actor, EventStore, NewEvent, Position, RecordedEvent } from '../../../platform/event-store';
import { streamName } from '../../../platform/event-store';
import { uuidV5 } from '../../../platform/ids';
import type { CollectionSpec } from '../../../platform/read-models';
import type { Projection } from '../../../platform/projections';

/** A read model made for specs: named counters, with the events of each kind that a projection has to cope with. */
export type Counter = { readonly id: string; readonly total: number; readonly seen: readonly string[] };

export type CountingEvent =
  | { readonly type: 'CounterAdded'; readonly data: { readonly to: string; readonly by: number } }
  /** Touches two counters, or one twice. */
  | { readonly type: 'CounterMoved'; readonly data: { readonly from: string; readonly to: string } }
  | { readonly type: 'CounterRemoved'; readonly data: { readonly id: string } }
  /** Changes nothing. */
  | { readonly type: 'CounterLookedAt'; readonly data: { readonly id: string } }
  /** The projection's code throws on its second counter. */
  | { readonly type: 'CounterPoisoned'; readonly data: { readonly first: string; readonly second: string } }
  /** Not even its ids can be told. */
  | { readonly type: 'CounterGarbled'; readonly data: object }
  /** Of no concern. */
  | { readonly type: 'WeatherChanged'; readonly data: object };

const added = (counter: Counter | undefined, id: string, by: number, eventId: string): Counter => ({
  id,
  total: (counter?.total ?? 0) + by,
  seen: [...(counter?.seen ?? []), eventId],
});

export const counters = (
  name = 'counters',
  version = 1,
): Projection<Counter, Exclude<CountingEvent, { type: 'WeatherChanged' }>> => {
  const collection: CollectionSpec = {
    name,
    version,
    indexes: [{ name: 'by_total', fields: ['total'] }],
    schema: { type: 'object' },
  };
  return {
    question: 'What is the total of each counter?',
    collection,
    handlers: {
      CounterAdded: {
        ids: ({ data }) => [data.to],
        evolve: (counter, { data, id: eventId }, id) => added(counter, id, data.by, eventId),
      },
      CounterMoved: {
        ids: ({ data }) => [data.from, data.to],
        evolve: (counter, { data, id: eventId }, id) =>
          added(counter, id, (id === data.to ? 1 : 0) - (id === data.from ? 1 : 0), eventId),
      },
      CounterRemoved: { ids: ({ data }) => [data.id], evolve: () => undefined },
      CounterLookedAt: { ids: ({ data }) => [data.id], evolve: (counter) => counter },
      CounterPoisoned: {
        ids: ({ data }) => [data.first, data.second],
        evolve: (counter, { data, id: eventId }, id) => {
          if (id === data.second) throw new Error('poison');
          return added(counter, id, 1_000, eventId);
        },
      },
      CounterGarbled: {
        ids: () => {
          throw new Error('garbled');
        },
        evolve: (counter) => counter,
      },
    },
  };
};

/** Returns the counters after these events, computed in the simplest way. */
export const plainCounters = (events: readonly RecordedEvent[]): ReadonlyMap<string, Counter> => {
  const all = new Map<string, Counter>();
  for (const recorded of events) {
    const event = recorded as unknown as CountingEvent;
    const add = (id: string, by: number): void => void all.set(id, added(all.get(id), id, by, recorded.id));
    if (event.type === 'CounterAdded') add(event.data.to, event.data.by);
    if (event.type === 'CounterMoved') {
      const { from, to } = event.data;
      if (from === to) add(from, 0);
      else {
        add(from, -1);
        add(to, 1);
      }
    }
    if (event.type === 'CounterRemoved') all.delete(event.data.id);
  }
  return all;
};

const metadata = { $correlationId: 'c', $causationId: 'c', actor: 'system:spec' as Actor, schema: 1 };
const NAMESPACE = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

/** Appends to one stream. */
export const createRecorder = (store: EventStore) => {
  const stream = streamName('counting', 'spec');
  let next = 0n;
  const asNew = ({ type, data }: CountingEvent, index: number): NewEvent => ({
    id: uuidV5(NAMESPACE, String(next + BigInt(index))),
    type,
    data,
    metadata,
  });
  /** @returns the last event's position. */
  return async (...events: readonly CountingEvent[]): Promise<Position> => {
    const result = await store.append(stream, next === 0n ? 'no-stream' : next - 1n, events.map(asNew));
    if (result.kind !== 'appended') throw new Error(result.kind);
    next += BigInt(events.length);
    return result.position;
  };
};

export const everyEventOf = async (store: EventStore): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const event of store.readAll()) events.push(event);
  return events;
};
