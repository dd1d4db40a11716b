import type { Registry } from 'prom-client';
import type { Clock } from '../clock';
import { counter, timer } from '../telemetry';
import type { AppendResult, EventStore } from './event-store';

/** Returns the same store, which records how long each append takes and how many events it writes. */
export const measuredEventStore = (
  store: EventStore,
  { metrics, clock }: { readonly metrics: Registry; readonly clock: Clock },
): EventStore => {
  const observe = timer(metrics, {
    name: 'waybill_event_store_append_duration_seconds',
    help: 'How long appends take, by their result: `appended`, `conflict`, `unknown`, or `failed` for a fault.',
    labelNames: ['result'],
  });
  const written = counter(metrics, {
    name: 'waybill_event_store_events_total',
    help: 'Events that this process has written.',
    labelNames: [],
  });
  const timed = async (append: () => Promise<AppendResult>): Promise<AppendResult> => {
    const startedMs = clock.monotonicMs();
    let result = 'failed';
    try {
      const answer = await append();
      result = answer.kind;
      return answer;
    } finally {
      observe({ result }, clock.monotonicMs() - startedMs);
    }
  };
  return {
    append: async (stream, expectedRevision, events) => {
      const answer = await timed(() => store.append(stream, expectedRevision, events));
      if (answer.kind === 'appended') written({}, events.length);
      return answer;
    },
    tombstone: (...args) => timed(() => store.tombstone(...args)),
    read: (...args) => store.read(...args),
    readAll: (...args) => store.readAll(...args),
    subscribe: (options) => store.subscribe(options),
    head: () => store.head(),
    close: () => store.close(),
  };
};
