import type { Position } from '../event-store';
import type { CollectionSpec, Document, Query, ReadModels } from './read-models';

/**
 * One version of a read model: the serving one at the time of the call, even if a rebuild promotes another meanwhile.
 * So its documents and its checkpoint belong together, and a reader that continues from the checkpoint misses nothing.
 */
export interface Pinned<D extends Document> {
  /** Returns the progress; undefined before the start. Read it before the documents. */
  checkpoint(): Promise<Position | undefined>;
  /** Yields every document of the query, page by page. */
  all(query: Omit<Query, 'first' | 'after'>): AsyncGenerator<D>;
}

const PAGE = 1_000;

/** @param projection - the projection of the documents. */
export const pinned = async <D extends Document>(
  readModels: ReadModels,
  { collection: declared }: { readonly collection: CollectionSpec },
): Promise<Pinned<D>> => {
  const version = await readModels.promoted(declared.name);
  const collection = version === undefined ? declared : { ...declared, version };
  // Before the first build, an empty collection is correct.
  if (version === undefined) await readModels.ensure(declared);
  return {
    checkpoint: () => readModels.checkpoint(collection),
    all: async function* (query) {
      let after: string | undefined;
      do {
        const wanted = { ...query, first: PAGE, after };
        const page = await readModels.list<D>(collection, wanted);
        for (const { document } of page.items) yield document;
        after = page.hasMore ? page.items.at(-1)?.cursor : undefined;
      } while (after !== undefined);
    },
  };
};
