import type { AccountId, Instant, ProductId } from '../../domain/kernel';
import { money, type CurrencyCode } from '../../domain/money';
import { readersOf } from '../../gateways/graphql/readers/read-model-readers';
import type { ProductFilter } from '../../gateways/graphql/readers/readers';
import { realClock } from '../../platform/clock';
import { positionOf } from '../../platform/event-store';
import type { ReadModels } from '../../platform/read-models';
import { catalogue, type CatalogueProduct } from '../../projections/catalogue';
import { searchKeysOf } from '../../projections/product-search';

const gbp = 'GBP' as CurrencyCode;
const bob = 'bob' as AccountId;

type Row = readonly [name: string, category: string, price: number, onHand: number, average: number | null];

const rows: readonly Row[] = [
  ['Dockside mug', 'kitchen', 890, 4, 4.5],
  ['Harbour lamp', 'lighting', 3_450, 0, 3],
  ['Harbour mug', 'kitchen', 1_200, 0, null],
  ['Mug', 'kitchen', 500, 1, 2],
  ['Mug tree', 'kitchen', 2_500, 9, 5],
  ['Tea cosy', 'textiles', 1_900, 2, 4],
  ['青花瓷茶杯', '厨房', 9_900, 3, 4],
];

export const product = ([name, category, price, onHand, average]: Row, index: number): CatalogueProduct => ({
  ...{ id: `p${index}` as ProductId, number: index, sku: `SKU-${index}`, name, category },
  description: index === 5 ? 'Keeps a mug of tea warm.' : 'Well made.',
  price: money(price, index === 5 ? ('EUR' as CurrencyCode) : gbp),
  ...{
    imageUrl: null,
    sellerId: index < 3 ? bob : null,
    active: true,
    isDiscontinued: false,
    isWithdrawn: false,
    onHand,
    reserved: 0,
  },
  registeredAt: `2026-01-${String(index + 1).padStart(2, '0')}T00:00:00.000Z` as Instant,
  rating: { count: average === null ? 0 : index + 1, average, counts: [0, 0, 0, 0, 0] },
  searchKeys: searchKeysOf(name, category),
  weightGrams: null,
  ...{
    unit: null,
    taxCategory: 'STANDARD',
    familyId: null,
    options: [],
    recentPrices: [],
    reduction: null,
    sale: null,
    pictures: [],
  },
});

