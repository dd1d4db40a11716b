import Database from 'libsql';
import { keepPrivate } from '../../data-directory';
import { prepareSchema } from './schema';

export type EventFile = { readonly file: string };

const BUSY_MS = 5_000;

// Durable before the answer: with WAL, FULL syncs the log at every commit. A log longer than SQLite's default lets a
// page that many commits write be copied to the file once.
const writing = [
  'journal_mode = WAL',
  'synchronous = FULL',
  'wal_autocheckpoint = 8000',
  'journal_size_limit = 67108864',
  // The system keeps the other pages of the file in its own cache, which it gives back when memory is short.
  'cache_size = -16384',
  'secure_delete = ON',
];

export const openForWriting = ({ file }: EventFile): Database.Database => {
  keepPrivate(file);
  const database = new Database(file, { timeout: BUSY_MS });
  for (const pragma of writing) database.pragma(pragma);
  prepareSchema(database);
  return database;
};

/** Closes the database as one file without a log. */
export const closeAfterWriting = (database: Database.Database): void => {
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
};

export const openForReading = (file: string): Database.Database => {
  const database = new Database(file, { timeout: BUSY_MS });
  database.pragma('query_only = ON');
  database.pragma('cache_size = -8192');
  return database;
};
