import { randomBytes } from 'node:crypto';
import Database from 'libsql';
import { order } from '../../domain/order';
import { contextOfBench, orderToPlace } from './orders';

type Row = readonly [
  stream: string,
  revision: number,
  id: Uint8Array,
  type: string,
  data: string,
  metadata: string,
];

/** Opens a file with one table, which is synchronised at every commit as the event store's is. */
export const openBareFile = (file: string): Database.Database => {
  const database = new Database(file);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'wal_autocheckpoint = 8000'])
    database.pragma(pragma);
  database.exec(
    'CREATE TABLE events (stream TEXT, revision INTEGER, id BLOB, type TEXT, data TEXT, metadata TEXT) STRICT',
  );
  return database;
};

export const INSERT_ROW = 'INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)';

/** Decides the next order of the bench. */
export const decidedRow = (): Row => {
  const command = orderToPlace();
  const decision = order.decide(command, order.initial);
  const [event] = decision.ok ? decision.events : [];
  if (event === undefined) throw new Error('The order is not placed');
  const metadata = JSON.stringify(contextOfBench());
  return [`order-${command.orderId}`, 0, randomBytes(16), event.type, JSON.stringify(event.data), metadata];
};

/** A contestant of the bench: each call of `place` places one order durably. */
export type Bare = { readonly place: () => Promise<void>; readonly close: () => Promise<void> };

/**
 * Decides the same orders and inserts each as one row in one transaction: no store that syncs each of its commits can
 * be faster with one command in flight.
 */
export const openBareTransactions = (file: string): Bare => {
  const database = openBareFile(file);
  const insert = database.prepare(INSERT_ROW);
  return {
    place: async () => {
      insert.run([...decidedRow()]);
      return Promise.resolve();
    },
    close: async () => {
      database.close();
      return Promise.resolve();
    },
  };
};
