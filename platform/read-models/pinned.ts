import type { Position } from '../event-store';
import type { CollectionSpec, Document, Query, ReadModels } from './read-models';

/**
 * One version of a read model: the one that was served when it was asked for, whatever a rebuild promotes meanwhile. So its
 * documents and its checkpoint belong together, and whoever reads on from the checkpoint misses nothing.
 */
export interface Pinned<D extends Document> {
  /** How far it has come; undefined before it has begun. To be read before the documents. */
  checkpoint(): Promise<Position | undefined>;
  /** Every document that the query finds, page by page. */
  all(query: Omit<Query, 'first' | 'after'>): AsyncGenerator<D>;
}

const PAGE = 1_000;

/** @param projection - whose documents are to be read. */
export const pinned = async <D extends Document>(
  readModels: ReadModels,
  { collection: declared }: { readonly collection: CollectionSpec },
): Promise<Pinned<D>> => {
  const version = await readModels.promoted(declared.name);
  const collection = version === undefined ? declared : { ...declared, version };
  // Where nobody has begun to keep it, an empty one is as good as what is there.
  if (version === undefined) await readModels.ensure(declared);
  return {
    checkpoint: () => readModels.checkpoint(collection),
    all: async function* (query) {
      let after: string | undefined;
      do {
        const wanted = { ...query, first: PAGE, ...(after === undefined ? {} : { after }) };
        const page = await readModels.list<D>(collection, wanted);
        for (const { document } of page.items) yield document;
        after = page.hasMore ? page.items.at(-1)?.cursor : undefined;
      } while (after !== undefined);
    },
  };
};
