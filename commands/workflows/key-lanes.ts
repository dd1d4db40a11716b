import { createGate } from '../execution/gate';

/** Runs work with the same key one after another, and work with other keys beside it. */
export type KeyLanes = (key: string, work: () => Promise<void>) => Promise<void>;

/** @param concurrentMax - over all keys. Whoever calls bounds how much waits. */
export const createKeyLanes = (concurrentMax: number): KeyLanes => {
  const gate = createGate('workflows', { concurrentMax, waitingMax: Number.MAX_SAFE_INTEGER });
  const tails = new Map<string, Promise<void>>();
  return (key, work) => {
    const run = (): Promise<void> => gate.run(work);
    // What came before may have failed; that is its own caller's to know.
    const tail = (tails.get(key) ?? Promise.resolve()).then(run, run);
    tails.set(key, tail);
    return tail.finally(() => {
      if (tails.get(key) === tail) tails.delete(key);
    });
  };
};
