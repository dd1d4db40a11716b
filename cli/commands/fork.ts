import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { epochMsOf, parseInstant, type Instant } from '../../domain/kernel';
import { readConfig } from '../../platform/config';
import { Fault } from '../../platform/faults';
import { fillFolder } from '../backup/fresh-folder';
import { exitCodes, UsageError, type Command, type Invocation } from '../program/command';
import { openStoredHistory } from '../composition/engines';
import { withPersonalData } from '../composition/personal-data';
import { forkHistory } from '../fork/fork-history';
import { realRuntime } from '../program/runtime';

const wantedOf = (args: readonly string[]) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      at: { type: 'string' },
      into: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { at: text, into, json: isJson } = values;
  if (into === undefined) throw new UsageError('waybill fork takes --into FOLDER.');
  const at = text === undefined ? undefined : parseInstant(text);
  if (text !== undefined && at === undefined)
    throw new UsageError(`--at takes a moment like 2026-01-31T08:00:00Z; not "${text}".`);
  return { at, into, isJson };
};

const momentOf = (at: Instant | undefined, now: Instant): Instant => {
  if (at !== undefined && epochMsOf(at) > epochMsOf(now))
    throw new Fault('MOMENT_IN_FUTURE', `--at: ${at} is later than now, which is ${now}.`);
  return at ?? now;
};

const run = async ({ args, environment, terminal, signal }: Invocation) => {
  const { at, into, isJson } = wantedOf(args);
  const { config, warnings } = readConfig(environment);
  warnings.forEach((warning) => terminal.err(`warning: ${warning}`));
  const runtime = realRuntime(config);
  const moment = momentOf(at, runtime.clock.now());
  const from = config.eventStore === 'embedded' ? resolve(config.dataDir) : new URL(config.eventStore).host;
  const history = await withPersonalData(await openStoredHistory(config, runtime), config, runtime);
  try {
    const mark = await fillFolder(into, (draft) =>
      forkHistory(
        history,
        { from, at: moment, into: draft },
        { signal, runtime, onProgress: (events) => terminal.progress(`${events} events`) },
      ),
    );
    if (isJson) terminal.out(JSON.stringify({ ...mark, into }));
    else terminal.out(`${into}: ${mark.events} events of ${mark.from} as of ${mark.at}`);
  } finally {
    await history.close();
  }
  terminal.err(`Start it with WAYBILL_DATA_DIR=${into} and ports of its own. It reaches no system outside.`);
  return exitCodes.ok;
};

export const forkCommand: Command = {
  name: 'fork',
  summary: 'makes a second data directory from the history up to a moment',
  usage: `Usage: waybill fork --into FOLDER [--at TIME] [--json]

Copies the events up to a moment into a new data directory, where one may try commands, prices and new code without touching the
first. It reads the store of the settings beside a running Waybill or without one, and writes only to FOLDER, which must be empty or
not there. An event belongs to the moment that its timeline shows; the events before it in its stream come with it.

A fork reaches no system outside: Waybill starts on it only with the embedded engines, and with a World and carriers that are
simulated or off. Its simulated World is new and has no goods: parcels are refused there until goods are bought (replenish). Its
secrets are new, so no token of the first is valid there. Orders whose time to pay is over by now expire at its start. "waybill
diff" compares the outcomes.

Options
  --at TIME      a moment like 2026-01-31T08:00:00Z (default: now)
  --into FOLDER  the new data directory
  --json         the fork as JSON`,
  run,
};
