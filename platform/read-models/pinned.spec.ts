import { positionOf } from '../event-store';
import type { CollectionSpec, Document } from './';
import { memoryReadModels } from './memory';
import { pinned, type Pinned } from './';

const collection: CollectionSpec = {
  name: 'things',
  version: 1,
  indexes: [{ name: 'by_name', fields: ['name'] }],
  schema: { type: 'object' },
};
const next = { ...collection, version: 2 };
const query = { index: 'by_name' };

const write = async (
  readModels: ReturnType<typeof memoryReadModels>,
  spec: CollectionSpec,
  documents: readonly Document[],
  checkpoint: number,
): Promise<void> => {
  await readModels.ensure(spec);
  const upserts = documents.map((document) => ({ document, position: positionOf(checkpoint) }));
  await readModels.write({ collection: spec, upserts, deletes: [], position: positionOf(checkpoint) });
};

const idsOf = async (things: Pinned<Document>): Promise<string[]> => {
  const ids: string[] = [];
  for await (const { id } of things.all(query)) ids.push(id);
  return ids;
};

describe('a pinned read model', () => {
  it('keeps to the version that was served at first, documents and checkpoint', async () => {
    const readModels = memoryReadModels();
    await write(readModels, collection, [{ id: 'old' }], 7);
    await write(readModels, next, [{ id: 'new' }], 5);
    const before = await pinned(readModels, { collection });
    await readModels.promote(next);
    expect(await idsOf(before)).toEqual(['old']);
    expect(await before.checkpoint()).toBe(positionOf(7));
    const after = await pinned(readModels, { collection });
    expect(await idsOf(after)).toEqual(['new']);
    expect(await after.checkpoint()).toBe(positionOf(5));
  });

  it('is empty before it is maintained', async () => {
    const things = await pinned(memoryReadModels(), { collection });
    expect(await things.checkpoint()).toBeUndefined();
    expect(await idsOf(things)).toEqual([]);
  });

  it('returns all documents, over any number of pages', async () => {
    const readModels = memoryReadModels();
    const documents = Array.from({ length: 2_345 }, (_, index) => ({ id: String(index) }));
    await write(readModels, collection, documents, 1);
    expect(new Set(await idsOf(await pinned(readModels, { collection }))).size).toBe(2_345);
  });
});
