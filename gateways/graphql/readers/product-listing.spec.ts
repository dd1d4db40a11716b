import { realClock } from '../../../platform/clock';
import { positionOf } from '../../../platform/event-store';
import { memoryReadModels } from '../../../platform/read-models';
import { catalogue } from '../../../projections/catalogue';
import { product, productSearchContract } from '../../../tests/contract/product-search.contract';
import { readersOf } from './read-model-readers';
import type { ProductFilter } from './readers';

describe('products from read models in memory', () =>
  productSearchContract(() => Promise.resolve(memoryReadModels())));

describe('a list that is not read to its end', () => {
  const exactness = async (count: number, filter: Partial<ProductFilter>): Promise<readonly unknown[]> => {
    const readModels = memoryReadModels();
    const { collection } = catalogue;
    await readModels.ensure(collection);
    const upserts = Array.from({ length: count }, (_, at) => ({
      document: product(['bcda', 'kitchen', 100, 1, null], at),
      position: positionOf(1),
    }));
    await readModels.write({ collection, upserts, deletes: [], position: positionOf(1) });
    const listing = readersOf(readModels, realClock).products.list({ sort: 'NAME', ...filter });
    const { isExact } = await listing.facets();
    return [await listing.countUpTo(10_001), await listing.isCountedToEnd?.(), isExact];
  };

  it('is counted exactly up to 2,000 products where it has a filter', async () => {
    expect(await exactness(2_000, { isInStock: true })).toEqual([2_000, true, false]);
    expect(await exactness(2_001, { isInStock: true })).toEqual([2_000, false, false]);
    expect(await exactness(2_001, {})).toEqual([2_001, true, false]);
  });

  it('is counted exactly up to 1,000 products where it is a search', async () => {
    expect(await exactness(1_000, { text: 'bcda' })).toEqual([1_000, true, true]);
    expect(await exactness(1_001, { text: 'bcda' })).toEqual([1_000, false, false]);
  });

  it('is not exact where the ranking drops products of a search that was cut', async () => {
    expect(await exactness(1_000, { text: 'abcd' })).toEqual([0, true, true]);
    expect(await exactness(1_001, { text: 'abcd' })).toEqual([0, false, false]);
  });
});
