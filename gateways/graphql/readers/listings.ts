import type { CollectionSpec, Document, Query, ReadModels, Scalar } from '../../../platform/read-models';
import type { Reader } from '../../../platform/projections';
import type { Listing } from './readers';

/** Lists that end by their nature: warehouses, an order's shipments, a product's stock. */
const WHOLE_LIST_MAX = 1_000;

export type Where = Readonly<Record<string, Scalar>>;

/** Returns all documents that an index has for a key, up to a bound. */
export const every = async <D extends Document>(
  reader: Reader<D>,
  index: string,
  where: Where = {},
): Promise<readonly D[]> => {
  const { items } = await reader.list({ index, where, order: 'ascending', first: WHOLE_LIST_MAX });
  return items.map(({ document }) => document);
};

export type Lists<D extends Document> = Pick<Reader<D>, 'list' | 'countUpTo'>;

/** Returns a reader of a collection that is no read model and has one version. */
export const unversioned = <D extends Document>(
  readModels: ReadModels,
  collection: CollectionSpec,
): Lists<D> => ({
  list: (query) => readModels.list<D>(collection, query),
  countUpTo: (selection, max) => readModels.countUpTo(collection, selection, max),
});

export const listed = <D extends Document>(
  reader: Lists<D>,
  { order, ...selection }: Omit<Query, 'first'>,
): Listing<D> => ({
  page: (request) => reader.list({ ...selection, order, ...request }),
  countUpTo: (max) => reader.countUpTo(selection, max),
});

export const searched = <D extends Document>(reader: Reader<D>, text: string, where: Where): Listing<D> => ({
  page: (request) => reader.search({ text, where, ...request }),
  countUpTo: (max) => reader.countUpTo({ text, where }, max),
});

/** Returns a list from its end to its start. */
export const reversed = <D extends Document>(listing: Listing<D>): Listing<D> => ({
  page: async ({ backwards = false, ...request }) => {
    const { items, hasMore } = await listing.page({ ...request, backwards: !backwards });
    return { items: items.toReversed(), hasMore };
  },
  countUpTo: (max) => listing.countUpTo(max),
});
