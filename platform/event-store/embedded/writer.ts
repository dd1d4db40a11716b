import type Database from 'libsql';
import { Fault, isDiskFull } from '../../faults';
import { NO_STREAM, TOMBSTONE_REVISION, TOMBSTONE_TYPE } from './record';
import type { RawEvent, RawWrite, WriteResult } from './record';

/** The writes of one commit, in order, and their recording time. */
export type Batch = { readonly writes: readonly RawWrite[]; readonly recordedAtMs: number };

/** The snapshot of a stream. `position`: of the last event in it. */
export type SnapshotWrite = {
  readonly stream: string;
  readonly position: number;
  readonly content: Uint8Array;
};

type Append = Extract<RawWrite, { kind: 'append' }>;
type Tombstone = Extract<RawWrite, { kind: 'tombstone' }>;

/** The state of a stream. `number`: absent until its first event. */
type Stream = {
  readonly number?: number | undefined;
  readonly revision: number;
  readonly isTombstone: boolean;
};

type Standing = readonly [
  name: string,
  number: number,
  tombstoneRevision: number | null,
  revision: number | null,
];

type Row = readonly [
  position: number,
  stream: number,
  revision: number,
  id: Uint8Array,
  type: string,
  data: string | Uint8Array,
  metadata: string | Uint8Array,
  recordedAtMs: number,
];

const STREAMS_KNOWN_MAX = 20_000;
/** Rows of one INSERT; SQLite accepts at most 32,766 parameters in a statement. */
const ROWS_MAX = 256;

const missing: Stream = { revision: NO_STREAM, isTombstone: false };

const same = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0;

/** Inserts many rows by few statements: one for each power of two is prepared. */
class Inserter {
  private readonly statements = new Map<number, Database.Statement>();

  constructor(
    private readonly database: Database.Database,
    private readonly table: string,
    private readonly columns: number,
  ) {}

  insert(rows: readonly (readonly unknown[])[]): void {
    let done = 0;
    while (done < rows.length) {
      const size = Math.min(ROWS_MAX, 2 ** Math.floor(Math.log2(rows.length - done)));
      this.statement(size).run(rows.slice(done, done + size).flat());
      done += size;
    }
  }

  private statement(size: number): Database.Statement {
    const prepared = this.statements.get(size);
    if (prepared !== undefined) return prepared;
    const row = `(${Array<string>(this.columns).fill('?').join(',')})`;
    const made = this.database.prepare(
      `INSERT INTO ${this.table} VALUES ${Array<string>(size).fill(row).join(',')}`,
    );
    this.statements.set(size, made);
    return made;
  }
}

/**
 * Decides and writes a batch in one transaction. Each write stands alone: a conflict does not affect the others. It is
 * the only writer of its file, and caches the state of recent streams.
 */
export class Writer {
  /** The committed states, in the order of last use. */
  private readonly cache = new Map<string, Stream>();
  /** The states after this batch. */
  private changed = new Map<string, Stream>();
  private newStreams: [number, string, null, null][] = [];
  private rows: Row[] = [];
  private nextPosition = 0;
  private nextNumber = 0;

  private readonly insertEvents: Inserter;
  private readonly insertStreams: Inserter;
  private readonly selectStream: Database.Statement;
  private readonly selectStreams: Database.Statement;
  private readonly selectIds: Database.Statement;
  private readonly selectTombstone: Database.Statement;
  private readonly insertSnapshot: Database.Statement;

  constructor(private readonly database: Database.Database) {
    this.insertEvents = new Inserter(database, 'events', 8);
    this.insertStreams = new Inserter(database, 'streams', 4);
    const standing = `name, number, tombstone_revision, (SELECT max(revision) FROM events WHERE stream = number)`;
    this.selectStream = database.prepare(`SELECT ${standing} FROM streams WHERE name = ?`).raw();
    this.selectStreams = database
      .prepare(`SELECT ${standing} FROM json_each(?) CROSS JOIN streams ON name = value`)
      .raw();
    this.selectIds = database
      .prepare(
        'SELECT id, position FROM events WHERE stream = ? AND revision BETWEEN ? AND ? ORDER BY revision',
      )
      .raw();
    this.selectTombstone = database.prepare('SELECT tombstone_position FROM streams WHERE number = ?').raw();
    this.insertSnapshot = database.prepare(
      `INSERT INTO snapshots SELECT number, ?, ? FROM streams WHERE name = ? AND tombstone_revision IS NULL
       ON CONFLICT (stream) DO UPDATE SET position = excluded.position, content = excluded.content
       WHERE excluded.position > snapshots.position`,
    );
    this.reset();
  }

  /** @throws Fault `STORE_FULL`; after any other error the batch may or may not be in the file. */
  write({ writes, recordedAtMs }: Batch): WriteResult[] {
    try {
      this.database.exec('BEGIN IMMEDIATE');
      this.meet(writes);
      const results = writes.map((write) =>
        write.kind === 'append'
          ? this.append(write, write.recordedAtMs ?? recordedAtMs)
          : this.tombstone(write, recordedAtMs),
      );
      this.flush();
      this.database.exec('COMMIT');
      this.remember();
      return results;
    } catch (error) {
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
      this.reset();
      if (isDiskFull(error))
        throw new Fault('STORE_FULL', 'The disk of the event store is full', { cause: error });
      throw error;
    }
  }

