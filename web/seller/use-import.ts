import { useRef, useState } from 'react';
import type { Problem } from '../api';
import { importRow, type ImportCommands, type Imported } from './import-row';
import type { ListRow } from './product-list';
import { useImportCommands } from './use-import-commands';

/** The outcome of a row of a list. */
export type RowResult = { readonly kind: 'running' } | Imported<Problem>;

const LATER_MS = 1_000;
const ATTEMPTS_MAX = 30;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Imports rows one after another. */
export const useImport = () => {
  const commandsOfRun = useImportCommands();
  const [results, setResults] = useState<ReadonlyMap<number, RowResult>>(new Map());
  const [isRunning, setRunning] = useState(false);
  const [isInterrupted, setInterrupted] = useState(false);
  const stopping = useRef<AbortController>(undefined);

  /** Repeats a row that the server has no time for now. */
  const patiently = async (
    row: ListRow,
    commands: ImportCommands<Problem>,
    signal: AbortSignal,
  ): Promise<RowResult> => {
    for (let attempt = 1; ; attempt += 1) {
      const result = await importRow(row, commands);
      const isBusy = result.kind === 'failed' && result.problem.code === 'RATE_LIMITED';
      if (!isBusy || attempt === ATTEMPTS_MAX || signal.aborted) return result;
      await wait(LATER_MS);
    }
  };

  const show = (line: number, result: RowResult): void =>
    setResults((known) => new Map(known).set(line, result));

  const run = async (rows: readonly ListRow[]): Promise<void> => {
    const { signal } = (stopping.current = new AbortController());
    setInterrupted(false);
    setResults(new Map());
    setRunning(true);
    const commands = commandsOfRun();
    for (const row of rows) {
      show(row.line, { kind: 'running' });
      const result = await patiently(row, commands, signal);
      show(row.line, result);
      if (signal.aborted || (result.kind === 'failed' && result.problem.code === 'UNREACHABLE')) {
        setInterrupted(true);
        break;
      }
    }
    setRunning(false);
  };

  return {
    results,
    isRunning,
    isInterrupted,
    run,
    stop: () => stopping.current?.abort(),
  };
};
