import { parseArgs } from 'node:util';
import { parseInstant } from '../../domain/kernel';
import { republish, type Republished } from '../../gateways/integration-events';
import { topics, type Topic } from '../../platform/bus';
import { readConfig } from '../../platform/config';
import type { Position } from '../../platform/event-store';
import { Fault } from '../../platform/faults';
import { exitCodes, UsageError, type Command, type Invocation } from '../command';
import { openBus, openHistory } from '../engines';
import { realRuntime } from '../runtime';

const sinceOf = (text: string | undefined): Pick<Republished, 'since'> => {
  if (text === undefined) return {};
  const since = parseInstant(text);
  if (since === undefined)
    throw new UsageError(`--since takes a moment like 2026-01-31T08:00:00Z; not "${text}".`);
  return { since };
};

const isTopic = (name: string): name is Topic => (topics as readonly string[]).includes(name);

const topicsOf = (names: readonly string[]): readonly Topic[] => {
  const unknown = names.find((name) => !isTopic(name));
  if (unknown !== undefined) throw new UsageError(`--topic takes ${topics.join(', ')}; not "${unknown}".`);
  return names.length === 0 ? topics : names.filter(isTopic);
};

/** Reads the arguments. */
const wantedOf = (args: readonly string[]): Republished => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      since: { type: 'string' },
      after: { type: 'string' },
      topic: { type: 'string', multiple: true },
    },
  });
  if (positionals.join(' ') !== 'republish')
    throw new UsageError('waybill events takes one word: republish.');
  return {
    ...sinceOf(values.since),
    ...(values.after !== undefined && { after: values.after as Position }),
    topics: topicsOf(values.topic ?? []),
  };
};

const run = async ({ args, environment, terminal, signal }: Invocation) => {
  const wanted = wantedOf(args);
  const { config, warnings } = readConfig(environment);
  warnings.forEach((warning) => terminal.err(`warning: ${warning}`));
  if (config.bus === 'embedded')
    throw new Fault('CONFIG_INVALID', 'WAYBILL_BUS names no NATS, so there are no other systems to tell.');
  const runtime = realRuntime(config);
  const store = await openHistory(config, runtime);
  try {
    const bus = await openBus(config.bus, runtime);
    try {
      const published = await republish({ ...runtime, store, bus }, wanted, signal, (progress) =>
        terminal.progress(
          `${progress.events} events, ${progress.messages} messages${progress.refusal ? `; waits: ${progress.refusal}` : ''}`,
        ),
      );
      terminal.out(`Published ${published.messages} messages of ${published.events} events.`);
    } finally {
      await bus.close();
    }
  } finally {
    await store.close();
  }
  return exitCodes.ok;
};

export const eventsCommand: Command = {
  name: 'events',
  summary: 'publishes integration events again',
  usage: `Usage: waybill events republish [--since TIME] [--after POSITION] [--topic TOPIC …]

Publishes integration events to NATS (WAYBILL_BUS) again, from the event store, beside a running platform: for a server that has
lost its disk, or a stream that was deleted. Without options, all of them. A message keeps its id, so NATS drops messages that it
received within its window (ten minutes by default). Older messages that it still has are then stored twice; consumers recognise
them by their ids. Customers get no notification of events that are older than a day.

Options
  --since TIME      events recorded at or after this moment, e.g. 2026-01-31T08:00:00Z
  --after POSITION  events behind this position, as GraphQL's "projections" and "events" show it
  --topic TOPIC     only this one, may be repeated: ${topics.join(', ')}`,
  run,
};
