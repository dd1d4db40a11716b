import type { CollectionSpec, Query } from '../../../platform/read-models';
import { listAmong, listMerged } from '../../../platform/read-models';
import type { Reader } from '../../../platform/projections';
import { catalogue, type CatalogueProduct } from '../../../projections/catalogue';
import {
  boundsOfNarrowing,
  facetsOf,
  narrowed,
  relevanceFor,
  searchTermsOf,
} from '../../../projections/product-search';
import { listed } from './listings';
import { given } from '../schema/given';
import type { Listing, ProductFilter, ProductListing, ProductSort } from './readers';

/** A search finds so many products, and so many are counted for the choices of the filters. */
const FOUND_PRODUCTS_MAX = 1_000;
/** So many products of a list are looked at for a filter. */
const FILTERED_PRODUCTS_MAX = 2_000;

type Order = Pick<Query, 'index' | 'order'>;
type Found = CatalogueProduct & { readonly searchedFor: string; readonly relevance: number };
/** Products, and whether there may be more of them. */
type Products<Product = CatalogueProduct> = { readonly found: readonly Product[]; readonly isCut: boolean };

const orders: Readonly<Record<ProductSort, Order>> = {
  RELEVANCE: { index: 'relevance', order: 'descending' },
  NAME: { index: 'name', order: 'ascending' },
  PRICE: { index: 'price', order: 'ascending' },
  PRICE_DESCENDING: { index: 'price', order: 'descending' },
  NEWEST: { index: 'age', order: 'descending' },
  RATING: { index: 'rating', order: 'descending' },
};

/** The orders of what a search found, as indexes of a collection that is never stored. */
const foundProducts: CollectionSpec = {
  name: 'found_products',
  version: 1,
  indexes: [
    { name: 'relevance', fields: ['searchedFor', 'relevance', 'rating.count'] },
    { name: 'name', fields: ['searchedFor', 'name'] },
    { name: 'price', fields: ['searchedFor', 'price.amountMinor'] },
    { name: 'age', fields: ['searchedFor', 'registeredAt'] },
    { name: 'rating', fields: ['searchedFor', 'rating.average', 'rating.count'] },
  ],
  schema: {},
};

type ProductReader = Reader<CatalogueProduct>;

const searchFor = async (
  reader: ProductReader,
  text: string,
  filter: ProductFilter,
): Promise<Products<Found>> => {
  const { categories, sellerId } = filter;
  // An index of words serves one category; of several, those that were found are looked at.
  const category = categories?.length === 1 ? categories[0] : undefined;
  const where = { active: true, ...given({ category, sellerId }) };
  const matches = await reader.match({ terms: searchTermsOf(text), where, max: FOUND_PRODUCTS_MAX + 1 });
  const relevanceOf = relevanceFor(text);
  const found = narrowed(matches.slice(0, FOUND_PRODUCTS_MAX), { categories }).flatMap((product) => {
    const relevance = relevanceOf(product);
    return relevance === undefined ? [] : [{ ...product, searchedFor: text, relevance }];
  });
  return { found, isCut: matches.length > FOUND_PRODUCTS_MAX };
};

type Selection = Omit<Query, 'first' | 'where'> & { readonly where: NonNullable<Query['where']> };

/** Returns the lists that indexes serve, one for each category, but for what the filter leaves out. Their order is the same. */
const selectionsOf = ({ categories, sellerId, sort, ...narrowing }: ProductFilter): readonly Selection[] => {
  const within = boundsOfNarrowing(narrowing);
  const filter =
    Object.keys(within).length === 0 ? undefined : { within, lookedAtMax: FILTERED_PRODUCTS_MAX };
  if (sellerId !== undefined)
    return [{ index: 'by_seller_and_activity', where: { active: true, sellerId }, filter }];
  const { index, order } = orders[sort === 'RELEVANCE' ? 'NAME' : sort];
  if (categories === undefined) return [{ index: `by_${index}`, where: { active: true }, order, filter }];
  return categories.map((category) => ({
    ...{ index: `by_category_and_${index}`, where: { active: true, category }, order, filter },
  }));
};

/** Returns the first products of lists, one list after the other. */
const firstOf = async (reader: ProductReader, selections: readonly Selection[]): Promise<Products> => {
  const found: CatalogueProduct[] = [];
  for (const selection of selections) {
    const left = FOUND_PRODUCTS_MAX - found.length;
    const { items, hasMore } = await reader.list({ ...selection, first: Math.max(left, 1) });
    found.push(...items.slice(0, left).map(({ document }) => document));
    if (hasMore || items.length > left) return { found, isCut: true };
  }
  return { found, isCut: false };
};

/** Returns a function whose first answer is its answer for ever. */
const once = <Value>(read: () => Promise<Value>): (() => Promise<Value>) => {
  let answer: Promise<Value> | undefined;
  return () => (answer ??= read());
};

const ranked = (
  read: () => Promise<Products>,
  { text: searchedFor = '', sort }: ProductFilter,
): Listing<CatalogueProduct> => {
  const { index, order } = orders[sort];
  return {
    page: async (request) =>
      listAmong(foundProducts, (await read()).found, { index, where: { searchedFor }, order, ...request }),
    countUpTo: async (max) => Math.min((await read()).found.length, max),
    isCountedToEnd: async () => !(await read()).isCut,
  };
};

/** Returns a list that indexes serve. What its filter leaves out counts as looked at, in each of them. */
const indexed = (reader: ProductReader, selections: readonly Selection[]): Listing<CatalogueProduct> => {
  const isCountedToEnd = async (): Promise<boolean> => {
    for (const { index, where, filter } of selections)
      if (filter && (await reader.countUpTo({ index, where }, filter.lookedAtMax + 1)) > filter.lookedAtMax)
        return false;
    return true;
  };
  const [only] = selections;
  if (only !== undefined && selections.length === 1) return { ...listed(reader, only), isCountedToEnd };
  return {
    page: (request) => listMerged(catalogue.collection, selections, request, (query) => reader.list(query)),
    countUpTo: async (max) => {
      let count = 0;
      for (const { index, where, filter } of selections)
        if (count < max) count += await reader.countUpTo({ index, where, filter }, max - count);
      return count;
    },
    isCountedToEnd,
  };
};

/** Lists the products of a filter. What a search finds is read once for the page, the count and the choices. */
export const productListing = (reader: ProductReader, filter: ProductFilter): ProductListing => {
  const { text, sellerId, categories, price, isInStock, starsMin } = filter;
  const narrowing = { price, isInStock, starsMin };
  const read = (among: ProductFilter): Promise<Products> =>
    text === undefined ? firstOf(reader, selectionsOf(among)) : searchFor(reader, text, among);
  const selected = once(() => read({ sellerId, categories, sort: 'NAME' }));
  const ofAllCategories = categories === undefined ? selected : once(() => read({ sellerId, sort: 'NAME' }));
  const shown = once(async () => {
    const { found, isCut } = await selected();
    return { found: narrowed(found, narrowing), isCut };
  });
  const listing = text === undefined ? indexed(reader, selectionsOf(filter)) : ranked(shown, filter);
  return {
    ...listing,
    facets: async () => {
      const [products, all] = await Promise.all([selected(), ofAllCategories()]);
      const isExact = !products.isCut && !all.isCut;
      return { ...facetsOf(products.found, all.found, { categories, ...narrowing }), isExact };
    },
  };
};
