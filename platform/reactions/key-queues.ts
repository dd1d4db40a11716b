/** Runs work with the same key one after another, and work with other keys beside it. */
export type KeyLanes = (key: string, work: () => Promise<void>) => Promise<void>;

/** Whoever calls bounds how much waits. */
export const createKeyLanes = (): KeyLanes => {
  const tails = new Map<string, Promise<void>>();
  return (key, work) => {
    // What came before may have failed; that is its own caller's to know.
    const tail = (tails.get(key) ?? Promise.resolve()).then(work, work);
    tails.set(key, tail);
    return tail.finally(() => {
      if (tails.get(key) === tail) tails.delete(key);
    });
  };
};
