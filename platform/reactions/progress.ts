import type { Position } from '../event-store';

/** Tracks the position up to which all events are done, in any order of completion. */
export interface Progress {
  /** @returns a function to call, once, when the event at that position is done. */
  begin(position: Position): () => void;
  /** Passes an event without a reaction. */
  pass(position: Position): void;
  /** Returns the position up to which everything is done. */
  done(): Position | undefined;
  /** Returns the number of entries: events that are not done, and done ones behind them. */
  kept(): number;
  /** Resolves when there are fewer entries. */
  room(keptMax: number): Promise<void>;
}

type Entry = { position: Position; done: boolean };

const DROPPED_AT = 1_000;

export const createProgress = (start: Position | undefined): Progress => {
  let entries: Entry[] = [];
  let first = 0;
  let done = start;
  let waiting: { readonly keptMax: number; readonly resolve: () => void }[] = [];

  const kept = (): number => entries.length - first;

  const settle = (): void => {
    for (let entry = entries[first]; entry?.done; entry = entries[first]) {
      done = entry.position;
      first += 1;
    }
    // Dropped in bulk, because dropping one by one would move the rest each time.
    if (first >= DROPPED_AT || first === entries.length) {
      entries = entries.slice(first);
      first = 0;
    }
    const served = waiting.filter(({ keptMax }) => kept() < keptMax);
    waiting = waiting.filter(({ keptMax }) => kept() >= keptMax);
    for (const { resolve } of served) resolve();
  };

  return {
    kept,
    done: () => done,
    begin: (position) => {
      const entry = { position, done: false };
      entries.push(entry);
      return () => {
        entry.done = true;
        settle();
      };
    },
    pass: (position) => {
      const last = entries.at(-1);
      if (last === undefined) done = position;
      else if (last.done) last.position = position;
      else entries.push({ position, done: true });
    },
    room: (keptMax) =>
      kept() < keptMax
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.push({ keptMax, resolve });
          }),
  };
};
