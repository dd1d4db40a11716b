import Database from 'libsql';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillShop } from '../../tests/support/analytics/shop';
import { realClock } from '../../platform/clock';
import { openEmbeddedReadModels, pinned, type ReadModels } from '../../platform/read-models';
import { localTimes, rowsOf, zoneOffsets, type FlatModel } from '../../platform/read-models/flat';
import { allProjections } from '../read-models';
import { flatModels } from './index';

const timeZone = 'Europe/London';

/** The rows as JavaScript makes them. */
const madeRows = async (readModels: ReadModels, model: FlatModel): Promise<readonly string[]> => {
  const source = allProjections.find(({ collection }) => collection.name === model.source)!;
  const rows: string[] = [];
  const localTime = localTimes(zoneOffsets(timeZone));
  for await (const document of (await pinned(readModels, source)).all({ index: 'id' }))
    for (const row of rowsOf(model, document, localTime)) rows.push(JSON.stringify(row));
  return rows.sort();
};

describe('the views of the flat models in SQLite', () => {
  let directory: string;
  let readModels: ReadModels;
  let file: Database.Database;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waybill-flat-'));
    const flat = { models: flatModels, timeZone };
    readModels = await openEmbeddedReadModels({ directory, clock: realClock, flat });
    await fillShop(readModels);
    // As any other program opens it, while the platform runs.
    file = new Database(`file:${join(directory, 'read-models.db')}?mode=ro`);
  });
  afterAll(async () => {
    file.close();
    await readModels.close();
    await rm(directory, { recursive: true });
  });

  it.each(flatModels.map((model) => ({ name: model.name, model })))(
    '$name has the rows that JavaScript makes of the documents',
    async ({ model }) => {
      const shown = file.prepare(`SELECT * FROM ${model.name}`).raw().all([]) as unknown[][];
      expect(shown.length).toBeGreaterThan(3);
      expect(shown.map((row) => JSON.stringify(row)).sort()).toEqual(await madeRows(readModels, model));
      const keys = file.prepare(`SELECT count(DISTINCT ${model.key}) FROM ${model.name}`).raw().get([]);
      expect(keys).toEqual([shown.length]);
    },
  );

  it('have the declared columns with their types', () => {
    const affinities = { TEXT: 'text', INT: 'integer', REAL: 'real' } as Record<string, string>;
    for (const { name, columns } of flatModels) {
      const shown = file.prepare(`SELECT name, type FROM pragma_table_info('${name}')`).all([]) as {
        readonly name: string;
        readonly type: string;
      }[];
      const plain = (type: string): string => (type === 'integer' || type === 'real' ? type : 'text');
      expect(shown.map((column) => [column.name, affinities[column.type]])).toEqual(
        columns.map((column) => [column.name, plain(column.type)]),
      );
    }
  });

  it('are described in the file', () => {
    const rows = file.prepare("SELECT * FROM data_dictionary WHERE model = 'orders' ORDER BY place").all([]);
    expect(rows[0]).toMatchObject({ column_name: 'order_id', type: 'text', events: 'OrderPlaced' });
  });

  it('count an imported order on the day of its sale, in the time of the shop too', () => {
    const sold = file
      .prepare("SELECT sold_at, sold_at_local, sold_on, placed_at FROM orders WHERE reference = 'INV-35'")
      .raw()
      .get([]);
    expect(sold).toEqual([
      '2026-03-29T21:00:00.125Z',
      '2026-03-29T22:00:00.125',
      '2026-03-29',
      '2026-04-02T15:00:00.125Z',
    ]);
  });

  it('follow a promotion, and another time zone', async () => {
    const before = file.prepare('SELECT count(*) FROM reviews').raw().get([]);
    expect(before).toEqual([7]);
    const { collection } = allProjections.find(({ collection: { name } }) => name === 'reviews')!;
    const next = { ...collection, version: 9 };
    await readModels.ensure(next);
    await readModels.promote(next);
    expect(file.prepare('SELECT count(*) FROM reviews').raw().get([])).toEqual([0]);
    await readModels.promote(collection);
    expect(file.prepare('SELECT count(*) FROM reviews').raw().get([])).toEqual(before);
    await readModels.close();
    const flat = { models: flatModels, timeZone: 'Asia/Tokyo' };
    readModels = await openEmbeddedReadModels({ directory, clock: realClock, flat });
    expect(
      file.prepare('SELECT placed_at, placed_at_local FROM orders WHERE order_number = 1').raw().get([]),
    ).toEqual(['2026-03-26T13:00:00.125Z', '2026-03-26T22:00:00.125']);
  });
});
