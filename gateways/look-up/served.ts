import type { Position } from '../../platform/event-store';
import type { CollectionSpec, Document, Page, Query, ReadModels, Stored } from '../../platform/read-models';

/** One read model, to be read. */
export interface Reading<D extends Document> {
  get(id: string): Promise<Stored<D> | undefined>;
  list(query: Query): Promise<Page<D>>;
  /** Every document that the query finds, page by page. */
  all(query: Omit<Query, 'first' | 'after'>): AsyncGenerator<D>;
  /** How far it has come; undefined before it has begun. */
  checkpoint(): Promise<Position | undefined>;
}

/** The version that is served, which a rebuild may change between any two calls. */
export type Served<D extends Document> = Reading<D> & {
  /** The version that is served now, whatever is served later: for reading documents and their checkpoint together. */
  pinned(): Promise<Reading<D>>;
};

const PAGE = 1_000;

const reading = <D extends Document>(
  readModels: ReadModels,
  specOf: () => Promise<CollectionSpec>,
): Reading<D> => {
  const list = async (query: Query): Promise<Page<D>> => readModels.list<D>(await specOf(), query);
  return {
    list,
    get: async (id) => readModels.get<D>(await specOf(), id),
    checkpoint: async () => readModels.checkpoint(await specOf()),
    all: async function* (query) {
      let after: string | undefined;
      do {
        const page = await list({ ...query, first: PAGE, ...(after === undefined ? {} : { after }) });
        for (const { document } of page.items) yield document;
        after = page.hasMore ? page.items.at(-1)?.cursor : undefined;
      } while (after !== undefined);
    },
  };
};

/** @param projection - whose documents are to be read. */
export const served = <D extends Document>(
  readModels: ReadModels,
  { collection }: { readonly collection: CollectionSpec },
): Served<D> => {
  const current = async (): Promise<CollectionSpec> => {
    const version = await readModels.promoted(collection.name);
    if (version !== undefined) return { ...collection, version };
    // Nobody has begun to keep it: an empty one is as good as what is there.
    await readModels.ensure(collection);
    return collection;
  };
  return {
    ...reading(readModels, current),
    pinned: async () => {
      const spec = await current();
      return reading(readModels, () => Promise.resolve(spec));
    },
  };
};
