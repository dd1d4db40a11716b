import { setImmediate as nextTurn } from 'node:timers/promises';

/** Resolves when a piece of work with that key may start: at once, or in the next turn of the event loop that is free. */
export type Turns = (key: string) => Promise<void>;

/**
 * Lets one piece of work a key start in each turn of the event loop. Many pieces of one client then do not delay a piece of
 * another by more than one of them takes.
 */
export const createTurns = (): Turns => {
  const ends = new Map<string, Promise<void>>();

  return async (key) => {
    const before = ends.get(key);
    const end = (async (): Promise<void> => {
      await before;
      await nextTurn();
    })();
    ends.set(key, end);
    void end.then(() => {
      if (ends.get(key) === end) ends.delete(key);
    });
    await before;
  };
};
