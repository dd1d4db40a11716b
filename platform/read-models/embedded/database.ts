import Database from 'libsql';
import { keepPrivate } from '../../data-directory';

const BUSY_MS = 5_000;

// All data here can be rebuilt from the event store, so a commit need not wait for the disk; the log still keeps the
// file consistent, and a checkpoint is never ahead of its documents.
const writing = [
  'journal_mode = WAL',
  'synchronous = NORMAL',
  'wal_autocheckpoint = 4000',
  'journal_size_limit = 67108864',
  // The system keeps the other pages of the file in its own cache, which it gives back when memory is short.
  'cache_size = -16384',
];

/** Names without `_v<number>` at the end, so that no collection's table can have the same name. */
const schema = `
  CREATE TABLE IF NOT EXISTS collections (
    table_name TEXT PRIMARY KEY, name TEXT NOT NULL, version INTEGER NOT NULL, schema TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS checkpoints (
    table_name TEXT PRIMARY KEY, position TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS promoted (
    name TEXT PRIMARY KEY, version INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS deletions (
    number INTEGER PRIMARY KEY AUTOINCREMENT, table_name TEXT NOT NULL, id TEXT NOT NULL, position TEXT NOT NULL,
    UNIQUE (table_name, id)
  );
  CREATE TABLE IF NOT EXISTS leases (
    lease TEXT NOT NULL, token INTEGER NOT NULL, holder TEXT NOT NULL, ttl_ms INTEGER NOT NULL,
    renewals INTEGER NOT NULL, released INTEGER NOT NULL, PRIMARY KEY (lease, token)
  ) WITHOUT ROWID;`;

export const openForWriting = (file: string): Database.Database => {
  keepPrivate(file);
  const database = new Database(file, { timeout: BUSY_MS });
  for (const pragma of writing) database.pragma(pragma);
  database.exec(schema);
  return database;
};

/** Returns the name under which SQLite opens a file for reading only. */
export const readOnlyUri = (file: string): string =>
  `file:${encodeURI(file).replaceAll('#', '%23').replaceAll('?', '%3f')}?mode=ro`;

/** Opens a file that another process may own. SQLite itself refuses every write to it. */
export const openReadOnly = (file: string): Database.Database =>
  new Database(readOnlyUri(file), { timeout: BUSY_MS });

/** Opens a connection for reading in the process that owns the file. `query_only` rejects every write. */
export const openForReading = (file: string): Database.Database => {
  const database = new Database(file, { timeout: BUSY_MS });
  database.pragma('query_only = ON');
  database.pragma('cache_size = -32768');
  return database;
};
