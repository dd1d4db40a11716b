/** Runs work with the same key one after another, and work with other keys in parallel. */
export type KeyQueues = (key: string, work: () => Promise<void>) => Promise<void>;

/** Creates the queues. The caller limits the waiting work. */
export const createKeyQueues = (): KeyQueues => {
  const tails = new Map<string, Promise<void>>();
  return (key, work) => {
    // The previous work may have failed, which only concerns its own caller.
    const tail = (tails.get(key) ?? Promise.resolve()).then(work, work);
    tails.set(key, tail);
    return tail.finally(() => {
      if (tails.get(key) === tail) tails.delete(key);
    });
  };
};