/** The contract of lists and searches of products on every engine of the read models. */
export const productSearchContract = (open: () => Promise<ReadModels>): void => {
  let readModels: ReadModels;

  beforeAll(async () => {
    readModels = await open();
    const { collection } = catalogue;
    await readModels.ensure(collection);
    const gone = { ...product(['Gone mug', 'kitchen', 1, 1, 5], 8), active: false };
    const abroad = ['чай', 'чайник', '컵', 'Brass tray'].map((name, index) => ({
      ...product([name, 'abroad', 100, 0, null], 10 + index),
      description: name === 'Brass tray' ? 'Ελληνικός καφές, ガラス.' : 'Well made.',
    }));
    const upserts = [...rows.map(product), gone, ...abroad].map((document) => ({
      document,
      position: positionOf(9),
    }));
    await readModels.write({ collection, upserts, deletes: [], position: positionOf(9) });
  });
  afterAll(() => readModels.close());

  const listing = (filter: Partial<ProductFilter>) =>
    readersOf(readModels, realClock).products.list({ sort: 'RELEVANCE', ...filter });

  /** Returns the names on all pages of two, and compares them with the pages read backwards and with the count. */
  const names = async (filter: Partial<ProductFilter>): Promise<readonly string[]> => {
    const read = async (backwards: boolean, after?: string): Promise<readonly string[]> => {
      const { items, hasMore } = await listing(filter).page({ first: 2, after, backwards });
      const page = items.map(({ document }) => document.name);
      if (!hasMore) return page;
      const rest = await read(backwards, items.at(backwards ? 0 : -1)?.cursor);
      return backwards ? [...rest, ...page] : [...page, ...rest];
    };
    const found = await read(false);
    expect(await read(true)).toEqual(found);
    expect(await listing(filter).countUpTo(100)).toBe(found.length);
    return found;
  };

  it.each<readonly [string, readonly string[]]>([
    ['mug', ['Mug', 'Mug tree', 'Dockside mug', 'Harbour mug', 'Tea cosy']],
    ['mu', ['Mug tree', 'Mug', 'Dockside mug', 'Harbour mug', 'Tea cosy']],
    ['harbor', ['Harbour lamp', 'Harbour mug']],
    ['habrour lamp', ['Harbour lamp']],
    ['mug harbour', ['Harbour mug']],
    ['LIGHTNING', ['Harbour lamp']],
    ['sku 3', ['Mug']],
    ['茶杯', ['青花瓷茶杯']],
    ['mug nothing', []],
    ['" OR mug*', []],
    [' - ', []],
  ])('finds %s, what fits best first', async (text, wanted) => expect(await names({ text })).toEqual(wanted));

  it.each<readonly [string, readonly string[]]>([
    ['чай', ['чай', 'чайник']],
    ['чайн', ['чайник']],
    ['Чайник', ['чайник']],
    ['컵', ['컵']],
    ['καφές', ['Brass tray']],
    ['ガラス', ['Brass tray']],
    ['❤️ tray', ['Brass tray']],
    ['❤️', []],
  ])('finds %s in other scripts', async (text, wanted) =>
    expect(await names({ text, categories: ['abroad'] })).toEqual(wanted),
  );

  it.each<readonly [ProductFilter['sort'], readonly string[]]>([
    ['NAME', ['Dockside mug', 'Harbour mug', 'Mug', 'Mug tree']],
    ['PRICE', ['Mug', 'Dockside mug', 'Harbour mug', 'Mug tree']],
    ['PRICE_DESCENDING', ['Mug tree', 'Harbour mug', 'Dockside mug', 'Mug']],
    ['NEWEST', ['Mug tree', 'Mug', 'Harbour mug', 'Dockside mug']],
    ['RATING', ['Mug tree', 'Dockside mug', 'Mug', 'Harbour mug']],
  ])('sorts a category and what a search finds there by %s', async (sort, wanted) => {
    expect(await names({ categories: ['kitchen'], sort })).toEqual(wanted);
    expect(await names({ categories: ['kitchen'], sort, text: 'mug' })).toEqual(wanted);
  });

  it.each<readonly [ProductFilter['sort'], readonly string[]]>([
    ['NAME', ['Harbour lamp', 'Tea cosy', '青花瓷茶杯']],
    ['PRICE', ['Tea cosy', 'Harbour lamp', '青花瓷茶杯']],
    ['PRICE_DESCENDING', ['青花瓷茶杯', 'Harbour lamp', 'Tea cosy']],
    ['NEWEST', ['青花瓷茶杯', 'Tea cosy', 'Harbour lamp']],
    ['RATING', ['青花瓷茶杯', 'Tea cosy', 'Harbour lamp']],
  ])('sorts several categories as one list by %s', async (sort, wanted) => {
    const categories = ['lighting', 'textiles', 'none', '厨房'];
    expect(await names({ categories, sort })).toEqual(wanted);
    expect(await names({ categories: [...categories, 'kitchen'], sort, starsMin: 5 })).toEqual(['Mug tree']);
    expect(await names({ categories, sort, text: 'lamp' })).toEqual(['Harbour lamp']);
  });

  it.each<readonly [string, Partial<ProductFilter>, readonly string[]]>([
    ['stock', { isInStock: true }, ['Dockside mug', 'Mug', 'Mug tree', 'Tea cosy', '青花瓷茶杯']],
    ['stars', { starsMin: 4 }, ['Dockside mug', 'Mug tree', 'Tea cosy', '青花瓷茶杯']],
    ['a price', { price: { currency: gbp, from: 890, below: 2_500 } }, ['Dockside mug', 'Harbour mug']],
    ['a seller', { sellerId: bob, isInStock: true }, ['Dockside mug']],
    ['all of it', { isInStock: true, starsMin: 4, price: { currency: gbp, below: 900 } }, ['Dockside mug']],
  ])('narrows a list, and what a search finds, by %s', async (_, filter, wanted) => {
    expect(await names({ ...filter, sort: 'NAME' })).toEqual(wanted);
    const found = await names({ ...filter, sort: 'NAME', text: 'mug' });
    expect(found).toEqual(wanted.filter((name) => name !== '青花瓷茶杯'));
  });

  it('counts what each choice of a filter would show, of a list and of what a search finds', async () => {
    expect(await listing({ isInStock: true, categories: ['kitchen'] }).facets()).toMatchObject({
      categories: [
        { category: 'kitchen', count: 3 },
        { category: 'textiles', count: 1 },
        { category: '厨房', count: 1 },
      ],
      prices: [
        { currency: gbp, from: 500, below: 2_000, count: 2 },
        { currency: gbp, from: 2_000, below: null, count: 1 },
      ],
      stars: [
        { starsMin: 4, count: 2 },
        { starsMin: 3, count: 2 },
        { starsMin: 2, count: 3 },
        { starsMin: 1, count: 3 },
      ],
      inStock: 3,
      isExact: true,
    });
    const found = await listing({ text: 'harbour', isInStock: true }).facets();
    expect(found).toMatchObject({ categories: [], inStock: 0, isExact: true });
    const stocked = await listing({ text: 'harbour' }).facets();
    expect(stocked.categories).toEqual([
      { category: 'kitchen', count: 1 },
      { category: 'lighting', count: 1 },
    ]);
  });

  it('refuses a text of more than 500 characters', async () => {
    await expect(listing({ text: 'mug '.repeat(125) }).page({ first: 1 })).resolves.toBeDefined();
    await expect(listing({ text: 'mug '.repeat(126) }).page({ first: 1 })).rejects.toMatchObject({
      code: 'QUERY_INVALID',
    });
  });

  it('refuses a cursor of another search', async () => {
    const { items } = await listing({ text: 'mug' }).page({ first: 1 });
    const after = items[0]?.cursor;
    await expect(listing({ text: 'harbour' }).page({ first: 1, after })).rejects.toMatchObject({
      code: 'QUERY_INVALID',
    });
  });
};
