import { randomUUID } from 'node:crypto';
import { MongoClient, type Db } from 'mongodb';
import { fillShop } from '../../tests/support/analytics/shop';
import { inDatabase } from '../../tests/support/process/database-url';
import { describeOn } from '../../tests/support/process/real-engine';
import { realClock } from '../../platform/clock';
import { positionOf } from '../../platform/event-store';
import { DocumentsRefused, pinned, type ReadModels } from '../../platform/read-models';
import { openMongoReadModels } from '../../platform/read-models/mongodb';
import { localTimes, rowsOf, zoneOffsets, type FlatModel } from '../../platform/read-models/flat';
import { allProjections } from '../read-models';
import { flatModels } from './index';

describeOn('WAYBILL_TEST_MONGODB', 'the flat models in MongoDB', (server) => {
  const name = `flat-${randomUUID()}`;
  const open = (timeZone: string): ReadModels =>
    openMongoReadModels({
      url: inDatabase(server, name),
      clock: realClock,
      flat: { models: flatModels, timeZone },
    });
  let readModels: ReadModels;
  let client: MongoClient;
  let database: Db;
  beforeAll(async () => {
    client = await new MongoClient(server).connect();
    database = client.db(name);
    readModels = open('Europe/London');
    await fillShop(readModels);
  });
  afterAll(async () => {
    await readModels.close();
    await database.dropDatabase();
    await client.close();
  });

  const sourceOf = ({ source }: FlatModel) =>
    allProjections.find(({ collection }) => collection.name === source)!;

  const madeRows = async (model: FlatModel, timeZone: string): Promise<readonly object[]> => {
    const localTime = localTimes(zoneOffsets(timeZone));
    const rows: object[] = [];
    for await (const document of (await pinned(readModels, sourceOf(model))).all({ index: 'id' }))
      for (const row of rowsOf(model, document, localTime))
        rows.push(Object.fromEntries(model.columns.map(({ name: column }, at) => [column, row[at]])));
    return rows;
  };

  const storedRows = async (model: FlatModel): Promise<readonly object[]> => {
    const collection = `flat_${model.name}_v${sourceOf(model).collection.version}`;
    const stored = await database
      .collection(collection)
      .find({ deletedAt: { $exists: false } })
      .toArray();
    for (const row of stored) expect(row._id as unknown).toBe(row[model.key]);
    return stored.map((row) => ({ ...row, _id: undefined, lastPosition: undefined }));
  };

  const sorted = (rows: readonly object[]): readonly string[] =>
    rows.map((row) => JSON.stringify(row)).sort();

  it.each(flatModels.map((model) => ({ name: model.name, model })))(
    '$name has the rows of its documents',
    async ({ model }) => {
      const stored = await storedRows(model);
      expect(stored.length).toBeGreaterThan(3);
      expect(sorted(stored)).toEqual(sorted(await madeRows(model, 'Europe/London')));
    },
  );

  it('are made again for another time zone, and only then', async () => {
    const [orders] = flatModels as readonly [FlatModel];
    await readModels.close();
    readModels = open('Asia/Tokyo');
    const { collection } = sourceOf(orders);
    await database.collection(`flat_orders_v${collection.version}`).deleteMany({ order_number: 1 });
    await readModels.ensure(collection);
    expect(sorted(await storedRows(orders))).toEqual(sorted(await madeRows(orders, 'Asia/Tokyo')));
    await database.collection(`flat_orders_v${collection.version}`).deleteMany({ order_number: 1 });
    await readModels.ensure(collection);
    expect(await storedRows(orders)).toHaveLength((await madeRows(orders, 'Asia/Tokyo')).length - 1);
  });

  it('are described in the database', async () => {
    const found = await database.collection('flat_models').findOne({ model: 'order_lines' });
    expect(found).toMatchObject({ source: 'order_details', timeZone: 'Asia/Tokyo' });
    expect(found?.['columns']).toContainEqual(
      expect.objectContaining({ name: 'quantity', type: 'integer', unit: 'pieces', events: ['OrderPlaced'] }),
    );
  });

  it('are written where the writing of the documents is interrupted', async () => {
    const [orders] = flatModels as readonly [FlatModel];
    const { collection } = sourceOf(orders);
    let [document]: readonly { readonly id: string }[] = [];
    for await (document of (await pinned(readModels, sourceOf(orders))).all({ index: 'id' })) break;
    const changed = { ...document!, customerId: 'another customer' };
    const tooLarge = { ...document!, id: randomUUID(), customerId: 'x'.repeat(17 * 1024 * 1024) };
    const position = positionOf(2n ** 40n);
    await expect(
      readModels.write({
        collection,
        position: undefined,
        upserts: [changed, tooLarge].map((one) => ({ document: one, position })),
        deletes: [],
      }),
    ).rejects.toThrow(DocumentsRefused);
    const stored = await storedRows(orders);
    expect(stored.find((row) => (row as { order_id?: string }).order_id === changed.id)).toMatchObject({
      customer_id: 'another customer',
    });
  });

  it('are dropped with the documents that they were made of', async () => {
    const { collection } = allProjections.find(({ collection: { name: one } }) => one === 'reviews')!;
    await readModels.drop(collection);
    const left = await database.listCollections({ name: /^flat_reviews/ }).toArray();
    expect(left).toEqual([]);
    expect(await database.collection('flat_models').findOne({ model: 'reviews' })).toBeNull();
  });
});
