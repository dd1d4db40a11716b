import { INSERT_ROW, decidedRow, openBareFile, type Bare } from './bare-transactions';

/**
 * Decides the same orders and inserts those of one turn of the event loop in one transaction: the least work of a store that
 * commits many appends together, without revisions, indexes, look-ups, subscribers or answers that may be repeated.
 */
export const openBareGroups = (file: string): Bare => {
  const database = openBareFile(file);
  const insert = database.prepare(INSERT_ROW);
  let waiting: { readonly row: ReturnType<typeof decidedRow>; readonly done: () => void }[] = [];
  const commit = (): void => {
    const group = waiting;
    waiting = [];
    database.exec('BEGIN IMMEDIATE');
    for (const { row } of group) insert.run([...row]);
    database.exec('COMMIT');
    for (const { done } of group) done();
  };
  return {
    place: () => {
      const row = decidedRow();
      if (waiting.length === 0) setImmediate(commit);
      return new Promise((done) => waiting.push({ row, done }));
    },
    close: async () => {
      database.close();
      return Promise.resolve();
    },
  };
};
