import {
  MongoBulkWriteError,
  MongoServerError,
  type AnyBulkWriteOperation,
  type Collection,
  type Filter,
  type UpdateFilter,
} from 'mongodb';
import type { Position } from '../../event-store';
import { Fault } from '../../faults';
import { leaseLost, type Fence } from '../../lease';
import { DocumentsRefused } from '../documents-refused';
import { DUPLICATE_KEY, isDuplicateId, refusedIn } from './refusal';
import type { ServerKind } from './server-kind';
import { markerOf, type StoredDocument } from './stored-document';

/**
 * The limit of rounds. Each handles concurrent writes of others; more than a few mean that another process writes
 * without end.
 */
const ROUNDS_MAX = 5;

export type Delete = { readonly id: string; readonly position: Position };

/** Returns the guard: a document in MongoDB is replaced or removed only by a newer one. */
const olderThan = (_id: string, position: Position): Filter<StoredDocument> => ({
  _id,
  lastPosition: { $lt: position },
});

const upsertOf = (document: StoredDocument): AnyBulkWriteOperation<StoredDocument> => {
  const { _id, ...replacement } = document;
  return {
    replaceOne: { filter: olderThan(_id, document.lastPosition), replacement, upsert: true },
  };
};

/**
 * True if all errors are duplicates: where a newer document exists, the guard finds nothing and the upsert meets the
 * document's own key.
 */
const isOnlyDuplicates = (error: MongoBulkWriteError): boolean => {
  const errors = [error.writeErrors].flat();
  return errors.length > 0 && errors.every(isDuplicateId);
};

type Split = { readonly missing: readonly StoredDocument[]; readonly older: readonly StoredDocument[] };

/** Returns the documents that are not stored and those of which an older version is. */
const newerThanStored = async (
  collection: Collection<StoredDocument>,
  documents: readonly StoredDocument[],
  server: ServerKind,
): Promise<Split> => {
  const ids = documents.map(({ _id }) => _id);
  const stored = await server.findByIds(collection, ids, { projection: { lastPosition: 1 } });
  const positions = new Map(stored.map(({ _id, lastPosition }) => [_id, lastPosition]));
  return {
    missing: documents.filter(({ _id }) => !positions.has(_id)),
    older: documents.filter(({ _id, lastPosition }) => (positions.get(_id) ?? lastPosition) < lastPosition),
  };
};

/**
 * Inserts the documents that are not stored, on a server that reads a whole collection for each upsert of a new document.
 *
 * @returns the documents that are still to be upserted.
 * @throws DocumentsRefused for documents that will never be stored.
 */
const insertMissing = async (
  collection: Collection<StoredDocument>,
  documents: readonly StoredDocument[],
  server: ServerKind,
): Promise<readonly StoredDocument[]> => {
  const { missing, older } = await newerThanStored(collection, documents, server);
  if (missing.length === 0) return older;
  try {
    await collection.bulkWrite(
      missing.map((document) => ({ insertOne: { document } })),
      { ordered: false },
    );
    return older;
  } catch (error) {
    const refused = refusedIn(error, missing);
    if (refused.size > 0) throw new DocumentsRefused(refused, { cause: error });
    if (!(error instanceof MongoBulkWriteError)) throw error;
    // Another writer has made some of them, or the server does not name a unique index. The upserts tell which.
    return [...missing, ...older];
  }
};

/**
 * Finds refused documents on servers that do not name the duplicate key. If it is not the id, it is that of a unique
 * index.
 */
const refusedUnsaid = async (
  collection: Collection<StoredDocument>,
  documents: readonly StoredDocument[],
  error: MongoBulkWriteError,
): Promise<ReadonlyMap<string, string>> => {
  const indexes = await collection.indexes();
  const unique = indexes.filter(({ unique: isUnique, name }) => isUnique === true && name !== '_id_');
  if (unique.length === 0) return new Map();
  const reason = `A unique index that Waybill did not make allows no such document: ${unique[0]?.name ?? ''}`;
  const failed = [error.writeErrors].flat().flatMap(({ index }) => documents[index] ?? []);
  return new Map(failed.map(({ _id }) => [_id, reason]));
};

/**
 * Writes the documents that are newer than the stored ones, each once, in no order.
 *
 * A duplicate key only means that another document existed when ours was to be inserted: an older writer may have come
 * first. So the stored document is read, and if ours is newer it is written again. That also covers servers that stop
 * at the first error of an unordered write.
 *
 * @throws DocumentsRefused for documents that will never be stored; the others may have been.
 */
export const upsertNewer = async (
  collection: Collection<StoredDocument>,
  documents: readonly StoredDocument[],
  server: ServerKind,
): Promise<void> => {
  let left =
    documents.length > 0 && (await server.isFerretDb())
      ? await insertMissing(collection, documents, server)
      : documents;
  for (let round = 0; left.length > 0; round += 1) {
    try {
      await collection.bulkWrite(left.map(upsertOf), { ordered: false });
      return;
    } catch (error) {
      const refused = refusedIn(error, left);
      if (refused.size > 0) throw new DocumentsRefused(refused, { cause: error });
      if (!(error instanceof MongoBulkWriteError)) throw error;
      // Written here, but not yet where a fail-over would keep it.
      const unconfirmed = error.result.getWriteConcernError();
      if (unconfirmed)
        throw new Fault('READ_MODELS_UNAVAILABLE', unconfirmed.errmsg ?? 'Not confirmed', { cause: error });
      if (!isOnlyDuplicates(error)) throw error;
      if (round === ROUNDS_MAX) {
        const unsaid = await refusedUnsaid(collection, left, error);
        if (unsaid.size > 0) throw new DocumentsRefused(unsaid, { cause: error });
        throw new Fault('READ_MODELS_UNAVAILABLE', 'Others write the same documents all the time', {
          cause: error,
        });
      }
      const { missing, older } = await newerThanStored(collection, left, server);
      left = [...missing, ...older];
    }
  }
};

