import { randomUUID } from 'node:crypto';
import { asUser, inDatabase } from '../../../tests/support/process/database-url';
import { describeOn } from '../../../tests/support/process/real-engine';
import { seededRandom } from '../../../tests/support/time/seeded-random';
import { realClock } from '../../clock';
import { positionOf } from '../../event-store';
import { isFault } from '../../faults';
import type { CollectionSpec, Document, ReadModels } from '../read-models';
import { openMongoReadModels } from './';

const spec: CollectionSpec = { name: 'raced', version: 1, indexes: [], schema: { type: 'object' } };
const ids = ['a', 'b', 'c', 'd', 'e'];

const shuffled = <Item>(items: readonly Item[], next: () => number): Item[] =>
  items
    .map((item) => ({ item, at: next() }))
    .sort((left, right) => left.at - right.at)
    .map(({ item }) => item);

describeOn('WAYBILL_TEST_MONGODB', 'writes to MongoDB that meet', (server) => {
  let models: ReadModels;
  beforeAll(async () => {
    models = openMongoReadModels({ url: inDatabase(server, `raced-${randomUUID()}`), clock: realClock });
    await models.ensure(spec);
  });
  afterAll(async () => {
    await models.drop(spec);
    await models.close();
  });

  /** One batch: by id, the position of each document, which it also says. */
  const write = (entries: Readonly<Record<string, number>>): Promise<void> =>
    models.write({
      collection: spec,
      upserts: Object.entries(entries).map(([id, number]) => ({
        document: { id, number } as Document,
        position: positionOf(number),
      })),
      deletes: [],
      position: positionOf(Math.max(...Object.values(entries))),
    });
  const numbersOf = async (wanted: readonly string[]): Promise<Record<string, number>> => {
    const stored = await models.getMany<Document & { readonly number: number }>(spec, wanted);
    return Object.fromEntries(stored.map(({ document }) => [document.id, document.number]));
  };

  it('keep the newest version of each document in any order', async () => {
    const random = seededRandom(7);
    const numbers = shuffled(
      Array.from({ length: 40 }, (_, index) => index + 1),
      () => random.next(),
    );
    for (const number of numbers)
      // Each batch holds some that are newer than what is there and some that are older.
      await write(Object.fromEntries(ids.map((id, index) => [id, number + ((index * 7) % 40)])));
    expect(await numbersOf(ids)).toEqual({ a: 40, b: 47, c: 54, d: 61, e: 68 });
  });

  it('leave the newer one where both find nothing and make it', async () => {
    for (let trial = 0; trial < 20; trial += 1) {
      const id = `fresh-${trial}`;
      const [one, other] = trial % 2 === 0 ? [1, 2] : [2, 1];
      await Promise.all([write({ [id]: one }), write({ [id]: other })]);
      expect(await numbersOf([id])).toEqual({ [id]: 2 });
    }
  });

  it('write the rest of a batch of which something is old', async () => {
    await write({ x: 100, y: 100 });
    await write({ x: 99, w: 101, y: 101, z: 101 });
    expect(await numbersOf(['w', 'x', 'y', 'z'])).toEqual({ w: 101, x: 100, y: 101, z: 101 });
  });

  it('keep keys that mean something to MongoDB', async () => {
    const document = { id: 'keys', event: { metadata: { $correlationId: 'c', 'a.b': [{ $x: 1 }] } } };
    await models.write({
      collection: spec,
      upserts: [{ document, position: positionOf(300) }],
      deletes: [],
      position: positionOf(300),
    });
    expect((await models.get(spec, 'keys'))?.document).toEqual(document);
  });

  it('say that the server refuses a name or a password', async () => {
    const stranger = openMongoReadModels({ url: asUser(server, 'nobody', 'hunter2'), clock: realClock });
    const error: unknown = await stranger.get(spec, 'a').catch((reason: unknown) => reason);
    await stranger.close();
    if (!isFault(error, 'READ_MODELS_UNAVAILABLE')) throw new Error('It was let in');
    expect(error.message).toContain('the name or password of WAYBILL_READ_MODELS');
    expect(error.message).not.toContain('hunter2');
  });
});
