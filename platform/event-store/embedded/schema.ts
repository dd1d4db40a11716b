import type Database from 'libsql';
import { Fault } from '../../faults';

/** The version of the file's schema, from 1; stored in `PRAGMA user_version`. */
const VERSION = 1;

/**
 * The big index uses a stream's number instead of its name, so that events that are written together are stored
 * together: the next events of a young stream use cached pages, and each cold page costs a 4 KiB write at commit. The
 * event's id has no index for the same reason; a repeated append is found by the expected revision.
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

/** Not needed to read the events, and so no part of the version: a program that does not know the table ignores it. */
const snapshots = `
  CREATE TABLE IF NOT EXISTS snapshots (
    stream INTEGER PRIMARY KEY,
    position INTEGER NOT NULL,
    content BLOB NOT NULL
  ) STRICT`;

/** Makes the tables that are missing. @throws Fault `STORE_CORRUPT` for a file with an unknown schema version. */
export const prepareSchema = (database: Database.Database): void => {
  const [version] = database.prepare('PRAGMA user_version').raw().get([]) as [number];
  if (version !== 0 && version !== VERSION)
    throw new Fault('STORE_CORRUPT', `The event file has shape ${version}; this program knows ${VERSION}`);
  if (version === 0) database.exec(`BEGIN IMMEDIATE; ${schema} COMMIT`);
  database.exec(snapshots);
};
