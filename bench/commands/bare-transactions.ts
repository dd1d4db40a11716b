import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import Database from 'libsql';
import { order } from '../../domain/order';
import { contextOfBench, orderToPlace } from './orders';

/**
 * Decides the same orders and inserts each as one row in one transaction: no store that syncs each of its commits can
 * be faster with one command in flight.
 */
export const openBareTransactions = (directory: string) => {
  const database = new Database(join(directory, 'bare.db'));
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'wal_autocheckpoint = 8000'])
    database.pragma(pragma);
  database.exec(
    'CREATE TABLE events (stream TEXT, revision INTEGER, id BLOB, type TEXT, data TEXT, metadata TEXT) STRICT',
  );
  const insert = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)');
  return {
    place: async (): Promise<void> => {
      const command = orderToPlace();
      const decision = order.decide(command, order.initial);
      if (!decision.ok) throw new Error(decision.rejection.code);
      for (const { type, data } of decision.events) {
        const metadata = JSON.stringify(contextOfBench());
        insert.run([`order-${command.orderId}`, 0, randomBytes(16), type, JSON.stringify(data), metadata]);
      }
      return Promise.resolve();
    },
    close: () => database.close(),
  };
};
