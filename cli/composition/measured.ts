import type { Registry } from 'prom-client';
import type { CommandClient } from '../../commands/port';
import type { Clock } from '../../platform/clock';
import type { AppendResult, EventStore } from '../../platform/event-store';
import { counter, timer } from '../../platform/telemetry';

type Measures = { readonly metrics: Registry; readonly clock: Clock };

/** The same use cases, each call timed by what came of it. */
export const measuredCommands = (commands: CommandClient, { metrics, clock }: Measures): CommandClient => {
  const observe = timer(metrics, {
    name: 'waybill_command_duration_seconds',
    help: 'How long commands take, by what came of them: `accepted`, `rejected`, `unknown`, or `failed` for a fault.',
    labelNames: ['command', 'outcome'],
  });
  return {
    send: async (name, input, context) => {
      const startedMs = clock.monotonicMs();
      let outcome = 'failed';
      try {
        const answer = await commands.send(name, input, context);
        outcome = answer.kind;
        return answer;
      } finally {
        observe({ command: name, outcome }, clock.monotonicMs() - startedMs);
      }
    },
    healthy: () => commands.healthy(),
    close: () => commands.close(),
  };
};

/** The same store, each append timed by its result. */
export const measuredEventStore = (store: EventStore, { metrics, clock }: Measures): EventStore => {
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
    tombstone: (...erased) => timed(() => store.tombstone(...erased)),
    read: (...asked) => store.read(...asked),
    readAll: (...asked) => store.readAll(...asked),
    subscribe: (options) => store.subscribe(options),
    head: () => store.head(),
    close: () => store.close(),
  };
};
