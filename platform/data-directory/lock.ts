import Database from 'libsql';
import { Fault } from '../faults';
import { keepPrivate } from './private-file';

export type Lock = { release(): void };

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');

/**
 * Takes a file for this process alone. The lock is an open SQLite transaction, that is, one of the operating system's: it
 * ends with the process however that dies, so nothing can be stale and no process id can be mistaken for another.
 *
 * @param waitMs - how long to wait, with everything else in this process, for whoever has it.
 * @returns undefined when somebody has it. Nobody else may open the file: closing any handle on it would end the lock.
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
