import fc from 'fast-check';
import type { AccountId } from '../../domain/kernel';
import { money, type CurrencyCode } from '../../domain/money';
import { facetsOf, narrowed } from './facets';
import { isOneTypoApart, relevanceFor, type SearchedProduct } from './relevance';
import { searchKeysOf, searchTermsOf } from './search-keys';

const mug: SearchedProduct = {
  sku: 'MUG-01',
  name: 'Dockside mug',
  description: 'Stoneware for coffee.',
  category: 'kitchen',
  onHand: 3,
};

describe('the relevance of a product', () => {
  const ofMug = (text: string): number => relevanceFor(text)(mug) ?? 0;

  it.each(['mug', 'MÜG', 'dock', 'mug-01', 'coffee mug', 'docksdie', 'docksid', 'docksside', 'kitchwn'])(
    'is found by %s',
    (text) => expect(ofMug(text)).toBeGreaterThan(0),
  );

  it.each(['lamp', 'mug lamp', 'mgu', 'dcoksdie', 'cofffee', 'side', '', ' - '])(
    'is not found by %s',
    (text) => expect(relevanceFor(text)(mug)).toBeUndefined(),
  );

  it('is greater for a whole word than for a beginning, and least for an error', () => {
    expect(ofMug('dockside')).toBeGreaterThan(ofMug('docks'));
    expect(ofMug('docks')).toBeGreaterThan(ofMug('dockside'.replace('o', 'a')));
  });

  it('is greater for the name than for the category, and for that than for the description', () => {
    expect(ofMug('mug')).toBeGreaterThan(ofMug('kitchen'));
    expect(ofMug('kitchen')).toBeGreaterThan(ofMug('coffee'));
  });

  it('is greatest for the whole name or SKU, and greater in stock', () => {
    expect(ofMug('dockside mug')).toBeGreaterThan(ofMug('mug dockside'));
    expect(ofMug('MUG 01')).toBeGreaterThan(ofMug('01 mug'));
    expect(ofMug('mug')).toBeGreaterThan(relevanceFor('mug')({ ...mug, onHand: 0 }) ?? 0);
  });

  it('finds a part of a text without spaces', () => {
    const cup = { ...mug, name: '青花瓷茶杯', category: '厨房' };
    expect(relevanceFor('茶杯')(cup)).toBeGreaterThan(0);
    expect(relevanceFor('茶花')(cup)).toBeUndefined();
  });
});

describe('the keys of a search', () => {
  const letters = fc.string({
    unit: fc.constantFrom('a', 'b', 'c', 'ß', '\u{10400}'),
    minLength: 4,
    maxLength: 8,
  });

  /** Tests what an engine does: each term needs one word, or the beginning of one, among the words and the keys. */
  const matches = (name: string, text: string): boolean => {
    const there = [name, ...searchKeysOf(name)];
    return searchTermsOf(text).every((term) =>
      term.some(({ word, isPrefix = false }) =>
        there.some((one) => (isPrefix ? one.startsWith(word) : one === word)),
      ),
    );
  };

  it('match a word that is one typing error apart', () =>
    fc.assert(
      fc.property(
        letters,
        fc.nat(),
        fc.constantFrom('drop', 'double', 'wrong', 'swap'),
        (name, at, error) => {
          const typed = Array.from(name.toLowerCase());
          const index = at % (typed.length - 1);
          const [letter = '', next = ''] = typed.slice(index);
          if (error === 'drop') typed.splice(index, 1);
          if (error === 'double') typed.splice(index, 0, letter);
          if (error === 'wrong') typed[index] = 'z';
          if (error === 'swap') typed.splice(index, 2, next, letter);
          const text = typed.join('');
          expect(isOneTypoApart(name.toLowerCase(), text)).toBe(true);
          if (typed.length >= 4) expect(matches(name.toLowerCase(), text)).toBe(true);
        },
      ),
    ));

  it('tell two errors from one', () => {
    expect(isOneTypoApart('dockside', 'dcoksdie')).toBe(false);
    expect(isOneTypoApart('mugs', 'mug')).toBe(true);
    expect(isOneTypoApart('abcd', 'bcda')).toBe(false);
    expect(isOneTypoApart('abc', 'abcde')).toBe(false);
  });

  it('match a part of a text without spaces', () => {
    expect(matches('青花瓷茶杯', '茶杯')).toBe(true);
    expect(matches('青花瓷茶杯', '杯')).toBe(true);
    expect(matches('青花瓷茶杯', '瓷杯')).toBe(false);
  });

  it('have no word that is an emoji or a mark only', () => {
    expect(searchTermsOf('❤️ mug')).toEqual(searchTermsOf('mug'));
    expect(searchKeysOf('❤️ mugs')).toEqual(searchKeysOf('mugs'));
    expect(relevanceFor('❤️ mug')(mug)).toBe(relevanceFor('mug')(mug));
  });

  it('are bounded, however long the texts are', () => {
    expect(searchKeysOf('abcdefghijklmnopqrst '.repeat(100)).length).toBeLessThan(30);
    expect(searchKeysOf(Array.from({ length: 500 }, (_, at) => `word${at}`).join(' ')).length).toBeLessThan(
      12 * 9,
    );
    expect(searchTermsOf('abcd '.repeat(100))).toHaveLength(8);
    expect(searchTermsOf('茶'.repeat(500))).toHaveLength(39);
    const longest = searchTermsOf(`${'茶'.repeat(50)} `.repeat(9)).flat();
    expect(longest.length).toBeLessThanOrEqual(1_000);
    expect(Math.max(...longest.map(({ word }) => word.length))).toBe(40);
  });

  it('are refused for a text of more than 500 characters, as is its relevance', () => {
    expect(searchTermsOf('a'.repeat(500))).toHaveLength(1);
    const invalid = expect.objectContaining({ code: 'QUERY_INVALID' }) as Error;
    expect(() => searchTermsOf('a'.repeat(501))).toThrow(invalid);
    expect(() => relevanceFor('a '.repeat(251))).toThrow(invalid);
  });

  it('hold the beginning of a word of more than 40 letters', () => {
    const long = { ...mug, name: 'a'.repeat(60) };
    expect(relevanceFor('a'.repeat(55))(long)).toBeGreaterThan(0);
    expect(searchTermsOf('a'.repeat(55))[0]?.[0]).toMatchObject({ word: 'a'.repeat(40), isPrefix: true });
  });
});