  /** Writes a snapshot, unless the stored one is not older, or the stream is erased or has no events. */
  writeSnapshot({ stream, position, content }: SnapshotWrite): void {
    try {
      this.insertSnapshot.run([position, content, stream]);
    } catch (error) {
      if (isDiskFull(error))
        throw new Fault('STORE_FULL', 'The disk of the event store is full', { cause: error });
      throw error;
    }
  }

  private append({ stream: name, expected, events }: Append, recordedAtMs: number): WriteResult {
    const stream = this.stream(name);
    if (stream.isTombstone) return { kind: 'conflict', actual: stream.revision };
    if (stream.revision !== expected) {
      return this.repeated(stream, expected, events) ?? { kind: 'conflict', actual: stream.revision };
    }
    const number = stream.number ?? this.begin(name);
    for (const [index, { id, type, data, metadata }] of events.entries()) {
      const revision = expected + 1 + index;
      this.rows.push([this.nextPosition++, number, revision, id, type, data, metadata, recordedAtMs]);
    }
    const revision = expected + events.length;
    this.changed.set(name, { number, revision, isTombstone: false });
    return { kind: 'appended', revision, position: this.nextPosition - 1, repeated: false };
  }

  /** Returns the first result if exactly these events are stored at the expected place. */
  private repeated(stream: Stream, expected: number, events: readonly RawEvent[]): WriteResult | undefined {
    const revision = expected + events.length;
    if (stream.number === undefined || revision > stream.revision) return undefined;
    this.flush();
    const found = this.selectIds.all([stream.number, expected + 1, revision]) as [Uint8Array, number][];
    const last = found.at(-1);
    const isSame =
      found.length === events.length && events.every(({ id }, index) => same(id, found[index]?.[0] ?? id));
    return isSame && last !== undefined
      ? { kind: 'appended', revision, position: last[1], repeated: true }
      : undefined;
  }

  /** Erases the events and adds one in their place, which informs readers of all events. */
  private tombstone({ stream: name, expected, id }: Tombstone, recordedAtMs: number): WriteResult {
    const stream = this.stream(name);
    if (stream.revision !== expected) return { kind: 'conflict', actual: stream.revision };
    const number = stream.number ?? this.begin(name);
    this.flush();
    const [was] = this.selectTombstone.get([number]) as [number | null];
    if (was !== null) return { kind: 'appended', revision: expected, position: was, repeated: true };
    const position = this.nextPosition++;
    this.database.prepare('DELETE FROM events WHERE stream = ?').run([number]);
    this.database.prepare('DELETE FROM snapshots WHERE stream = ?').run([number]);
    this.database
      .prepare('UPDATE streams SET tombstone_revision = ?, tombstone_position = ? WHERE number = ?')
      .run([expected, position, number]);
    const nothing = new Uint8Array(0);
    this.rows.push([
      position,
      number,
      TOMBSTONE_REVISION,
      id,
      TOMBSTONE_TYPE,
      nothing,
      nothing,
      recordedAtMs,
    ]);
    this.changed.set(name, { number, revision: expected, isTombstone: true });
    return { kind: 'appended', revision: expected, position, repeated: false };
  }

  /** Loads, by one query, the streams of a batch that are not cached. */
  private meet(writes: readonly RawWrite[]): void {
    const unknown = new Set<string>();
    for (const { stream } of writes) if (!this.cache.has(stream)) unknown.add(stream);
    for (const [name, number, tombstoneRevision, revision] of this.standingsOf([...unknown])) {
      this.cache.set(name, {
        number,
        revision: tombstoneRevision ?? revision ?? NO_STREAM,
        isTombstone: tombstoneRevision !== null,
      });
    }
  }

  private standingsOf(names: readonly string[]): readonly Standing[] {
    const [name] = names;
    if (name === undefined) return [];
    if (names.length > 1) return this.selectStreams.all([JSON.stringify(names)]) as Standing[];
    // A list of one costs three times as much.
    const standing = this.selectStream.get([name]) as Standing | undefined;
    return standing === undefined ? [] : [standing];
  }

  private stream(name: string): Stream {
    return this.changed.get(name) ?? this.cache.get(name) ?? missing;
  }

  /** Gives a stream its number. */
  private begin(name: string): number {
    const number = this.nextNumber++;
    this.newStreams.push([number, name, null, null]);
    return number;
  }

  private flush(): void {
    this.insertStreams.insert(this.newStreams);
    this.insertEvents.insert(this.rows);
    this.newStreams = [];
    this.rows = [];
  }

  private remember(): void {
    for (const [name, stream] of this.changed) {
      this.cache.delete(name);
      this.cache.set(name, stream);
    }
    this.changed = new Map();
    for (const name of this.cache.keys()) {
      if (this.cache.size <= STREAMS_KNOWN_MAX) break;
      this.cache.delete(name);
    }
  }

  /** Clears the cache and reads the state of the file. */
  private reset(): void {
    this.cache.clear();
    this.changed = new Map();
    this.newStreams = [];
    this.rows = [];
    [this.nextPosition, this.nextNumber] = this.database
      .prepare(
        `SELECT 1 + max(
             coalesce((SELECT max(position) FROM events), 0),
             coalesce((SELECT max(tombstone_position) FROM streams WHERE tombstone_position IS NOT NULL), 0)),
           1 + coalesce((SELECT max(number) FROM streams), 0)`,
      )
      .raw()
      .get([]) as [number, number];
  }
}
