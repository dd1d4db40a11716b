import { parseArgs } from 'node:util';
import type { Millis } from '../../domain/kernel';
import type { EventHistory, Position, RecordedEvent } from '../../platform/event-store';
import { exitCodes, UsageError, type ExitCode, type Invocation } from '../program/command';
import { printEvent } from './show-events';
import { configOf, withStoredHistory } from './with-history';

type Wanted = {
  readonly after: Position | undefined;
  readonly last: number;
  readonly follow: boolean;
  readonly isJson: boolean;
  readonly matches: (event: RecordedEvent) => boolean;
};

const LAST_DEFAULT = 10;
const LAST_MAX = 10_000;
const POLL_MS = 500 as Millis;

const wantedOf = (args: readonly string[]): Wanted => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      after: { type: 'string' },
      last: { type: 'string' },
      stream: { type: 'string', multiple: true, default: [] },
      type: { type: 'string', multiple: true, default: [] },
      follow: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const last = Number(values.last ?? LAST_DEFAULT);
  if (!Number.isInteger(last) || last < 0 || last > LAST_MAX)
    throw new UsageError(`--last takes 0 to ${LAST_MAX}; not "${values.last}".`);
  const { stream: streams, type: types } = values;
  return {
    after: values.after as Position | undefined,
    last,
    follow: values.follow,
    isJson: values.json,
    matches: ({ stream, type }) =>
      (streams.length === 0 || streams.includes(stream)) && (types.length === 0 || types.includes(type)),
  };
};

/** Returns the last matching events, in order. */
const lastOf = async (
  history: EventHistory,
  { last, matches }: Wanted,
): Promise<readonly RecordedEvent[]> => {
  const found: RecordedEvent[] = [];
  if (last === 0) return found;
  for await (const event of history.readAll({ direction: 'backwards' })) {
    if (!matches(event)) continue;
    found.unshift(event);
    if (found.length === last) break;
  }
  return found;
};

/** `waybill events tail`. */
export const runTail = async (invocation: Invocation): Promise<ExitCode> => {
  const { args, terminal, signal } = invocation;
  const wanted = wantedOf(args);
  const { config, runtime } = configOf(invocation);
  return withStoredHistory(config, runtime, async (history) => {
    let position = wanted.after;
    const print = (event: RecordedEvent): void => {
      if (wanted.matches(event)) printEvent(event, wanted.isJson, terminal);
      position = event.position;
    };
    if (position === undefined) {
      // Before the last events are looked for: those that are stored meanwhile follow them.
      for await (const event of history.readAll({ direction: 'backwards', limit: 1 }))
        position = event.position;
      for (const event of await lastOf(history, wanted))
        if (position !== undefined && event.position <= position) printEvent(event, wanted.isJson, terminal);
      if (!wanted.follow) return exitCodes.ok;
    }
    for (;;) {
      for await (const event of history.readAll({ after: position })) {
        if (signal.aborted) return exitCodes.ok;
        print(event);
      }
      if (!wanted.follow || signal.aborted) return exitCodes.ok;
      await runtime.clock.sleep(POLL_MS, signal).catch(() => undefined);
    }
  });
};