describe('the choices of the filters', () => {
  type Row = readonly [category: string, pounds: number, onHand: number, average: number | null];
  const rows: readonly Row[] = [
    ['kitchen', 5, 1, 4.5],
    ['kitchen', 12, 0, 3],
    ['office', 25, 2, null],
    ['office', 60, 0, 4],
    ['office', 9, 9, 1],
  ];
  const products = rows.map(([category, pounds, onHand, average], at) => ({
    ...{ category, onHand, rating: { average }, sellerId: null },
    price: money(pounds * 100, (at === 4 ? 'EUR' : 'GBP') as CurrencyCode),
  }));
  const kitchen = products.filter(({ category }) => category === 'kitchen');

  it('are counted, each without its own filter', () => {
    const facets = facetsOf(kitchen, products, { categories: ['kitchen'], isInStock: true });
    expect(facets.categories).toEqual([
      { category: 'office', count: 2 },
      { category: 'kitchen', count: 1 },
    ]);
    expect(facets.inStock).toBe(1);
    expect(facets.stars).toEqual([4, 3, 2, 1].map((starsMin) => ({ starsMin, count: 1 })));
    const rated = facetsOf(products, products, { starsMin: 4 });
    expect(rated.stars.map(({ count }) => count)).toEqual([2, 3, 3, 4]);
    expect(rated.inStock).toBe(1);
  });

  it('have round bands of prices in one currency, which hold each product once', () => {
    const { prices } = facetsOf(products, products, {});
    expect(prices).toEqual([
      { currency: 'GBP', from: 500, below: 1_000, count: 1 },
      { currency: 'GBP', from: 1_000, below: 2_000, count: 1 },
      { currency: 'GBP', from: 2_000, below: 5_000, count: 1 },
      { currency: 'GBP', from: 5_000, below: null, count: 1 },
    ]);
    const price = { currency: 'EUR' as CurrencyCode };
    expect(facetsOf(products, products, { price }).prices).toEqual([
      { currency: 'EUR', from: 500, below: null, count: 1 },
    ]);
    expect(facetsOf([], [], {}).prices).toEqual([]);
  });

  it('show what they count', () => {
    const all = facetsOf(products, products, {});
    for (const { currency, from, below, count } of all.prices) {
      const price = { currency, from: from ?? undefined, below: below ?? undefined };
      expect(narrowed(products, { price })).toHaveLength(count);
    }
    for (const { starsMin, count } of all.stars) expect(narrowed(products, { starsMin })).toHaveLength(count);
    for (const { category, count } of all.categories)
      expect(narrowed(products, { categories: [category] })).toHaveLength(count);
    expect(narrowed(products, { isInStock: true })).toHaveLength(all.inStock);
    expect(narrowed(products, { sellerId: 'bob' as AccountId })).toEqual([]);
  });
});
