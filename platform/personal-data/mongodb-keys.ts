import { MongoBulkWriteError, type Collection, type Document } from 'mongodb';
import type { Random } from '../clock';
import { KEY_BYTES, type KeysByPerson, type PersonKey, type PersonKeys } from './person-keys';

const KEYS = 'person_keys';
const DUPLICATE_KEY = 11_000;

/** A key as text, because a server for documents need not store bytes as MongoDB does. Null: destroyed. */
type StoredKey = { readonly _id: string; readonly key: string | null; readonly destroyedAt?: string };

const keyOf = ({ key }: StoredKey): PersonKey => (key === null ? 'destroyed' : Buffer.from(key, 'base64'));

const hasOnlyDuplicates = (error: unknown): boolean =>
  error instanceof MongoBulkWriteError &&
  error.result.getWriteConcernError() === undefined &&
  [error.writeErrors].flat().every(({ code }) => code === DUPLICATE_KEY);

/**
 * A connection to MongoDB. No fail-over loses what `collection` reads, nor what it has written: a key is durable before the event
 * that it seals. `reach` opens it, bounds a call in time and turns its errors into faults.
 */
export type KeysConnection = {
  readonly collection: <Stored extends Document>(name: string) => Collection<Stored>;
  readonly reach: <Result>(call: () => Promise<Result>) => Promise<Result>;
  readonly close: () => Promise<void>;
};

/** Keys in a collection of MongoDB. Most members have a key on disk before `make` answers. */
export const mongoPersonKeys = (
  { collection, reach, close }: KeysConnection,
  { random }: { readonly random: Random },
): PersonKeys => {
  const keys = collection<StoredKey>(KEYS);

  const find = async (people: readonly string[]): Promise<KeysByPerson> => {
    const found = await keys.find({ _id: { $in: [...people] } }).toArray();
    return new Map(found.map((stored) => [stored._id, keyOf(stored)]));
  };

  /** Another process may make one of them at the same moment: then its key stays. */
  const insert = async (people: readonly string[]): Promise<void> => {
    const made = people.map((person) => ({
      _id: person,
      key: Buffer.from(random.bytes(KEY_BYTES)).toString('base64'),
    }));
    try {
      await keys.insertMany(made, { ordered: false });
    } catch (error) {
      if (!hasOnlyDuplicates(error)) throw error;
    }
  };

  return {
    find: (people) => reach(() => find(people)),
    make: (people) =>
      reach(async () => {
        const found = await find(people);
        const missing = people.filter((person) => !found.has(person));
        if (missing.length === 0) return found;
        await insert(missing);
        return find(people);
      }),
    destroy: (person, at) =>
      reach(async () => {
        const isDestroyed = (await keys.findOne({ _id: person }))?.key === null;
        if (isDestroyed) return;
        await keys.replaceOne({ _id: person }, { key: null, destroyedAt: at }, { upsert: true });
      }),
    close,
  };
};
