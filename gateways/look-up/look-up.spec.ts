import type { AccountId, SerialNumber } from '../../domain/kernel';
import { positionOf } from '../../platform/event-store';
import type { CollectionSpec, Document } from '../../platform/read-models';
import { memoryReadModels } from '../../platform/read-models/memory';
import { accounts } from '../../projections/accounts';
import { catalogue } from '../../projections/catalogue';
import { warehouses } from '../../projections/warehouses';
import { createLookUps, served } from './index';

const collection: CollectionSpec = {
  name: 'things',
  version: 1,
  indexes: [{ name: 'by_id', fields: ['id'] }],
  schema: { type: 'object' },
};

const filled = async (specs: ReadonlyMap<CollectionSpec, readonly Document[]>) => {
  const readModels = memoryReadModels();
  for (const [spec, documents] of specs) {
    await readModels.ensure(spec);
    const upserts = documents.map((document) => ({ document, position: positionOf(1) }));
    await readModels.write({ collection: spec, upserts, deletes: [], position: positionOf(7) });
  }
  return readModels;
};

describe('a read model as it is served', () => {
  it('is the version that was promoted, from the moment it was', async () => {
    const next = { ...collection, version: 2 };
    const readModels = await filled(
      new Map([
        [collection, [{ id: 'old' }]],
        [next, [{ id: 'new' }]],
      ]),
    );
    const things = served(readModels, { collection });
    expect((await things.get('old'))?.document).toEqual({ id: 'old' });
    const pinned = await things.pinned();
    await readModels.promote(next);
    expect((await pinned.get('old'))?.document).toEqual({ id: 'old' });
    expect(await things.get('old')).toBeUndefined();
    expect((await things.get('new'))?.document).toEqual({ id: 'new' });
    expect(await things.checkpoint()).toBe(positionOf(7));
  });

  it('is empty before anybody keeps it', async () => {
    const things = served(memoryReadModels(), { collection });
    expect(await things.checkpoint()).toBeUndefined();
    expect((await things.list({ index: 'by_id', first: 10 })).items).toEqual([]);
  });

  it('gives all documents, however many pages they take', async () => {
    const documents = Array.from({ length: 2_345 }, (_, index) => ({ id: String(index) }));
    const things = served(await filled(new Map([[collection, documents]])), { collection });
    const ids = new Set<string>();
    for await (const { id } of things.all({ index: 'by_id' })) ids.add(id);
    expect(ids.size).toBe(2_345);
  });
});

describe('what gateways look up', () => {
  it('is found by number and by id, or is not there', async () => {
    const warehouse = { id: '3', warehouseId: 3, name: 'W', x: 1, y: -2, active: true, registeredAt: '' };
    const {
      warehouses: sites,
      productByNumber,
      emailOf,
    } = createLookUps(
      await filled(
        new Map<CollectionSpec, readonly Document[]>([
          [warehouses.collection, [warehouse]],
          [catalogue.collection, [{ id: 'p', number: 12 } as Document]],
          [accounts.collection, [{ id: 'ann', email: 'ann@example.org' } as Document]],
        ]),
      ),
    );
    expect(await sites()).toEqual([{ warehouseId: 3, place: { x: 1, y: -2 }, active: true }]);
    expect(await productByNumber(12 as SerialNumber)).toBe('p');
    expect(await productByNumber(13 as SerialNumber)).toBeUndefined();
    expect(await emailOf('ann' as AccountId)).toBe('ann@example.org');
    expect(await emailOf('bob' as AccountId)).toBeUndefined();
  });
});
