import type { Snapshots } from '../event-store';
import type { CollectionSpec, ReadModels } from './read-models';

/** A snapshot as base64 text, because a document is JSON. `id`: the name of the stream. */
type StoredSnapshot = { readonly id: string; readonly content: string };

const collection: CollectionSpec = {
  name: 'stream_snapshots',
  version: 1,
  indexes: [],
  schema: {
    type: 'object',
    properties: { id: { type: 'string' }, content: { type: 'string' } },
    required: ['id', 'content'],
    additionalProperties: false,
  },
};

/**
 * Keeps snapshots among the read models, for an event store that has no place of its own for them. The snapshot of a stream that
 * is deleted stays; no reader uses it, because its last event is gone.
 */
export const snapshotsInReadModels = (readModels: ReadModels): Snapshots => {
  let ensured: Promise<void> | undefined;
  const ensure = (): Promise<void> => {
    ensured ??= readModels.ensure(collection).catch((error: unknown) => {
      ensured = undefined;
      throw error;
    });
    return ensured;
  };
  return {
    read: async (stream) => {
      const found = await readModels.get<StoredSnapshot>(collection, stream);
      return found && Buffer.from(found.document.content, 'base64');
    },
    write: async (stream, content, position) => {
      await ensure();
      const document: StoredSnapshot = { id: stream, content: Buffer.from(content).toString('base64') };
      await readModels.write({ collection, upserts: [{ document, position }], deletes: [], position });
    },
  };
};
