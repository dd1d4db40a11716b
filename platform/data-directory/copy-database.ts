import { existsSync } from 'node:fs';
import { chmod, open } from 'node:fs/promises';
import Database from 'libsql';
import { isDiskFull, Fault } from '../faults';

const BUSY_MS = 10_000;

/** Makes the content of a file durable. */
export const syncFile = async (file: string): Promise<void> => {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/**
 * Copies an SQLite database as of one moment, while other processes write to it. The copy is one file, readable only by its
 * owner, and durable.
 *
 * @param to - does not exist yet.
 * @throws Fault `STORE_UNAVAILABLE`, `STORE_FULL`.
 */
export const copyDatabase = async (from: string, to: string): Promise<void> => {
  if (!existsSync(from)) throw new Fault('STORE_UNAVAILABLE', `There is no ${from}.`);
  const database = new Database(from, { timeout: BUSY_MS });
  try {
    // One statement reads from one snapshot. It writes nothing to the original.
    database.prepare('VACUUM INTO ?').run([to]);
  } catch (error) {
    if (isDiskFull(error)) throw new Fault('STORE_FULL', `There is no room for ${to}.`, { cause: error });
    throw new Fault('STORE_UNAVAILABLE', `${from} cannot be copied.`, { cause: error });
  } finally {
    database.close();
  }
  await chmod(to, 0o600);
  await syncFile(to);
};

/** Checks a database that no process has open. @returns the first problem; undefined where there is none. */
export const problemIn = (file: string): string | undefined => {
  const database = new Database(file, { timeout: BUSY_MS });
  try {
    database.pragma('query_only = ON');
    const [result] = database.prepare('PRAGMA quick_check').raw().get([]) as [string];
    return result === 'ok' ? undefined : result;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    database.close();
  }
};
