import { parseArgs } from 'node:util';
import { parseInstant } from '../../domain/kernel';
import { republish, type Republished } from '../../gateways/integration-events';
import { topics, type Topic } from '../../platform/bus';
import { readConfig } from '../../platform/config';
import type { Position } from '../../platform/event-store';
import { Fault } from '../../platform/faults';
import { exitCodes, UsageError, type ExitCode, type Invocation } from '../program/command';
import { openBus, openHistory } from '../composition/engines';
import { realRuntime } from '../program/runtime';

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
  const { values } = parseArgs({
    args: [...args],
    options: {
      since: { type: 'string' },
      after: { type: 'string' },
      topic: { type: 'string', multiple: true },
    },
  });
  return {
    ...sinceOf(values.since),
    ...(values.after !== undefined && { after: values.after as Position }),
    topics: topicsOf(values.topic ?? []),
  };
};

/** `waybill events republish`. */
export const runRepublish = async ({
  args,
  environment,
  terminal,
  signal,
}: Invocation): Promise<ExitCode> => {
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
