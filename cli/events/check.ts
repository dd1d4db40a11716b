import { existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { EventHistory } from '../../platform/event-store';
import { allProjections } from '../../projections/read-models';
import { exitCodes, UsageError, type ExitCode, type Invocation, type Terminal } from '../program/command';
import { checkHistory, type HistoryCheck } from './check-history';
import { readHistoryFile } from './history-file';
import { configOf, withStoredHistory } from './with-history';

/** Returns an exported history, which can be read whole. */
const historyOfFile = (file: string): EventHistory => ({
  read: (): never => {
    throw new Error('A file is read whole');
  },
  readAll: async function* () {
    for await (const { event } of readHistoryFile(file)) yield event;
  },
  head: () => Promise.resolve(undefined),
  close: () => Promise.resolve(),
});

const print = ({ events, streams, types }: HistoryCheck, terminal: Terminal): void => {
  terminal.out(`${events} events in ${streams} streams`);
  for (const { type, version, newest, isOurs, events: count, failed, first } of types) {
    const age = version === newest ? `version ${version}` : `version ${version}, now ${newest}`;
    const failures = Object.entries(failed).map(([part, number]) => `${number} failed: ${part}`);
    const rest = [...(isOurs ? [] : ['of another program']), ...failures];
    terminal.out(`${type} (${age}): ${count}${rest.length === 0 ? '' : `; ${rest.join('; ')}`}`);
    if (first !== undefined)
      terminal.out(
        `  first at position ${first.position}, ${first.stream} @ ${first.revision}, ${first.part}: ${first.reason}`,
      );
  }
};

/** `waybill events check`. */
export const runCheck = async (invocation: Invocation): Promise<ExitCode> => {
  const { args, terminal, signal } = invocation;
  const { values } = parseArgs({
    args: [...args],
    options: { against: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const { config, runtime } = configOf(invocation);
  const against = values.against ?? config.eventStore;
  const check = (history: EventHistory): Promise<HistoryCheck> =>
    checkHistory(history, allProjections, {
      signal,
      onProgress: (round, rounds, events) =>
        terminal.progress(
          round === 0 ? `counted ${events}` : `round ${round} of ${rounds}: ${events} events`,
        ),
    });
  const isUrl = /^[a-z+]+:\/\//.test(against);
  if (!isUrl && against !== 'embedded' && !existsSync(against))
    throw new UsageError(
      `--against takes embedded, esdb://…, a data directory or an exported file; not "${against}".`,
    );
  const isFile = !isUrl && against !== 'embedded' && statSync(against).isFile();
  const settings = isUrl
    ? { ...config, eventStore: against }
    : { eventStore: 'embedded', dataDir: against === 'embedded' ? config.dataDir : against };
  const report = isFile
    ? await check(historyOfFile(against))
    : await withStoredHistory(settings, runtime, check);
  if (values.json) terminal.out(JSON.stringify(report, undefined, 2));
  else print(report, terminal);
  terminal.err(
    report.failures === 0
      ? 'This program reads the whole history.'
      : `This program fails ${report.failures} times.`,
  );
  return report.failures === 0 ? exitCodes.ok : exitCodes.differencesFound;
};
