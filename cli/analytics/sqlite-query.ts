import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Millis } from '../../domain/kernel';
import type { Clock } from '../../platform/clock';
import { Fault } from '../../platform/faults';
import { openReadOnly, readModelsFileIn } from '../../platform/read-models/embedded';
import type { Cell } from '../../platform/read-models/flat';
import { flatModels } from '../../projections/flat-models';
import { UsageError } from '../program/command';
import type { QueryAnswer, QueryOrder } from './query-protocol';
import { checkStatement } from './statement';

/** The result of a query as it comes. */
export type QueryResult = {
  readonly columns: (names: readonly string[]) => Promise<void> | void;
  readonly rows: (rows: readonly (readonly Cell[])[]) => Promise<void> | void;
};

export type QueryBounds = {
  readonly rowsMax: number;
  readonly timeoutMs: Millis;
  /** Cancels the query. */
  readonly signal: AbortSignal;
};

export type QueriedFiles = {
  /** The data directory of the embedded read models. */
  readonly directory: string;
  /** Whether the events are in the same directory. */
  readonly hasEvents: boolean;
  readonly showsPersonal?: boolean | undefined;
};

const typeScriptHook = join(__dirname, '../../tests/support/typescript-hook.js');

const startProcess = (): ChildProcess => {
  const extension = extname(__filename);
  return fork(join(__dirname, `query-process${extension}`), [], {
    execArgv: extension === '.ts' ? ['-r', typeScriptHook] : [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
};

const orderOf = (
  sql: string,
  { directory, hasEvents }: QueriedFiles,
  { rowsMax }: QueryBounds,
): QueryOrder => {
  const events = join(directory, 'events.db');
  return {
    readModelsFile: readModelsFileIn(directory),
    eventsFile: hasEvents && existsSync(events) ? events : undefined,
    sql,
    rowsMax,
  };
};

/** Returns the names of the tables and views that a statement must not name. */
const hiddenNames = (file: string, showsPersonal: boolean): ReadonlySet<string> => {
  const models = flatModels.filter(({ isPersonal }) => showsPersonal || !isPersonal);
  const shown = new Set([...models.map(({ name }) => name), 'data_dictionary']);
  const database = openReadOnly(file);
  const all = database.prepare('SELECT name FROM pragma_table_list').raw().all([]) as [string][];
  database.close();
  return new Set(
    [...all.map(([name]) => name.toLowerCase()), 'events', 'streams'].filter((name) => !shown.has(name)),
  );
};

/** Yields the messages of the process until it ends. */
async function* messagesOf(child: ChildProcess): AsyncGenerator<QueryAnswer> {
  const waiting: QueryAnswer[] = [];
  let wake: () => void = () => undefined;
  const state = { isOver: false };
  child.on('message', (message: QueryAnswer) => {
    waiting.push(message);
    wake();
  });
  child.once('exit', () => {
    state.isOver = true;
    wake();
  });
  for (;;) {
    const next = waiting.shift();
    if (next !== undefined) yield next;
    else if (state.isOver) return;
    else await new Promise<void>((resolve) => (wake = resolve));
  }
}

/**
 * Runs a statement over the flat models of a data directory, in a process of its own that can only read; also beside a running
 * platform.
 *
 * @returns whether rows were left out because there are more than `rowsMax`.
 * @throws UsageError for a statement that is not permitted or not valid; Fault `READ_MODELS_UNAVAILABLE`, or `DEADLINE_EXCEEDED`
 * after the time-out.
 */
export const querySqlite = async (
  sql: string,
  files: QueriedFiles,
  bounds: QueryBounds & { readonly clock: Clock },
  result: QueryResult,
): Promise<{ readonly isCut: boolean }> => {
  const order = orderOf(sql, files, bounds);
  checkStatement(sql, hiddenNames(order.readModelsFile, files.showsPersonal ?? false));
  const child = startProcess();
  let ending: 'timeout' | 'cancelled' | undefined;
  const stop = (why: typeof ending): void => {
    ending ??= why;
    child.kill('SIGKILL');
  };
  const timer = bounds.clock.after(bounds.timeoutMs, () => stop('timeout'));
  const cancel = (): void => stop('cancelled');
  bounds.signal.addEventListener('abort', cancel);
  if (bounds.signal.aborted) cancel();
  try {
    child.send(order);
    for await (const answer of messagesOf(child)) {
      if (answer.kind === 'columns') await result.columns(answer.names);
      else if (answer.kind === 'rows') {
        await result.rows(answer.rows);
        if (child.connected) child.send('go on');
      } else if (answer.kind === 'end') return { isCut: answer.isCut };
      else if (answer.isUsage) throw new UsageError(answer.message);
      else throw new Fault('READ_MODELS_UNAVAILABLE', answer.message);
    }
    if (ending === 'timeout')
      throw new Fault(
        'DEADLINE_EXCEEDED',
        `The query took longer than ${bounds.timeoutMs / 1_000} s and was stopped. Narrow it, or give more time with --timeout.`,
      );
    if (ending === 'cancelled') return { isCut: true };
    throw new Fault('READ_MODELS_UNAVAILABLE', 'The process of the query ended without an answer');
  } finally {
    timer.cancel();
    bounds.signal.removeEventListener('abort', cancel);
    child.kill('SIGKILL');
  }
};
