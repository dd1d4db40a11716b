import type { Position } from '../../platform/event-store';
import type { CollectionSpec, Document, ReadModels, WriteBatch } from '../../platform/read-models';
import { at, createBench, idsOf, type Thing } from './read-models-bench';
import { choicesContract } from './read-models-choices';
import { queriesContract } from './read-models-queries';

/**
 * The contract of every engine of the read models.
 *
 * @param open - an engine; may share its file or server with other suites: this one names its own collections.
 */
export const readModelsContract = (open: () => Promise<ReadModels>): void => {
  const bench = createBench(open);

  describe('documents', () => {
    it('are read back as they were written, with the position that wrote them', async () => {
      const document = {
        id: 'a',
        name: 'Lämp "1" \u{1F4A1}',
        price: { amount: 12.5 },
        active: true,
        tags: ['x', 'y'],
      };
      await bench.put([document], 7);
      expect(await bench.models.get(bench.things, 'a')).toEqual({ document, lastPosition: at(7) });
      expect(await bench.models.get(bench.things, 'b')).toBeUndefined();
    });

    it('are read many at once, each once, without those that are missing', async () => {
      await bench.put([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
      const found = await bench.models.getMany<Thing>(bench.things, ['c', 'a', 'none', 'a']);
      expect(found.map(({ document }) => document.id).sort()).toEqual(['a', 'c']);
      expect(await bench.models.getMany(bench.things, [])).toEqual([]);
    });

    it('are only replaced by what is newer', async () => {
      await bench.put([{ id: 'a', name: 'second' }], 2);
      await bench.put([{ id: 'a', name: 'first' }], 1);
      await bench.put([{ id: 'a', name: 'second again' }], 2);
      expect(await bench.models.get(bench.things, 'a')).toEqual({
        document: { id: 'a', name: 'second' },
        lastPosition: at(2),
      });
      await bench.put([{ id: 'a', name: 'third' }], 3);
      expect((await bench.models.get<Thing>(bench.things, 'a'))?.document.name).toBe('third');
    });

    it('are written without a position, which stays', async () => {
      const write = (id: string, position: Position | undefined): Promise<void> => {
        const upserts = [{ document: { id }, position: at(7) }];
        return bench.models.write({ collection: bench.things, upserts, deletes: [], position });
      };
      await write('a', undefined);
      expect(await bench.models.count(bench.things)).toBe(1);
      expect(await bench.models.checkpoint(bench.things)).toBeUndefined();
      await write('b', at(7));
      await write('c', undefined);
      expect(await bench.models.count(bench.things)).toBe(3);
      expect(await bench.models.checkpoint(bench.things)).toBe(at(7));
    });

    it('are corrected by a write that replaces stored ones that are as new', async () => {
      const correct = (batch: Pick<WriteBatch, 'upserts' | 'deletes'>): Promise<void> =>
        bench.models.write({ collection: bench.things, position: at(5), replaces: true, ...batch });
      await bench.put([{ id: 'a', name: 'wrong' }, { id: 'b' }], 5);
      const document = { id: 'a', name: 'right' };
      await correct({
        upserts: [
          { document, position: at(4) },
          { document: { id: 'c' }, position: at(5) },
        ],
        deletes: [{ id: 'b', position: at(5) }],
      });
      expect(await bench.models.get(bench.things, 'a')).toEqual({ document, lastPosition: at(4) });
      expect(await bench.models.getMany(bench.things, ['b', 'c'])).toHaveLength(1);
      expect(await bench.models.checkpoint(bench.things)).toBe(at(5));
      await bench.put([{ id: 'a', name: 'later' }], 6);
      expect((await bench.models.get<Thing>(bench.things, 'a'))?.document.name).toBe('later');
    });

    it('are only deleted by what is newer', async () => {
      await bench.put([{ id: 'a' }], 5);
      await bench.remove('a', 5);
      expect(await bench.models.count(bench.things)).toBe(1);
      await bench.remove('a', 6);
      await bench.remove('a', 7);
      expect(await bench.models.get(bench.things, 'a')).toBeUndefined();
      expect(await bench.models.count(bench.things)).toBe(0);
    });

    it('stay deleted when an older write comes late, until something newer makes them again', async () => {
      await bench.put([{ id: 'a', name: 'lamp', colour: 'red' }], 1);
      await bench.remove('a', 5);
      await bench.put([{ id: 'a', name: 'lamp', colour: 'red' }], 4);
      // The write that would have made it was given up on, and the deletion came first.
      await bench.remove('b', 5);
      await bench.put([{ id: 'b', name: 'lamp', colour: 'red' }], 5);
      expect(await bench.models.getMany(bench.things, ['a', 'b'])).toEqual([]);
      expect(await bench.models.count(bench.things)).toBe(0);
      expect(await bench.walk({ index: 'by_colour', first: 9 })).toEqual([]);
      expect(await bench.walk({ index: 'by_colour', where: { colour: null }, first: 9 })).toEqual([]);
      expect(await bench.walk({ index: 'id', order: 'descending', first: 9 })).toEqual([]);
      expect(idsOf(await bench.search({ text: 'lamp', first: 9 }))).toEqual([]);
      const [all] = await bench.models.aggregate(bench.things, { groupBy: [] });
      expect(all?.count ?? 0).toBe(0);
      await bench.put([{ id: 'a', name: 'lamp' }], 6);
      expect(await bench.models.get(bench.things, 'a')).toEqual({
        document: { id: 'a', name: 'lamp' },
        lastPosition: at(6),
      });
    });

    it('keep a field that a driver takes for a type of its own', async () => {
      const document = { id: 'a', extra: { _bsontype: 'ObjectId', '%5Fbsontype': 1 } } as Thing;
      await bench.put([document], 1);
      expect((await bench.models.get(bench.things, 'a'))?.document).toEqual(document);
    });

    it('of one collection are none of another’s, nor of another version’s', async () => {
      const next = { ...bench.things, version: 2 };
      await bench.models.ensure(next);
      await bench.put([{ id: 'a' }]);
      expect(await bench.models.get(next, 'a')).toBeUndefined();
      expect(await bench.models.checkpoint(next)).toBeUndefined();
      await bench.models.drop(next);
      expect(await bench.models.count(bench.things)).toBe(1);
    });
  });

  describe('the checkpoint', () => {
    it('is that of the last write, also of one that writes nothing, and never goes back', async () => {
      expect(await bench.models.checkpoint(bench.things)).toBeUndefined();
      await bench.put([{ id: 'a' }], 3);
      expect(await bench.models.checkpoint(bench.things)).toBe(at(3));
      await bench.put([], 9);
      expect(await bench.models.checkpoint(bench.things)).toBe(at(9));
      await bench.put([{ id: 'a' }], 3);
      expect(await bench.models.checkpoint(bench.things)).toBe(at(9));
    });
  });

  describe('ensuring', () => {
    it('keeps what is there, and makes the indexes that came since', async () => {
      await bench.put([
        { id: 'a', name: 'x' },
        { id: 'b', name: 'w' },
      ]);
      const more = {
        ...bench.things,
        indexes: [...bench.things.indexes, { name: 'by_name', fields: ['name'] }],
      };
      await bench.models.ensure(more);
      expect(idsOf(await bench.models.list<Thing>(more, { index: 'by_name', first: 10 }))).toEqual([
        'b',
        'a',
      ]);
      expect(await bench.models.checkpoint(more)).toBe(at(1));
    });

    it('makes a search that came since find what was there before', async () => {
      const plain: CollectionSpec = { ...bench.things, version: 3, searchFields: [] };
      await bench.models.ensure(plain);
      await bench.models.write({
        collection: plain,
        upserts: [{ document: { id: 'a', colour: 'green' } as Document, position: at(1) }],
        deletes: [],
        position: at(1),
      });
      const searched = { ...plain, searchFields: ['colour'] };
      await bench.models.ensure(searched);
      expect((await bench.models.search(searched, { text: 'gre', first: 1 })).items).toHaveLength(1);
      await bench.models.drop(searched);
    });
  });

  describe('versions', () => {
    it('are promoted by name', async () => {
      expect(await bench.models.promoted(bench.things.name)).toBeUndefined();
      await bench.models.promote(bench.things);
      expect(await bench.models.promoted(bench.things.name)).toBe(1);
      await bench.models.promote({ ...bench.things, version: 2 });
      expect(await bench.models.promoted(bench.things.name)).toBe(2);
      await bench.models.promote(bench.things);
      expect(await bench.models.promoted(bench.things.name)).toBe(1);
    });

    it('may change between two pages of a list', async () => {
      const next = { ...bench.things, version: 2 };
      await bench.models.ensure(next);
      await bench.put([{ id: 'a' }, { id: 'b' }]);
      const [item] = (await bench.list({ index: 'by_colour', first: 1 })).items;
      const upserts = ['a', 'b'].map((id) => ({ document: { id }, position: at(1) }));
      await bench.models.write({ collection: next, upserts, deletes: [], position: at(1) });
      const page = await bench.models.list<Thing>(next, {
        index: 'by_colour',
        first: 5,
        after: item!.cursor,
      });
      expect(idsOf(page)).toEqual(['b']);
      await bench.models.drop(next);
    });

    it('go with all they had when they are dropped, and read as empty', async () => {
      await bench.put([{ id: 'a', name: 'lamp' }], 4);
      await bench.models.drop(bench.things);
      await bench.models.drop(bench.things);
      expect(await bench.models.get(bench.things, 'a')).toBeUndefined();
      expect(await bench.models.count(bench.things)).toBe(0);
      expect(idsOf(await bench.list({ index: 'id', first: 1 }))).toEqual([]);
      expect(idsOf(await bench.search({ text: 'lamp', first: 1 }))).toEqual([]);
      expect(await bench.models.checkpoint(bench.things)).toBeUndefined();
      await bench.models.ensure(bench.things);
      expect(await bench.models.count(bench.things)).toBe(0);
    });
  });

  queriesContract(bench);
  choicesContract(bench);

  it('answers as unavailable when it is closed', async () => {
    const other = await open();
    await other.close();
    await expect(other.get(bench.things, 'a')).rejects.toMatchObject({ code: 'READ_MODELS_UNAVAILABLE' });
    await expect(other.ensure(bench.things)).rejects.toMatchObject({ code: 'READ_MODELS_UNAVAILABLE' });
  });
};
