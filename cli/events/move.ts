import { parseArgs } from 'node:util';
import { exitCodes, UsageError, type ExitCode, type Invocation } from '../program/command';
import { exportHistory } from './export-history';
import { checkHistoryFile, importHistory } from './import-history';
import { useSink } from './sinks';
import { configOf, withStoredHistory } from './with-history';

const fileOf = (args: readonly string[], what: 'export' | 'import') => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new UsageError(`waybill events ${what} takes one file.`);
  return { file, isJson: values.json };
};

/** `waybill events export`. */
export const runExport = async (invocation: Invocation): Promise<ExitCode> => {
  const { args, terminal, signal } = invocation;
  const { file, isJson } = fileOf(args, 'export');
  const { config, runtime } = configOf(invocation);
  const exported = await withStoredHistory(config, runtime, (history) =>
    exportHistory(history, file, {
      signal,
      onProgress: (events) => terminal.progress(`${events} events`),
    }),
  );
  if (isJson) terminal.out(JSON.stringify(exported));
  else terminal.out(`${exported.file}: ${exported.events} events, ${exported.added} of them new.`);
  terminal.err('The file holds hashes of passwords and of tokens: keep it as secret as the store.');
  return exitCodes.ok;
};

/** `waybill events import`. */
export const runImport = async (invocation: Invocation): Promise<ExitCode> => {
  const { args, terminal, signal } = invocation;
  const { file, isJson } = fileOf(args, 'import');
  const { config, runtime } = configOf(invocation);
  const onProgress = (what: string, events: number): void => terminal.progress(`${what}: ${events} events`);
  await checkHistoryFile(file, { signal, onProgress });
  const imported = await useSink(config, runtime, (sink) =>
    importHistory(file, sink, { signal, onProgress }),
  );
  const { events, there, added, further, differences } = imported;
  if (isJson) terminal.out(JSON.stringify(imported));
  else {
    terminal.out(`${file}: ${events} events, ${there} were there before, ${added} were added.`);
    for (const difference of differences) terminal.out(`differs: ${difference}`);
  }
  if (differences.length > 0) {
    terminal.err('The store does not have the history of the file.');
    return exitCodes.differencesFound;
  }
  const more = further === 0 ? '' : `, and ${further} more after them`;
  terminal.err(`The store has every event of the file, at its place${more}.`);
  return exitCodes.ok;
};
