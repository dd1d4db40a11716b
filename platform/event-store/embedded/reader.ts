import type Database from 'libsql';
import { Fault } from '../../faults';
import { openForReading } from './database';
import { NO_STREAM } from './record';
import type { RawRecord } from './record';
import { verifyFile } from './verify';
import type { StoreReport } from './verify';

type Row = readonly [
  position: number,
  stream: string,
  revision: number,
  id: Uint8Array,
  type: string,
  data: string | Uint8Array,
  metadata: string | Uint8Array,
  recordedAtMs: number,
];

/** The state of a stream. `revision`: its last one, or NO_STREAM. */
export type StreamStanding = { readonly revision: number; readonly isTombstone: boolean };

const columns = 'position, name, revision, id, type, data, metadata, recorded_at';

const statements = {
  ofStream: `
    SELECT ${columns} FROM streams CROSS JOIN events ON stream = number
    WHERE name = ? AND tombstone_revision IS NULL AND revision >= ? ORDER BY revision LIMIT ?`,
  ofStreamBackwards: `
    SELECT ${columns} FROM streams CROSS JOIN events ON stream = number
    WHERE name = ? AND tombstone_revision IS NULL AND revision <= ? ORDER BY revision DESC LIMIT ?`,
  all: `
    SELECT ${columns} FROM events CROSS JOIN streams ON number = stream
    WHERE position > ? ORDER BY position LIMIT ?`,
  allBackwards: `
    SELECT ${columns} FROM events CROSS JOIN streams ON number = stream
    WHERE position < ? ORDER BY position DESC LIMIT ?`,
  head: 'SELECT max(position) FROM events',
  headOfPlain: `
    SELECT position FROM events CROSS JOIN streams ON number = stream
    WHERE type NOT GLOB '$*' AND name NOT GLOB '$*' ORDER BY position DESC LIMIT 1`,
  has: 'SELECT 1 FROM streams WHERE name = ?',
  standing: `
    SELECT tombstone_revision, (SELECT max(revision) FROM events WHERE stream = number)
    FROM streams WHERE name = ?`,
};

const snapshotOf = `
  SELECT content FROM streams CROSS JOIN snapshots ON stream = number
  WHERE name = ? AND tombstone_revision IS NULL`;

const recordOf = ([position, stream, revision, id, type, data, metadata, recordedAtMs]: Row): RawRecord => ({
  position,
  stream,
  revision,
  id,
  type,
  data,
  metadata,
  recordedAtMs,
});

/** Reads the file in bounded steps, beside the writer: each step sees everything that was committed before it. */
export class Reader {
  private readonly database: Database.Database;
  private readonly prepared: Readonly<Record<keyof typeof statements, Database.Statement>>;

  /** Prepared at its first use: a file that an older program made may not have the table. */
  private preparedSnapshot: Database.Statement | undefined;

  constructor(file: string) {
    this.database = openForReading(file);
    const prepare = (sql: string): Database.Statement => this.database.prepare(sql).raw();
    this.prepared = {
      ofStream: prepare(statements.ofStream),
      ofStreamBackwards: prepare(statements.ofStreamBackwards),
      all: prepare(statements.all),
      allBackwards: prepare(statements.allBackwards),
      head: prepare(statements.head),
      headOfPlain: prepare(statements.headOfPlain),
      has: prepare(statements.has),
      standing: prepare(statements.standing),
    };
  }

  /** Reads from a revision on, inclusive. */
  ofStream(stream: string, from: number, limit: number): RawRecord[] {
    // Most streams are first read just before they begin, and this check costs half as much.
    if (this.guard(() => this.prepared.has.get([stream])) === undefined) return [];
    return this.rows('ofStream', [stream, from, limit]);
  }

  /** Reads from a revision back, inclusive. */
  ofStreamBackwards(stream: string, from: number, limit: number): RawRecord[] {
    return this.rows('ofStreamBackwards', [stream, from, limit]);
  }

  /** Reads after a position. */
  all(after: number, limit: number): RawRecord[] {
    return this.rows('all', [after, limit]);
  }

  /** Reads before a position, the last one first. */
  allBackwards(before: number, limit: number): RawRecord[] {
    return this.rows('allBackwards', [before, limit]);
  }

  /** Returns the position of the last event, system events included; undefined in an empty store. */
  head(): number | undefined {
    const [position] = this.guard(() => this.prepared.head.get([])) as [number | null];
    return position ?? undefined;
  }

  /** Returns the position of the last event that is not a system event. */
  headOfPlain(): number | undefined {
    const row = this.guard(() => this.prepared.headOfPlain.get([])) as [number] | undefined;
    return row?.[0];
  }

  standing(stream: string): StreamStanding {
    const row = this.guard(() => this.prepared.standing.get([stream])) as
      [tombstone: number | null, last: number | null] | undefined;
    if (row === undefined) return { revision: NO_STREAM, isTombstone: false };
    const [tombstone, last] = row;
    return { revision: tombstone ?? last ?? NO_STREAM, isTombstone: tombstone !== null };
  }

  /** Returns the content of a stream's snapshot. */
  snapshot(stream: string): Uint8Array | undefined {
    const row = this.guard(() => {
      this.preparedSnapshot ??= this.database.prepare(snapshotOf).raw();
      return this.preparedSnapshot.get([stream]);
    }) as [Uint8Array] | undefined;
    return row?.[0];
  }

  verify(): Promise<StoreReport> {
    return verifyFile(this.database);
  }

  close(): void {
    this.database.close();
  }

  private rows(statement: keyof typeof statements, values: readonly unknown[]): RawRecord[] {
    const rows = this.guard(() => this.prepared[statement].all(values)) as Row[];
    return rows.map(recordOf);
  }

  private guard<Result>(read: () => Result): Result {
    try {
      return read();
    } catch (error) {
      throw new Fault('STORE_UNAVAILABLE', 'The event file cannot be read', { cause: error });
    }
  }
}
