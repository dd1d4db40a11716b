import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'libsql';
import { newId } from '../../../tests/support/event-store/new-events';
import { Fault } from '../../faults';
import { openForWriting } from './database';
import { NO_STREAM, uuidBytes } from './record';
import type { RawWrite } from './record';
import { Writer } from './writer';

let directory: string;
let database: Database.Database;
let writer: Writer;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waybill-writer-'));
  database = openForWriting({ file: join(directory, 'events.db') });
  writer = new Writer(database);
});
afterEach(async () => {
  database.close();
  await rm(directory, { recursive: true });
});

const append = (stream: string, expected: number, size = 10, count = 1): RawWrite => ({
  kind: 'append',
  stream,
  expected,
  events: Array.from({ length: count }, () => ({
    id: uuidBytes(newId()),
    type: 'TrialHeld',
    data: JSON.stringify({ text: 'x'.repeat(size) }),
    metadata: '{}',
  })),
});

const tombstone = (stream: string, expected: number): RawWrite => ({
  kind: 'tombstone',
  stream,
  expected,
  id: uuidBytes(newId()),
});

const write = (...writes: readonly RawWrite[]) => writer.write({ writes, recordedAtMs: 1_000 });

const countOf = (table: string): number =>
  (database.prepare(`SELECT count(*) FROM ${table}`).raw().get([]) as [number])[0];

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'done';
  } catch (error) {
    return error instanceof Fault ? error.code : String(error);
  }
};

describe('a batch', () => {
  it('decides each write on what those before it in the batch have done', () => {
    const twice = append('order-1', NO_STREAM, 10, 2);
    const results = write(
      twice,
      append('order-1', 1),
      append('order-1', 1),
      twice,
      tombstone('order-1', 2),
      append('order-1', 2),
      append('order-2', NO_STREAM),
    );
    expect(results).toEqual([
      { kind: 'appended', revision: 1, position: 2, repeated: false },
      { kind: 'appended', revision: 2, position: 3, repeated: false },
      { kind: 'conflict', actual: 2 },
      { kind: 'appended', revision: 1, position: 2, repeated: true },
      { kind: 'appended', revision: 2, position: 4, repeated: false },
      { kind: 'conflict', actual: 2 },
      { kind: 'appended', revision: 0, position: 5, repeated: false },
    ]);
    // One of the second stream, and one that stands for the erased one.
    expect(countOf('events')).toBe(2);
  });

  it('of many rows is written in full', () => {
    write(...Array.from({ length: 700 }, (_, index) => append(`order-${index}`, NO_STREAM)));
    expect([countOf('events'), countOf('streams')]).toEqual([700, 700]);
  });

  it('leaves no trace of a stream that it refused to begin', () => {
    expect(write(append('order-1', 3))).toEqual([{ kind: 'conflict', actual: NO_STREAM }]);
    expect(countOf('streams')).toBe(0);
  });

  it('that fails half-way leaves nothing, and the next one finds all as it was', () => {
    write(append('order-1', NO_STREAM));
    const broken = { ...append('order-3', NO_STREAM), stream: undefined as unknown as string };
    expect(() => write(append('order-1', 0), append('order-2', NO_STREAM), broken)).toThrow();
    expect([countOf('events'), countOf('streams')]).toEqual([1, 1]);
    expect(write(append('order-1', 0), append('order-2', NO_STREAM))).toEqual([
      { kind: 'appended', revision: 1, position: 2, repeated: false },
      { kind: 'appended', revision: 0, position: 3, repeated: false },
    ]);
  });
});

describe('positions', () => {
  it('are never assigned twice, even after the last event was erased and the file opened again', () => {
    write(append('order-1', NO_STREAM), append('order-2', NO_STREAM));
    write(tombstone('order-2', 0));
    expect(new Writer(database).write({ writes: [append('order-3', NO_STREAM)], recordedAtMs: 0 })).toEqual([
      { kind: 'appended', revision: 0, position: 4, repeated: false },
    ]);
  });
});

describe('a full disk', () => {
  it('refuses what does not fit, keeps what was written, and goes on when there is room', () => {
    const [pages] = database.prepare('PRAGMA page_count').raw().get([]) as [number];
    database.pragma(`max_page_count = ${pages + 60}`);
    let written = 0;
    const fill = (): void => {
      for (;;) {
        write(append(`order-${written}`, NO_STREAM, 4_000));
        written += 1;
      }
    };
    expect(codeOf(fill)).toBe('STORE_FULL');
    expect(written).toBeGreaterThan(10);
    expect(countOf('events')).toBe(written);
    write(tombstone('order-0', 0));
    expect(write(append('order-again', NO_STREAM, 1_000))).toMatchObject([{ kind: 'appended', revision: 0 }]);
    database.pragma(`max_page_count = ${pages + 600}`);
    expect(write(append(`order-${written}`, NO_STREAM, 4_000))).toMatchObject([{ kind: 'appended' }]);
  });
});

describe('the file', () => {
  it('of another shape is refused', () => {
    database.pragma('user_version = 99');
    expect(codeOf(() => openForWriting({ file: join(directory, 'events.db') }))).toBe('STORE_CORRUPT');
  });

  it('syncs its log at every commit', () => {
    const pragma = (name: string) => (database.prepare(`PRAGMA ${name}`).raw().get([]) as [unknown])[0];
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('secure_delete')]).toEqual(['wal', 2, 1]);
  });
});
