import { LRUCache } from 'lru-cache';
import { within, type Clock } from '../clock';
import { createGate } from '../concurrency';
import { Fault } from '../faults';

export type SideWorkLimits = {
  /** The longest wait of a caller, in milliseconds. The work goes on after it. */
  readonly waitMs: number;
  /** The results that stay in memory. */
  readonly keptMax: number;
};

/** Work that waits for the running one. */
const WAITING_MAX = 3;

/** Work with a progress: `progress` returns the end of a sentence, such as `1200 events read, 40 % of the history`. */
export type Progressing<Result> = { readonly progress: () => string; readonly run: () => Promise<Result> };

/** Long work on the side of requests, named by keys. */
export type SideWork<Result> = {
  /**
   * Returns the result of a key's work. It waits a little; the work goes on after that, and the same call later finds the
   * result. One piece of work runs at a time, and the latest results are kept.
   *
   * @throws Fault `PAST_BEING_BUILT` with the progress, `OVERLOADED`, and what the work throws.
   */
  result(key: string, begin: () => Progressing<Result>): Promise<Result>;
  /** Drops a result, so that the next call begins the work again. */
  drop(key: string): void;
};

/** @param what - for the faults: `a read model of the past`. */
export const createSideWork = <Result>(
  what: string,
  clock: Clock,
  { waitMs, keptMax }: SideWorkLimits,
): SideWork<Result> => {
  type Begun = { readonly work: Progressing<Result>; readonly result: Promise<Result> };
  const kept = new LRUCache<string, Begun>({ max: keptMax });
  const gate = createGate(what, { concurrentMax: 1, waitingMax: WAITING_MAX });

  const start = (key: string, work: Progressing<Result>): Begun => {
    const begun = { work, result: gate.run(() => work.run()) };
    kept.set(key, begun);
    // Work that failed is not kept. Its callers get the error.
    begun.result.catch(() => kept.get(key) === begun && kept.delete(key));
    return begun;
  };

  return {
    result: (key, begin) => {
      const { work, result } = kept.get(key) ?? start(key, begin());
      const notYet = (): Fault =>
        new Fault(
          'PAST_BEING_BUILT',
          `${key} is being built: ${work.progress()}. Send the same query again.`,
        );
      return within(clock, waitMs, result, notYet);
    },
    drop: (key) => void kept.delete(key),
  };
};
