/** Loads one document by its key; loads of the same turn of the event loop share one read. */
export type Batch<Key, Value> = (key: Key) => Promise<Value | undefined>;

type Waiting<Value> = {
  readonly resolve: (value: Value | undefined) => void;
  readonly reject: (error: unknown) => void;
};

/** The largest number of keys in one read. */
const KEYS_MAX = 500;

/**
 * Creates a loader that gathers the keys of one turn of the event loop into one read, so that a page of a hundred rows
 * makes one read of the documents they refer to and not a hundred. Nothing is cached: after a mutation the next load
 * reads again.
 *
 * @param load - returns the values in any order, without the missing ones.
 */
export const createBatch = <Key, Value>(
  load: (keys: readonly Key[]) => Promise<readonly Value[]>,
  keyOf: (value: Value) => Key,
): Batch<Key, Value> => {
  let waiting = new Map<Key, Waiting<Value>[]>();

  const send = async (): Promise<void> => {
    const asked = waiting;
    if (asked.size === 0) return;
    waiting = new Map();
    try {
      const found = new Map((await load([...asked.keys()])).map((value) => [keyOf(value), value]));
      for (const [key, callers] of asked) for (const { resolve } of callers) resolve(found.get(key));
    } catch (error) {
      for (const callers of asked.values()) for (const { reject } of callers) reject(error);
    }
  };

  return (key) =>
    new Promise((resolve, reject) => {
      if (waiting.size === 0) setImmediate(() => void send());
      const callers = waiting.get(key);
      if (callers) callers.push({ resolve, reject });
      else waiting.set(key, [{ resolve, reject }]);
      if (waiting.size === KEYS_MAX) void send();
    });
};
