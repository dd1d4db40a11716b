import fc from 'fast-check';
import type { Clock, Random } from '../clock';
import { backoffDelay, supervise } from './retry';

const backoff = { baseMs: 100, factor: 2, maxMs: 5_000 };
const middle: Random = { next: () => 0.5, bytes: (length) => new Uint8Array(length) };

/** Sleeps take no time but are counted. */
const instantClock = (): Clock & { readonly slept: number[] } => {
  const slept: number[] = [];
  return {
    slept,
    now: () => '2026-01-01T00:00:00.000Z' as never,
    monotonicMs: () => 0,
    after: () => ({ cancel: () => undefined }),
    sleep: async (delay) => void slept.push(delay),
  };
};

describe('a back-off', () => {
  it('stays between half of the exponential delay and all of it, and under its cap', () =>
    fc.assert(
      fc.property(fc.nat(200), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, chance) => {
        const delay = backoffDelay(attempt, backoff, { ...middle, next: () => chance });
        const ceiling = Math.min(5_000, 100 * 2 ** Math.min(attempt, 30));
        expect(delay).toBeGreaterThanOrEqual(ceiling / 2);
        expect(delay).toBeLessThanOrEqual(ceiling);
      }),
    ));
});

describe('a supervised loop', () => {
  it('restarts after errors and early ends, with growing delays, until its signal aborts', async () => {
    const clock = instantClock();
    const stop = new AbortController();
    const failures: string[] = [];
    let runs = 0;
    await supervise(
      async () => {
        runs += 1;
        if (runs === 1) throw new Error('fell');
        if (runs === 4) stop.abort();
      },
      {
        clock,
        random: middle,
        backoff,
        signal: stop.signal,
        onFailure: (error) => failures.push((error as Error).message),
      },
    );
    expect(runs).toBe(4);
    expect(failures).toEqual(['fell', 'The loop ended early', 'The loop ended early']);
    expect(clock.slept).toEqual([75, 150, 300]);
  });

  it('is not called for the error that its own stop causes', async () => {
    const stop = new AbortController();
    const failures: unknown[] = [];
    await supervise(
      async (signal) => {
        stop.abort();
        signal.throwIfAborted();
      },
      {
        clock: instantClock(),
        random: middle,
        backoff,
        signal: stop.signal,
        onFailure: (e) => failures.push(e),
      },
    );
    expect(failures).toEqual([]);
  });
});
