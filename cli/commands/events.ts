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

/** What is wanted, by the words of the command line. */
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
      const told = await republish({ ...runtime, store, bus }, wanted, signal, (progress) =>
        terminal.progress(
          `${progress.events} events, ${progress.messages} messages${progress.refusal ? `; waits: ${progress.refusal}` : ''}`,
        ),
      );
      terminal.out(`Published ${told.messages} messages of ${told.events} events.`);
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
  summary: 'tells other systems again what happened',
  usage: `Usage: waybill events republish [--since TIME] [--after POSITION] [--topic TOPIC …]

Publishes integration events to NATS (WAYBILL_BUS) once more, out of the event store, beside a platform that runs: for a
server that has lost its disk, or a stream that was deleted. Without options, all of them. A message has the id that it had,
so NATS drops what it was told within its window (ten minutes by default); what it was told before that and has kept, it then
has twice, and consumers know it by its id. Nobody is notified again of what is older than a day.

Options
  --since TIME      events recorded at or after this moment, e.g. 2026-01-31T08:00:00Z
  --after POSITION  events behind this position, as GraphQL's "projections" and "events" show it
  --topic TOPIC     only this one, may be repeated: ${topics.join(', ')}`,
  run,
};
