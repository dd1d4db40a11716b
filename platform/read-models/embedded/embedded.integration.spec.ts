import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { leaseContract } from '../../../tests/contract/lease.contract';
import { readModelsContract } from '../../../tests/contract/read-models.contract';
import { realClock } from '../../clock';
import { positionOf } from '../../event-store';
import type { CollectionSpec, Document, Query, ReadModels } from '../read-models';
import { planOf } from '../query';
import { openEmbeddedReadModels } from './';
import { openForWriting } from './database';
import { listStatements } from './statements';
import { Writer } from './writer';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waybill-read-models-'));
});
afterAll(() => rm(directory, { recursive: true }));

describe('the embedded read models', () => {
  readModelsContract(() => openEmbeddedReadModels({ directory, clock: realClock }));
  leaseContract(() => openEmbeddedReadModels({ directory, clock: realClock }));
});

const lamps: CollectionSpec = {
  name: 'lamps',
  version: 3,
  indexes: [
    { name: 'by_colour', fields: ['colour', 'price.amount'] },
    { name: 'by_price', fields: ['price.amount'] },
  ],
  searchFields: ['name'],
  schema: { type: 'object', required: ['id'] },
};

const lamp = (number: number): Document => {
  const colour = number % 2 === 0 ? 'red' : null;
  return { id: `lamp-${number}`, name: `Lamp ${number}`, colour, price: { amount: number } } as Document;
};

let made = 0;
const freshDirectory = async (): Promise<string> => {
  const fresh = join(directory, `case-${(made += 1)}`);
  await mkdir(fresh);
  return fresh;
};
const open = (where: string): Promise<ReadModels> =>
  openEmbeddedReadModels({ directory: where, clock: realClock });
const fill = (readModels: ReadModels, documents: readonly Document[], position = 1): Promise<void> =>
  readModels.write({
    collection: lamps,
    upserts: documents.map((document) => ({ document, position: positionOf(position) })),
    deletes: [],
    position: positionOf(position),
  });

describe('the file of the embedded read models', () => {
  it('has it all again when it is opened again', async () => {
    const where = await freshDirectory();
    const before = await open(where);
    await before.ensure(lamps);
    await fill(before, [lamp(1)], 8);
    await before.promote(lamps);
    await before.close();
    const after = await open(where);
    await after.ensure(lamps);
    expect(await after.get(lamps, 'lamp-1')).toEqual({ document: lamp(1), lastPosition: positionOf(8) });
    expect(await after.checkpoint(lamps)).toBe(positionOf(8));
    expect(await after.promoted('lamps')).toBe(3);
    expect((await after.search(lamps, { text: 'lamp', first: 1 })).items).toHaveLength(1);
    await after.close();
  });

  it('can be read with plain SQL beside us', async () => {
    const where = await freshDirectory();
    const readModels = await open(where);
    await readModels.ensure(lamps);
    await fill(readModels, [lamp(1), lamp(2)]);
    const beside = new Database(join(where, 'read-models.db'));
    expect(
      beside
        .prepare(
          `SELECT id, document ->> '$.price.amount' AS price FROM lamps_v3 WHERE document ->> '$.colour' = ?`,
        )
        .raw()
        .all(['red']),
    ).toEqual([['lamp-2', 2]]);
    expect(beside.prepare('SELECT table_name, name, version, schema FROM collections').raw().all([])).toEqual(
      [['lamps_v3', 'lamps', 3, JSON.stringify(lamps.schema)]],
    );
    beside.close();
    await readModels.close();
  });

  it('keeps documents and position together: a batch that can’t be written leaves neither', async () => {
    const database = openForWriting(join(await freshDirectory(), 'read-models.db'));
    const writer = new Writer(database);
    writer.ensure(lamps);
    const batch = {
      table: 'lamps_v3',
      replaces: false,
      upserts: [
        { id: 'a', document: '{"id":"a"}', position: '1' },
        { id: 'b', document: null as never, position: '1' },
      ],
      deletes: [],
      position: '1',
    };
    expect(() => writer.write(batch)).toThrow(/NOT NULL/);
    expect(database.prepare('SELECT count(*) FROM lamps_v3').raw().all([])).toEqual([[0]]);
    expect(database.prepare('SELECT count(*) FROM checkpoints').raw().all([])).toEqual([[0]]);
    // And the writer is fit for the next one.
    writer.write({ ...batch, upserts: batch.upserts.slice(0, 1) });
    expect(database.prepare('SELECT count(*) FROM lamps_v3').raw().all([])).toEqual([[1]]);
    database.close();
  });

  it('loses the indexes that are no longer declared, and changes those that are declared otherwise', async () => {
    const database = openForWriting(join(await freshDirectory(), 'read-models.db'));
    const writer = new Writer(database);
    const indexes = (): unknown =>
      database
        .prepare(
          `SELECT name, sql LIKE '%colour%' FROM sqlite_schema
          WHERE type = 'index' AND tbl_name = 'lamps_v3' AND sql IS NOT NULL ORDER BY name`,
        )
        .raw()
        .all([]);
    writer.ensure(lamps);
    expect(indexes()).toEqual([
      ['lamps_v3__by_colour', 1],
      ['lamps_v3__by_price', 0],
    ]);
    writer.ensure({ ...lamps, indexes: [{ name: 'by_price', fields: ['price.amount', 'colour'] }] });
    expect(indexes()).toEqual([['lamps_v3__by_price', 1]]);
    database.close();
  });
});

