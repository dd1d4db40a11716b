import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { inDatabase } from '../../../tests/support/process/database-url';
import { describeOn } from '../../../tests/support/process/real-engine';
import type { Instant } from '../../../domain/kernel';
import { realClock, type Clock } from '../../clock';
import { positionOf } from '../../event-store';
import { DocumentsRefused } from '../documents-refused';
import type { CollectionSpec, Document, ReadModels } from '../read-models';
import { openMongoReadModels } from './';

const spec: CollectionSpec = { name: 'refused', version: 1, indexes: [], schema: { type: 'object' } };
const COLLECTION = 'refused_v1';

describeOn('WAYBILL_TEST_MONGODB', 'a document in MongoDB', (server) => {
  const database = `refused-${randomUUID()}`;
  const analyst = new MongoClient(server);
  let aheadMs = 0;
  const clock: Clock = {
    ...realClock,
    now: () => new Date(Date.now() + aheadMs).toISOString() as Instant,
    monotonicMs: () => realClock.monotonicMs() + aheadMs,
  };
  let models: ReadModels;
  beforeEach(async () => {
    models = openMongoReadModels({ url: inDatabase(server, database), clock, markersKeptMs: 60_000 });
    await models.ensure(spec);
  });
  afterEach(async () => {
    await models.drop(spec);
    await models.close();
  });
  afterAll(async () => {
    await analyst.db(database).dropDatabase();
    await analyst.close();
  });

  const write = (number: number, documents: readonly object[], deletes: readonly string[] = []) =>
    models.write({
      collection: spec,
      upserts: documents.map((document) => ({
        document: document as Document,
        position: positionOf(number),
      })),
      deletes: deletes.map((id) => ({ id, position: positionOf(number) })),
      position: positionOf(number),
    });
  const refusalOf = async (writing: Promise<void>): Promise<DocumentsRefused> => {
    const error: unknown = await writing.catch((reason: unknown) => reason);
    if (!(error instanceof DocumentsRefused)) throw new Error('It was not refused', { cause: error });
    return error;
  };

  it.each([16, 40])(
    'of %d MiB is refused by its id, and its batch is not taken for written',
    async (size) => {
      const text = 'x'.repeat(size * 1024 * 1024);
      const { refused } = await refusalOf(write(1, [{ id: 'small' }, { id: 'large', text }]));
      expect([...refused.keys()]).toEqual(['large']);
      expect(refused.get('large')).toContain('16 MiB');
      expect(await models.checkpoint(spec)).toBeUndefined();
      await write(1, [{ id: 'small' }]);
      expect(await models.count(spec)).toBe(1);
    },
  );

  it('that a unique index of an analyst does not allow is refused by its id', async () => {
    await analyst.db(database).collection(COLLECTION).createIndex({ name: 1 }, { unique: true }, {});
    await write(1, [{ id: 'a', name: 'Ann' }]);
    const { refused } = await refusalOf(write(2, [{ id: 'b', name: 'Ann' }]));
    expect([...refused.keys()]).toEqual(['b']);
    expect(refused.get('b')).toContain('unique index');
    // Two markers of deletions have no name; the index allows one document without.
    await write(3, [{ id: 'c', name: 'Cat' }]);
    await write(4, [], ['a', 'c']);
    expect(await models.count(spec)).toBe(0);
  });

  it('that was deleted leaves a marker, which is removed once nothing can come late', async () => {
    await write(1, [{ id: 'a' }, { id: 'b' }]);
    await write(2, [], ['a', 'b', 'never']);
    const stored = analyst.db(database).collection(COLLECTION);
    expect(await stored.countDocuments()).toBe(3);
    await write(3, [{ id: 'b' }]);
    aheadMs += 61_000;
    await write(4, [{ id: 'other' }]);
    const left = (await stored.find({}, { projection: { _id: 1 } }).toArray()).map(({ _id }) => String(_id));
    expect(left.sort()).toEqual(['b', 'other']);
  });
});
