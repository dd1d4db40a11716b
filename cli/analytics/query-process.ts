import type Database from 'libsql';
import { openReadOnly, readOnlyUri } from '../../platform/read-models/embedded';
import { EVENTS, eventLogQuery } from './event-log-view';
import type { QueryAnswer, QueryOrder } from './query-protocol';

// A process of its own: a statement that takes for ever is stopped by ending the process, which no thread permits.

const ROWS_AT_ONCE = 500;

const send = (answer: QueryAnswer): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(answer, () => resolve());
  });

const open = (order: QueryOrder): Database.Database => {
  const database = openReadOnly(order.readModelsFile);
  if (order.eventsFile !== undefined) {
    database.prepare(`ATTACH ? AS ${EVENTS}`).run([readOnlyUri(order.eventsFile)]);
    database.exec(`CREATE TEMP VIEW event_log AS ${eventLogQuery('shop_time_offsets')}`);
  }
  database.pragma('query_only = ON');
  return database;
};

const untilRequested = (): Promise<void> =>
  new Promise((resolve) => process.once('message', () => resolve()));

const answer = async (order: QueryOrder): Promise<void> => {
  const database = open(order);
  const statement = database.prepare(order.sql);
  const columns: QueryAnswer = { kind: 'columns', names: statement.columns().map(({ name }) => name) };
  let [sent, rows, hasBegun]: [number, unknown[], boolean] = [0, [], false];
  const flush = async (): Promise<void> => {
    if (!hasBegun) await send(columns);
    hasBegun = true;
    const goOn = untilRequested();
    await send({ kind: 'rows', rows: rows as never });
    rows = [];
    await goOn;
  };
  for (const row of statement.raw().iterate([])) {
    if (sent === order.rowsMax) {
      await flush();
      return send({ kind: 'end', isCut: true });
    }
    rows.push(row);
    sent += 1;
    if (rows.length === ROWS_AT_ONCE) await flush();
  }
  await flush();
  return send({ kind: 'end', isCut: false });
};

process.once('message', (order: QueryOrder) => {
  answer(order)
    .catch((error: unknown) =>
      send({
        kind: 'refused',
        // An error of the statement is the analyst's to correct.
        isUsage: (error as { readonly code?: string }).code === 'SQLITE_ERROR',
        message: error instanceof Error ? error.message : String(error),
      }),
    )
    .finally(() => process.disconnect());
});
