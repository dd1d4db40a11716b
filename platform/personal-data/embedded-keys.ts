import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import type { Instant } from '../../domain/kernel';
import type { Random } from '../clock';
import { keepPrivate } from '../data-directory';
import { Fault, isDiskFull } from '../faults';
import { KEY_BYTES, type KeysByPerson, type PersonKey, type PersonKeys } from './person-keys';

/** The file of the keys in a data directory. */
export const KEYS_FILE = 'keys.db';

const BUSY_MS = 5_000;
/** A statement of SQLite takes more values than this. */
const FOUND_AT_ONCE = 500;

// A key is durable before the event that it seals. A destroyed key is overwritten in the file.
const writing = ['journal_mode = WAL', 'synchronous = FULL', 'secure_delete = ON', 'cache_size = -4096'];

const schema = `
  CREATE TABLE IF NOT EXISTS keys (
    person TEXT PRIMARY KEY, key BLOB, destroyed_at TEXT
  ) STRICT, WITHOUT ROWID;`;

type Row = { readonly person: string; readonly key: Uint8Array | null };

const keyOf = ({ key }: Row): PersonKey => (key === null ? 'destroyed' : new Uint8Array(key));

const groups = (people: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(people.length / FOUND_AT_ONCE) }, (_, index) =>
    people.slice(index * FOUND_AT_ONCE, (index + 1) * FOUND_AT_ONCE),
  );

const find = (database: Database.Database, people: readonly string[]): KeysByPerson => {
  const rows = groups(people).flatMap((group) => {
    const places = group.map(() => '?').join(', ');
    return database.prepare(`SELECT person, key FROM keys WHERE person IN (${places})`).all(group) as Row[];
  });
  return new Map(rows.map((row) => [row.person, keyOf(row)]));
};

/** Runs a call of SQLite. @throws Fault `STORE_FULL`, `STORE_UNAVAILABLE`. */
const using = async <Result>(call: () => Result): Promise<Result> => {
  try {
    return await Promise.resolve(call());
  } catch (error) {
    const cause = { cause: error };
    if (isDiskFull(error)) throw new Fault('STORE_FULL', `There is no room for ${KEYS_FILE}.`, cause);
    throw new Fault('STORE_UNAVAILABLE', `${KEYS_FILE} cannot be used.`, cause);
  }
};

/** Writes the log of SQLite to the file of the keys, and empties it. */
const checkpoint = (database: Database.Database): void => void database.pragma('wal_checkpoint(TRUNCATE)');

const keysIn = (database: Database.Database, { bytes }: Pick<Random, 'bytes'>): PersonKeys => {
  // One statement, because the library hides the error of a full disk behind the failure of its own ROLLBACK.
  const insert = (people: readonly string[]): void => {
    const rows = people.map(() => '(?, ?)').join(', ');
    database
      .prepare(`INSERT INTO keys (person, key) VALUES ${rows} ON CONFLICT DO NOTHING`)
      .run(people.flatMap((person) => [person, Buffer.from(bytes(KEY_BYTES))]));
  };
  const made = (people: readonly string[]): KeysByPerson => {
    const found = find(database, people);
    const missing = people.filter((person) => !found.has(person));
    if (missing.length === 0) return found;
    groups(missing).forEach(insert);
    return find(database, people);
  };
  const destroy = (person: string, at: Instant): void => {
    database
      .prepare(
        `INSERT INTO keys (person, destroyed_at) VALUES (?, ?)
         ON CONFLICT DO UPDATE SET key = NULL, destroyed_at = excluded.destroyed_at WHERE key IS NOT NULL`,
      )
      .run([person, at]);
    // The log of SQLite still has the page with the key.
    checkpoint(database);
  };
  return {
    find: (people) => using(() => find(database, people)),
    make: (people) => using(() => made(people)),
    destroy: (person, at) => using(() => destroy(person, at)),
    close: () =>
      using(() => {
        checkpoint(database);
        database.close();
      }),
  };
};

/** Opens the keys of a data directory, which the caller owns. The file is made if it is missing; only its owner may read it. */
export const openEmbeddedPersonKeys = (
  directory: string,
  { random }: { readonly random: Random },
): Promise<PersonKeys> =>
  using(() => {
    const file = join(directory, KEYS_FILE);
    keepPrivate(file);
    const database = new Database(file, { timeout: BUSY_MS });
    for (const pragma of writing) database.pragma(pragma);
    database.exec(schema);
    return keysIn(database, random);
  });

/** Keys of which there are none: of a data directory of a version that sealed nothing. */
const noKeys: Pick<PersonKeys, 'find' | 'close'> = {
  find: () => Promise.resolve(new Map()),
  close: () => Promise.resolve(),
};

/** Opens the keys of a data directory for reading only, also while another process owns it. */
export const openEmbeddedPersonKeysToRead = (
  directory: string,
): Promise<Pick<PersonKeys, 'find' | 'close'>> =>
  using(() => {
    const file = join(directory, KEYS_FILE);
    if (!existsSync(file)) return noKeys;
    const database = new Database(file, { timeout: BUSY_MS });
    database.pragma('query_only = ON');
    return {
      find: (people) => using(() => find(database, people)),
      close: () => using(() => void database.close()),
    };
  });
