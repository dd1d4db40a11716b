import type Database from 'libsql';
import { Fault } from '../../faults';

/** Counts the shapes of the file; kept in `PRAGMA user_version`. */
const VERSION = 1;

/**
 * A stream's number instead of its name in the big index keeps what is written together close together: the next events
 * of a young stream touch pages that are warm, and each cold page costs a 4 KiB write at commit.
 * The event's id has no index of its own for the same reason; a repeated append finds it by the expected revision.
 */
const schema = `
  CREATE TABLE streams (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    tombstone_revision INTEGER,
    tombstone_position INTEGER
  ) STRICT;
  CREATE INDEX tombstones ON streams (tombstone_position) WHERE tombstone_position IS NOT NULL;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    id BLOB NOT NULL,
    type TEXT NOT NULL,
    data ANY NOT NULL,
    metadata ANY NOT NULL,
    recorded_at INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX events_of_stream ON events (stream, revision);
  PRAGMA user_version = ${VERSION};
`;

/** Makes the tables in a new file. @throws Fault `STORE_CORRUPT` for a file of a shape this program does not know. */
export const prepareSchema = (database: Database.Database): void => {
  const [version] = database.prepare('PRAGMA user_version').raw().get([]) as [number];
  if (version === VERSION) return;
  if (version !== 0)
    throw new Fault('STORE_CORRUPT', `The event file has shape ${version}; this program knows ${VERSION}`);
  database.exec(`BEGIN IMMEDIATE; ${schema} COMMIT`);
};
