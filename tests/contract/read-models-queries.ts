import fc from 'fast-check';
import type { Query, Selection } from '../../platform/read-models';
import { expectInvalid, idsOf, stock, type Bench, type Thing } from './read-models-bench';

/** The part of the read models' contract that asks questions. */
export const queriesContract = (bench: Bench): void => {
  describe('a list', () => {
    it('takes those that equal, sorted by what is left of the index, then by id; null comes first', async () => {
      await bench.put(stock);
      const where = { colour: 'red' };
      expect(idsOf(await bench.list({ index: 'by_colour', where, first: 10 }))).toEqual([
        'f',
        'h',
        'b',
        'a',
        'd',
      ]);
      expect(idsOf(await bench.list({ index: 'by_colour', where, first: 10, order: 'descending' }))).toEqual([
        'd',
        'a',
        'b',
        'h',
        'f',
      ]);
    });

    it('finds null and absent as the same', async () => {
      await bench.put(stock);
      expect(idsOf(await bench.list({ index: 'by_colour', where: { colour: null }, first: 10 }))).toEqual([
        'e',
        'g',
      ]);
    });

    it('finds booleans', async () => {
      await bench.put([
        { id: 'a', active: true, name: 'x' },
        { id: 'b', active: false },
        { id: 'c', active: true, name: 'w' },
      ]);
      expect(idsOf(await bench.list({ index: 'by_active', where: { active: true }, first: 10 }))).toEqual([
        'c',
        'a',
      ]);
      expect(idsOf(await bench.list({ index: 'by_active', where: { active: false }, first: 10 }))).toEqual([
        'b',
      ]);
    });

    it('sorts numbers as numbers and text by its code points', async () => {
      const names = ['b', 'B', '10', '9', 'ä', '\u{1F600}', '\uFFFD'];
      await bench.put(names.map((name, index) => ({ id: String(index), active: true, name })));
      const page = await bench.list({ index: 'by_active', where: { active: true }, first: 10 });
      expect(page.items.map(({ document }) => document.name)).toEqual([
        '10',
        '9',
        'B',
        'b',
        'ä',
        '\uFFFD',
        '\u{1F600}',
      ]);
      const prices = [10, 9, -1, 2.5].map((amount, index) => ({ id: `p${index}`, price: { amount } }));
      await bench.put(prices, 2);
      expect(idsOf(await bench.list({ index: 'by_price', range: { gte: -5 }, first: 10 }))).toEqual([
        'p2',
        'p3',
        'p1',
        'p0',
      ]);
    });

    it('keeps within bounds, which null never does', async () => {
      await bench.put(stock);
      const where = { colour: 'red' };
      const ids = async (range: Query['range']): Promise<string[]> =>
        idsOf(await bench.list({ index: 'by_colour', where, range: range!, first: 10 }));
      expect(await ids({ gte: 1, lt: 3 })).toEqual(['b']);
      expect(await ids({ gt: 1 })).toEqual(['a', 'd']);
      expect(await ids({ lte: 3 })).toEqual(['b', 'a', 'd']);
      expect(await ids({ lt: 1 })).toEqual([]);
    });

    it('lists everything by id', async () => {
      await bench.put(stock);
      expect(await bench.walk({ index: 'id', first: 3 })).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
      expect(await bench.walk({ index: 'id', first: 3, order: 'descending' })).toEqual([
        'h',
        'g',
        'f',
        'e',
        'd',
        'c',
        'b',
        'a',
      ]);
    });

    it('says whether there is more', async () => {
      await bench.put(stock);
      expect((await bench.list({ index: 'id', first: 8 })).hasMore).toBe(false);
      expect((await bench.list({ index: 'id', first: 7 })).hasMore).toBe(true);
      expect(await bench.list({ index: 'by_colour', where: { colour: 'none' }, first: 1 })).toEqual({
        items: [],
        hasMore: false,
      });
    });

    it('goes on after a document that is gone, and after ones that came before it', async () => {
      await bench.put(stock);
      const page = await bench.list({ index: 'by_price', range: { gte: 0 }, first: 3 });
      expect(idsOf(page)).toEqual(['b', 'c', 'a']);
      await bench.remove('a', 2);
      await bench.put([{ id: '0', price: { amount: 0 } }], 2);
      const rest = await bench.list({
        index: 'by_price',
        range: { gte: 0 },
        first: 10,
        after: page.items.at(-1)!.cursor,
      });
      expect(idsOf(rest)).toEqual(['d', 'e', 'g']);
    });

    it('reads back and forth from a cursor', async () => {
      await bench.put(stock);
      const forth = await bench.list({ index: 'id', first: 3, order: 'descending' });
      expect(idsOf(forth)).toEqual(['h', 'g', 'f']);
      const before = { index: 'id', order: 'descending', backwards: true } as const;
      const back = await bench.list({ ...before, first: 1, after: forth.items[2]!.cursor });
      expect([idsOf(back), back.hasMore]).toEqual([['g'], true]);
      const start = await bench.list({ ...before, first: 1, after: forth.items[1]!.cursor });
      expect([idsOf(start), start.hasMore]).toEqual([['h'], false]);
      const on = { index: 'id', order: 'descending', first: 2, after: back.items[0]!.cursor } as const;
      expect(idsOf(await bench.list(on))).toEqual(['f', 'e']);
    });

    it('is counted up to a bound', async () => {
      await bench.put(stock);
      const count = (selection: Selection, max: number): Promise<number> =>
        bench.models.countUpTo(bench.things, selection, max);
      const red = { index: 'by_colour', where: { colour: 'red' } };
      expect(await count(red, 100)).toBe(5);
      expect(await count(red, 3)).toBe(3);
      expect(await count({ ...red, range: { gte: 3 } }, 100)).toBe(2);
      expect(await count({ index: 'by_colour', where: { colour: 'none' } }, 100)).toBe(0);
      expect(await count({ index: 'id' }, 100)).toBe(8);
    });

    it('loses nothing between pages where a field has values of several types', async () => {
      const amounts = [null, 2, 'two', true, 1, 'one', false, undefined, 10, 'ten'];
      const documents = amounts.map((amount, index) => ({ id: `d${index}`, price: { amount } }));
      await bench.put(documents as unknown as readonly Thing[]);
      for (const order of ['ascending', 'descending'] as const)
        for (const first of [1, 3, 100]) {
          const ids = await bench.walk({ index: 'by_price', order, first });
          expect([...ids].sort()).toEqual(documents.map(({ id }) => id));
          expect(await bench.walk({ index: 'by_price', order, first, backwards: true })).toEqual(ids);
        }
    });

    it('is the same in pages of any size as in one', () =>
      fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(
            fc.record({
              id: fc.string({ minLength: 1, maxLength: 3, unit: 'grapheme' }),
              colour: fc.constantFrom('red', 'blue', '', null),
              price: fc.record({ amount: fc.constantFrom(null, -1, 0, 1.5, 2) }),
            }),
            { selector: ({ id }) => id.normalize(), maxLength: 20 },
          ),
          fc.integer({ min: 1, max: 4 }),
          fc.constantFrom<Query>(
            { index: 'by_colour', first: 1 },
            { index: 'by_colour', where: { colour: 'red' }, first: 1 },
            { index: 'by_colour', where: { colour: null }, first: 1 },
            { index: 'by_price', range: { gt: -1 }, first: 1 },
            { index: 'by_price', range: { lte: 1.5 }, first: 1 },
          ),
          fc.constantFrom('ascending' as const, 'descending' as const),
          async (documents, first, base, order) => {
            await bench.models.drop(bench.things);
            await bench.models.ensure(bench.things);
            await bench.put(documents);
            const whole = await bench.list({ ...base, order, first: 1000 });
            expect(whole.hasMore).toBe(false);
            expect(await bench.walk({ ...base, order, first })).toEqual(idsOf(whole));
            const back = order === 'ascending' ? 'descending' : 'ascending';
            expect(await bench.walk({ ...base, order: back, first })).toEqual(idsOf(whole).reverse());
            expect(await bench.walk({ ...base, order, first, backwards: true })).toEqual(idsOf(whole));
            const { index, where, range } = base;
            const counted = await bench.models.countUpTo(bench.things, { index, where, range }, first);
            expect(counted).toBe(Math.min(first, whole.items.length));
          },
        ),
        { numRuns: 40 },
      ));
  });

  describe('a search', () => {
    beforeEach(() =>
      bench.put([
        { id: 'a', name: 'Red Retrospot Mug', tags: ['kitchen'] },
        { id: 'b', name: 'Red lamp', tags: ['bedroom'], colour: 'red' },
        { id: 'c', name: 'Crème brûlée dish', tags: ['kitchen'] },
        { id: 'd', name: null },
      ]),
    );
    const found = async (text: string): Promise<string[]> =>
      idsOf(await bench.search({ text, first: 10 })).sort();

    it('finds documents that have each of the words, the last one as a prefix', async () => {
      expect(await found('red')).toEqual(['a', 'b']);
      expect(await found('re')).toEqual(['a', 'b']);
      expect(await found('red mu')).toEqual(['a']);
      expect(await found('re mug')).toEqual([]);
      expect(await found('mug kitchen')).toEqual(['a']);
      expect(await found('kitch')).toEqual(['a', 'c']);
    });

    it('minds neither case nor accents', async () => {
      expect(await found('CREME')).toEqual(['c']);
      expect(await found('crème brulee')).toEqual(['c']);
    });

    it('takes what is typed as words only', async () => {
      expect(await found('"red" OR name:* NOT (mug)')).toEqual([]);
      expect(await found('lamp"')).toEqual(['b']);
      expect(await found('red-lamp')).toEqual(['b']);
      expect(await found(" % _ ' ; -- ")).toEqual([]);
      expect(await found('')).toEqual([]);
    });

    it('keeps to equalities', async () => {
      const page = await bench.search({ text: 'red', where: { colour: 'red' }, first: 10 });
      expect(idsOf(page)).toEqual(['b']);
      expect(idsOf(await bench.search({ text: 'red', where: { colour: null }, first: 10 }))).toEqual(['a']);
    });

    it('follows changes and deletions', async () => {
      await bench.put([{ id: 'b', name: 'Blue lamp' }], 2);
      expect(await found('red')).toEqual(['a']);
      expect(await found('blue')).toEqual(['b']);
      await bench.remove('b', 3);
      expect(await found('blue')).toEqual([]);
    });

    it('goes through its pages, each document once', async () => {
      await bench.put(
        Array.from({ length: 25 }, (_, index) => ({ id: `n${index}`, name: `numbered thing ${index}` })),
        2,
      );
      const ids: string[] = [];
      let page = await bench.search({ text: 'numbered th', first: 10 });
      for (;;) {
        ids.push(...idsOf(page));
        if (!page.hasMore) break;
        page = await bench.search({ text: 'numbered th', first: 10, after: page.items.at(-1)!.cursor });
      }
      expect(ids).toHaveLength(25);
      expect(new Set(ids).size).toBe(25);
      const search = { text: 'numbered th', first: 10, backwards: true };
      const end = await bench.search(search);
      expect([idsOf(end), end.hasMore]).toEqual([ids.slice(15), true]);
      const before = await bench.search({ ...search, after: end.items[0]!.cursor });
      expect([idsOf(before), before.hasMore]).toEqual([ids.slice(5, 15), true]);
      const start = await bench.search({ ...search, after: before.items[0]!.cursor });
      expect([idsOf(start), start.hasMore]).toEqual([ids.slice(0, 5), false]);
      expect(await bench.models.countUpTo(bench.things, { text: 'numbered th' }, 100)).toBe(25);
      expect(await bench.models.countUpTo(bench.things, { text: 'numbered th' }, 10)).toBe(10);
      expect(await bench.models.countUpTo(bench.things, { text: ' ' }, 10)).toBe(0);
    });
  });

  describe('an aggregate', () => {
    beforeEach(() =>
      bench.put([
        { id: 'a', colour: 'red', active: true, price: { amount: 3 } },
        { id: 'b', colour: 'red', active: false, price: { amount: 4 } },
        { id: 'c', colour: 'blue', active: true, price: { amount: 5.5 } },
        { id: 'd', active: true },
      ]),
    );

    it('counts and sums by the values of fields', async () => {
      const rows = await bench.models.aggregate(bench.things, {
        groupBy: ['colour', 'active'],
        sum: ['price.amount'],
      });
      expect(rows).toHaveLength(4);
      expect(rows).toEqual(
        expect.arrayContaining([
          { group: { colour: 'red', active: true }, count: 1, sums: { 'price.amount': 3 } },
          { group: { colour: 'red', active: false }, count: 1, sums: { 'price.amount': 4 } },
          { group: { colour: 'blue', active: true }, count: 1, sums: { 'price.amount': 5.5 } },
          { group: { colour: null, active: true }, count: 1, sums: { 'price.amount': 0 } },
        ]),
      );
    });

    it('is one row without groups, of what equals', async () => {
      const query = { where: { colour: 'red' }, groupBy: [], sum: ['price.amount'] };
      expect(await bench.models.aggregate(bench.things, query)).toEqual([
        { group: {}, count: 2, sums: { 'price.amount': 7 } },
      ]);
      expect(
        await bench.models.aggregate(bench.things, { where: { 'price.amount': 5.5 }, groupBy: [] }),
      ).toEqual([{ group: {}, count: 1, sums: {} }]);
      expect(
        await bench.models.aggregate(bench.things, {
          where: { colour: 'no' },
          groupBy: [],
          sum: ['price.amount'],
        }),
      ).toEqual([{ group: {}, count: 0, sums: { 'price.amount': 0 } }]);
    });
  });

  describe('a query that can’t be', () => {
    const refusals: [string, Query][] = [
      ['an undeclared index', { index: 'by_luck', first: 1 }],
      ['an index that every object has', { index: 'constructor', first: 1 }],
      [
        'a field that does not lead its index',
        { index: 'by_colour', where: { 'price.amount': 1 }, first: 1 },
      ],
      ['a field of no index', { index: 'by_price', where: { "x') OR 1=1 --": 1 }, first: 1 }],
      [
        'a range with no field left',
        { index: 'by_price', where: { 'price.amount': 1 }, range: { gt: 1 }, first: 1 },
      ],
      ['a bound of null', { index: 'by_price', range: { gt: null }, first: 1 }],
      ['an unknown bound', { index: 'by_price', range: { like: 'x' } as never, first: 1 }],
      [
        'a value that is no scalar',
        { index: 'by_price', where: { 'price.amount': { $gt: 0 } as never }, first: 1 },
      ],
      ['a number that is none', { index: 'by_price', where: { 'price.amount': NaN }, first: 1 }],
      ['nothing', { index: 'id', first: 0 }],
      ['too much', { index: 'id', first: 1001 }],
      ['a part of one', { index: 'id', first: 1.5 }],
      ['garbage for a cursor', { index: 'id', first: 1, after: 'garbage' }],
      ['an overlong cursor', { index: 'id', first: 1, after: 'A'.repeat(100_000) }],
    ];
    it.each(refusals)('is refused: %s', (_, query) => expectInvalid(bench.list(query)));

    it('is refused: a cursor of another query', async () => {
      await bench.put([{ id: 'a', colour: 'red' }, { id: 'b' }]);
      const { items } = await bench.list({ index: 'by_colour', first: 1 });
      const after = items[0]!.cursor;
      await expectInvalid(bench.list({ index: 'by_price', first: 1, after }));
      await expectInvalid(bench.list({ index: 'by_colour', first: 1, after, order: 'descending' }));
      await expectInvalid(bench.list({ index: 'by_colour', where: { colour: 'red' }, first: 1, after }));
      await expectInvalid(bench.search({ text: 'red', first: 1, after }));
      expect(idsOf(await bench.list({ index: 'by_colour', first: 5, after }))).toEqual(['a']);
    });

    it('is refused: a search too long, by an unindexed field, or where there is none', async () => {
      await expectInvalid(bench.search({ text: 'x'.repeat(501), first: 1 }));
      await expectInvalid(bench.search({ text: 'x', where: { secret: 'y' }, first: 1 }));
      await expectInvalid(
        bench.models.search({ ...bench.things, searchFields: [] }, { text: 'x', first: 1 }),
      );
    });

    it('is refused: an aggregate by what is no field', async () => {
      await expectInvalid(bench.models.aggregate(bench.things, { groupBy: ["colour') --"] }));
      await expectInvalid(bench.models.aggregate(bench.things, { groupBy: [], sum: ['$where'] }));
    });
  });
};
