import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'libsql';
import { positionOf } from '../../event-store';
import { isFault } from '../../faults';
import type { CollectionSpec } from '../read-models';
import { openForWriting } from './database';
import { Writer } from './writer';

const things: CollectionSpec = { name: 'things', version: 1, indexes: [], schema: { type: 'object' } };

let directory: string;
let database: Database.Database;
let writer: Writer;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waybill-full-disk-'));
  database = openForWriting(join(directory, 'read-models.db'));
  writer = new Writer(database);
  writer.ensure(things);
});
afterEach(async () => {
  database.close();
  await rm(directory, { recursive: true });
});

const write = (number: number): void =>
  writer.write({
    table: 'things_v1',
    replaces: false,
    upserts: [
      {
        id: `thing-${number}`,
        document: JSON.stringify({ text: 'x'.repeat(4_000) }),
        position: positionOf(number),
      },
    ],
    deletes: [],
    position: positionOf(number),
  });
const one = (sql: string): unknown => (database.prepare(sql).raw().get([]) as [unknown])[0];

it('read models on a full disk refuse a batch whole, keep the others, and go on when there is room', () => {
  const pages = Number(one('PRAGMA page_count'));
  database.pragma(`max_page_count = ${pages + 60}`);
  let written = 0;
  const fill = (): void => {
    for (;;) {
      write(written + 1);
      written += 1;
    }
  };
  let error: unknown;
  try {
    fill();
  } catch (caught) {
    error = caught;
  }
  expect(isFault(error, 'READ_MODELS_UNAVAILABLE')).toBe(true);
  expect(written).toBeGreaterThan(10);
  expect([one('SELECT count(*) FROM things_v1'), one('SELECT position FROM checkpoints')]).toEqual([
    written,
    positionOf(written),
  ]);
  database.pragma(`max_page_count = ${pages + 600}`);
  write(written + 1);
  expect(one('SELECT count(*) FROM things_v1')).toBe(written + 1);
});
