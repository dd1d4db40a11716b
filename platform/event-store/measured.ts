import type { Registry } from 'prom-client';
import type { Clock } from '../clock';
import { counter, timer } from '../telemetry';
import type { AppendResult, EventStore } from './event-store';
import type { SubscriptionObserver } from './eventstoredb';

/** Counts the subscriptions that are opened at a server, and those that it ends. */
export const countedSubscriptions = (metrics: Registry): SubscriptionObserver => {
  const opened = counter(metrics, {
    name: 'waybill_event_store_subscriptions_opened_total',
    help: 'Subscriptions to all events that this process has opened at EventStoreDB.',
    labelNames: [],
  });
  const ended = counter(metrics, {
    name: 'waybill_event_store_subscriptions_ended_total',
    help: 'Those that the server has ended because too many events waited for them.',
    labelNames: [],
  });
  return { onOpened: () => opened({}, 1), onEndedByServer: () => ended({}, 1) };
};

/** Returns the same store, which records its reads of streams, how long each append takes and how many events it writes. */
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
  const reads = counter(metrics, {
    name: 'waybill_event_store_reads_total',
    help: 'Reads of a stream. Reads of all events are not among them.',
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
    read: (...args) => {
      reads({}, 1);
      return store.read(...args);
    },
    readAll: (...args) => store.readAll(...args),
    subscribe: (options) => store.subscribe(options),
    head: () => store.head(),
    close: () => store.close(),
  };
};
