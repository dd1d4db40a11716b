import Database from 'libsql';
import { Fault } from '../faults';
import { keepPrivate } from './private-file';

export type Lock = { release(): void };

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');

/**
 * Locks a file for this process. The lock is an open SQLite transaction, and so a lock of the operating system: it ends
 * with the process in any case, so it cannot be stale, and no process id can be confused with another.
 *
 * @param waitMs - the time to wait for another owner; it blocks the whole process.
 * @returns undefined if the file is locked. No other code may open the file: closing any handle on it would end the
 * lock.
 */
export const tryLock = (file: string, waitMs = 0): Lock | undefined => {
  keepPrivate(file);
  const database = new Database(file, { timeout: waitMs });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw new Fault('STORE_UNAVAILABLE', `Cannot lock ${file}`, { cause: error });
  }
  return { release: () => void database.close() };
};