/**
 * Writes documents, also over stored ones that are as new or newer.
 *
 * @throws DocumentsRefused for documents that will never be stored; the others may have been.
 */
export const replaceAll = async (
  collection: Collection<StoredDocument>,
  documents: readonly StoredDocument[],
): Promise<void> => {
  const operations = documents.map(({ _id, ...replacement }) => ({
    replaceOne: { filter: { _id }, replacement, upsert: true },
  }));
  try {
    await collection.bulkWrite(operations, { ordered: false });
  } catch (error) {
    const refused = refusedIn(error, documents);
    if (refused.size === 0) throw error;
    throw new DocumentsRefused(refused, { cause: error });
  }
};

/** Writes documents without those that are refused. @returns the ids of the refused ones. */
export const writeAllowed = async (
  documents: readonly StoredDocument[],
  write: (documents: readonly StoredDocument[]) => Promise<void>,
): Promise<ReadonlySet<string>> => {
  const refused = new Set<string>();
  let left = documents;
  while (left.length > 0)
    try {
      await write(left);
      break;
    } catch (error) {
      if (!(error instanceof DocumentsRefused)) throw error;
      for (const id of error.refused.keys()) refused.add(id);
      left = left.filter(({ _id }) => !refused.has(_id));
    }
  return refused;
};

/** Deletes documents, also those that are as new or newer, without markers. */
export const deleteAll = async (
  collection: Collection<StoredDocument>,
  deletes: readonly Delete[],
): Promise<void> => {
  await collection.deleteMany({ _id: { $in: deletes.map(({ id }) => id) } });
};

const deleteOlder = async (
  collection: Collection<StoredDocument>,
  deletes: readonly Delete[],
): Promise<void> => {
  const operations = deletes.map(({ id, position }) => ({
    deleteOne: { filter: olderThan(id, position) },
  }));
  await collection.bulkWrite(operations, { ordered: false });
};

/**
 * Puts a marker with the deletion's position in place of each document, even of a missing one: a write from before the
 * deletion that arrives later finds a newer position. If an additional unique index permits no marker, the document is
 * deleted without one.
 */
export const deleteMarked = async (
  collection: Collection<StoredDocument>,
  deletes: readonly Delete[],
  { at, server }: { readonly at: Date; readonly server: ServerKind },
): Promise<void> => {
  const markers = deletes.map(({ id, position }) => markerOf(id, position, at));
  const refused = await writeAllowed(markers, (some) => upsertNewer(collection, some, server));
  if (refused.size === 0) return;
  await deleteOlder(
    collection,
    deletes.filter(({ id }) => refused.has(id)),
  );
};

/** A document that is written under leases: for each, the latest term that wrote it. */
export type Leased = { readonly _id: string; readonly terms?: Readonly<Record<string, number>> };
export type Checkpoint = Leased & { readonly position: Position };

/**
 * Repeats an upsert after a duplicate key: of two concurrent inserts of one document, the second finds it at the next
 * attempt.
 */
export const againOnDuplicate = async (upsert: () => Promise<unknown>): Promise<void> => {
  await upsert().catch((error: unknown) => {
    if (!(error instanceof MongoServerError) || error.code !== DUPLICATE_KEY) throw error;
    return upsert();
  });
};

/**
 * Changes one document, or makes it.
 *
 * @throws Fault `LEASE_LOST` if a later term than the fence's has changed it: the guard then does not match, and the
 * upsert meets its key.
 */
export const upsertInTerm = async <Document extends Leased>(
  collection: Collection<Document>,
  _id: string,
  update: UpdateFilter<Document>,
  fence: Fence | undefined,
): Promise<void> => {
  const filter = (more: object): Filter<Document> => ({ _id, ...more }) as Filter<Document>;
  if (fence === undefined) {
    await againOnDuplicate(() => collection.updateOne(filter({}), update, { upsert: true }));
    return;
  }
  const term = `terms.${fence.lease}`;
  const guard = { $or: [{ [term]: { $exists: false } }, { [term]: { $lte: fence.token } }] };
  const marked = { ...update, $max: { ...update.$max, [term]: fence.token } } as UpdateFilter<Document>;
  try {
    await againOnDuplicate(() => collection.updateOne(filter(guard), marked, { upsert: true }));
  } catch (error) {
    if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) throw leaseLost(fence);
    throw error;
  }
};

/** Raises a checkpoint, which never decreases. */
export const raiseCheckpoint = (
  checkpoints: Collection<Checkpoint>,
  { _id, position }: Checkpoint,
  fence: Fence | undefined,
): Promise<void> => upsertInTerm(checkpoints, _id, { $max: { position } }, fence);