describe('the queries of the embedded read models', () => {
  const queries: [string, Query][] = [
    ['equality', { index: 'by_colour', where: { colour: 'red' }, first: 5 }],
    ['equality with null', { index: 'by_colour', where: { colour: null }, first: 5 }],
    ['a range', { index: 'by_price', range: { gte: 10, lt: 20 }, first: 5 }],
    ['order alone', { index: 'by_price', first: 5, order: 'descending' }],
    ['the id', { index: 'id', first: 5 }],
  ];
  const cursors = ['the first page', 'a later page', 'a later page from null on'] as const;

  it.each(queries.flatMap(([name, query]) => cursors.map((cursor) => [name, cursor, query] as const)))(
    'by %s, %s, seek in an index and never sort',
    async (_name, cursor, query) => {
      const database = openForWriting(join(await freshDirectory(), 'read-models.db'));
      new Writer(database).ensure(lamps);
      const amount = cursor === 'a later page from null on' ? null : 12;
      const last = { id: 'lamp-12', colour: 'red', price: { amount } } as Document;
      const after = cursor === 'the first page' ? {} : { after: planOf(lamps, query).cursorOf(last) };
      for (const { sql, values } of listStatements(lamps, planOf(lamps, { ...query, ...after }))) {
        const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all([...values, 5]) as {
          detail: string;
        }[];
        const details = steps.map(({ detail }) => detail);
        expect(details).toEqual([expect.stringMatching(/^(SEARCH|SCAN) lamps_v3 USING INDEX /)]);
        if (query.where ?? query.range ?? after.after) expect(details[0]).toMatch(/^SEARCH/);
      }
      database.close();
    },
  );
});

describe('the documents at hand of the embedded read models', () => {
  it('are never older than the last write that was answered', async () => {
    const where = await freshDirectory();
    const readModels = await open(where);
    await readModels.ensure(lamps);
    for (let time = 1; time <= 20; time += 1) {
      await fill(readModels, [{ ...lamp(1), time } as Document], time);
      const stored = await readModels.get<Document & { time: number }>(lamps, 'lamp-1');
      expect(stored?.document.time).toBe(time);
      expect(await readModels.get(lamps, 'lamp-1')).toBe(stored);
    }
    await readModels.close();
  });
});
