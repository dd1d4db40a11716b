import type { WordPattern } from '../../platform/read-models';
import { expectInvalid, idsOf, stock, type Bench, type Thing } from './read-models-bench';

/** The part of the read models' contract about filters of lists and about matches. */
export const choicesContract = (bench: Bench): void => {
  describe('a filter', () => {
    it('leaves out what is not within a filter, and the pages and the count follow', async () => {
      await bench.put(stock);
      const filter = { within: { 'price.amount': { gte: 2, lte: 9 } }, lookedAtMax: 100 };
      const query = { index: 'id', filter, first: 2 } as const;
      expect(await bench.walk(query)).toEqual(['a', 'c', 'd', 'e']);
      expect(await bench.walk({ ...query, order: 'descending' })).toEqual(['e', 'd', 'c', 'a']);
      expect(await bench.walk({ ...query, first: 1, backwards: true })).toEqual(['a', 'c', 'd', 'e']);
      const count = (max: number) => bench.models.countUpTo(bench.things, { index: 'id', filter }, max);
      expect([await count(100), await count(3)]).toEqual([4, 3]);
      const red = { index: 'by_colour', where: { colour: 'red' }, range: { lt: 3 }, first: 9 } as const;
      const named = { within: { name: { gte: '' } }, lookedAtMax: 100 };
      expect(idsOf(await bench.list({ ...red, filter: named }))).toEqual([]);
      const both = { within: { 'price.amount': { gt: 0 }, colour: { gte: 'r', lt: 's' } }, lookedAtMax: 100 };
      expect(idsOf(await bench.list({ ...red, filter: both }))).toEqual(['b']);
    });

    it('looks at no more documents than a filter permits', async () => {
      await bench.put(stock);
      const filter = { within: { 'price.amount': { gte: 9 } }, lookedAtMax: 5 };
      expect(idsOf(await bench.list({ index: 'id', filter, first: 9 }))).toEqual(['e']);
      expect(await bench.models.countUpTo(bench.things, { index: 'id', filter }, 9)).toBe(1);
    });

    it('is refused: a filter by what is no field, or without a bound of its work', async () => {
      const list = (within: object, lookedAtMax: number) =>
        bench.list({ index: 'id', filter: { within: within as never, lookedAtMax }, first: 1 });
      await expectInvalid(list({ "colour') --": { gte: 1 } }, 10));
      await expectInvalid(list({ colour: { gte: '' } }, 0));
      await expectInvalid(list({ colour: { $gt: '' } }, 10));
    });
  });

  describe('a match', () => {
    beforeEach(() =>
      bench.put([
        { id: 'a', name: 'Red Retrospot Mug', tags: ['kitchen'] },
        { id: 'b', name: 'Red lamp', tags: ['bedroom'], colour: 'red' },
        { id: 'c', name: 'Crème brûlée dish', tags: ['kitchen'] },
        { id: 'd', name: null },
      ]),
    );

    it('matches documents that have one alternative of each term', async () => {
      const matched = async (...terms: readonly (readonly WordPattern[])[]): Promise<string[]> =>
        (await bench.models.match<Thing>(bench.things, { terms, max: 10 })).map(({ id }) => id).sort();
      const kitchen = { word: 'kitchen' };
      expect(await matched([{ word: 'lamp' }, { word: 'mug' }])).toEqual(['a', 'b']);
      expect(await matched([{ word: 'lamp' }, { word: 'mug' }], [kitchen])).toEqual(['a']);
      expect(await matched([{ word: 'br', isPrefix: true }, { word: 'lam' }])).toEqual(['c']);
      expect(await matched([{ word: 're' }])).toEqual([]);
      expect(await matched()).toEqual([]);
      const where = { colour: 'red' };
      const red = { terms: [[{ word: 're', isPrefix: true }]], where, max: 10 };
      expect((await bench.models.match(bench.things, red)).map(({ id }) => id)).toEqual(['b']);
      expect(await bench.models.match(bench.things, { ...red, where: {}, max: 1 })).toHaveLength(1);
      await bench.remove('a', 2);
      expect(await matched([kitchen])).toEqual(['c']);
    });

    it('is refused: a match of no word, of too many, by an unindexed field, or where there is none', async () => {
      const match = (query: object, spec = bench.things) =>
        bench.models.match(spec, { terms: [[{ word: 'red' }]], max: 1, ...query });
      await expectInvalid(match({ terms: [[{ word: 'red" OR "lamp' }]] }));
      await expectInvalid(match({ terms: [Array.from({ length: 1_001 }, () => ({ word: 'x' }))] }));
      await expectInvalid(match({ max: 10_001 }));
      await expectInvalid(match({ where: { secret: 'y' } }));
      await expectInvalid(match({}, { ...bench.things, searchFields: [] }));
    });
  });
};
