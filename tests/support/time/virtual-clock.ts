import { setImmediate as nextTurn } from 'node:timers/promises';
import { epochMsOf, instantOf, type Instant } from '../../../domain/kernel';
import type { Clock, Timer } from '../../../platform/clock';

type Due = { readonly atMs: number; readonly order: number; readonly action: () => void };

/** Time that moves only when there is nothing else to do, so that a test of an hour takes a moment. */
export interface VirtualClock extends Clock {
  /** Moves time to the next timer, and on, until the promise is settled. */
  drive<Result>(promise: Promise<Result>): Promise<Result>;
  /** Moves time by so much, firing what falls due on the way. */
  advance(ms: number): Promise<void>;
}

const START = '2026-01-31T08:00:00.000Z' as Instant;

export const createVirtualClock = (start: Instant = START): VirtualClock => {
  const startMs = epochMsOf(start);
  const due = new Set<Due>();
  let nowMs = 0;
  let order = 0;

  const next = (): Due | undefined => {
    let first: Due | undefined;
    for (const timer of due) {
      if (!first || timer.atMs < first.atMs || (timer.atMs === first.atMs && timer.order < first.order))
        first = timer;
    }
    return first;
  };

  const fire = (timer: Due): void => {
    due.delete(timer);
    nowMs = Math.max(nowMs, timer.atMs);
    timer.action();
  };

  const after = (delay: number, action: () => void): Timer => {
    const timer = { atMs: nowMs + Math.max(0, delay), order: order++, action };
    due.add(timer);
    return { cancel: () => void due.delete(timer) };
  };

  return {
    after,
    now: () => instantOf(startMs + Math.floor(nowMs)),
    monotonicMs: () => nowMs,
    sleep: (delay, signal) =>
      new Promise((resolve, reject) => {
        const abort = (): void => {
          timer.cancel();
          reject(signal?.reason as Error);
        };
        const timer = after(delay, () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        });
        if (signal?.aborted) abort();
        else signal?.addEventListener('abort', abort, { once: true });
      }),
    drive: async (promise) => {
      const progress = { settled: false };
      const mark = (): void => void (progress.settled = true);
      promise.then(mark, mark);
      for (;;) {
        // Two turns, because a stream or a worker may answer in the one after the next.
        await nextTurn();
        await nextTurn();
        if (progress.settled) return promise;
        const timer = next();
        if (timer) fire(timer);
      }
    },
    advance: async (ms) => {
      const untilMs = nowMs + ms;
      for (;;) {
        await nextTurn();
        const timer = next();
        if (!timer || timer.atMs > untilMs) break;
        fire(timer);
      }
      nowMs = untilMs;
    },
  };
};
