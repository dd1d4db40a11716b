import { parseArgs } from 'node:util';
import type { EventHistory, RecordedEvent, StreamName } from '../../platform/event-store';
import { exitCodes, UsageError, type ExitCode, type Invocation } from '../program/command';
import { printEvent, printWhole } from './show-events';
import { configOf, withStoredHistory } from './with-history';

const FIRST_DEFAULT = 100;
const FIRST_MAX = 10_000;

const wholeNumber = (name: string, text: string, max: number): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > max)
    throw new UsageError(`--${name} takes a whole number up to ${max}; not "${text}".`);
  return number;
};

const wantedOf = (args: readonly string[]) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      from: { type: 'string', default: '0' },
      first: { type: 'string', default: String(FIRST_DEFAULT) },
      json: { type: 'boolean', default: false },
    },
  });
  const [what, ...rest] = positionals;
  if (what === undefined || rest.length > 0)
    throw new UsageError('waybill events show takes the name of a stream, or a position.');
  return {
    what,
    from: wholeNumber('from', values.from, Number.MAX_SAFE_INTEGER),
    first: wholeNumber('first', values.first, FIRST_MAX),
    isJson: values.json,
  };
};

async function* eventAt(history: EventHistory, position: string): AsyncGenerator<RecordedEvent> {
  for await (const event of history.readAll()) {
    if (event.position === position) yield event;
    if (event.position >= position) return;
  }
}

/** A position begins with a digit, and so does no name of a stream. */
const isPosition = (what: string): boolean => /^\d/.test(what);

/** `waybill events show`. */
export const runShow = async (invocation: Invocation): Promise<ExitCode> => {
  const { args, terminal, signal } = invocation;
  const { what, from, first, isJson } = wantedOf(args);
  const { config, runtime } = configOf(invocation);
  return withStoredHistory(config, runtime, async (history) => {
    const events = isPosition(what)
      ? eventAt(history, what)
      : history.read(what as StreamName, { from: BigInt(from) });
    let shown = 0;
    for await (const event of events) {
      if (shown === first || signal.aborted) break;
      if (isJson) printEvent(event, true, terminal);
      else printWhole(event, terminal);
      shown += 1;
    }
    if (shown > 0) return exitCodes.ok;
    terminal.err(`No event is stored in ${what}${from > 0 ? ` from revision ${from} on` : ''}.`);
    return exitCodes.notFound;
  });
};
