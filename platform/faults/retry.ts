import type { Millis } from '../../domain/kernel';
import type { Clock, Random } from '../clock';

export type Backoff = { readonly baseMs: number; readonly factor: number; readonly maxMs: number };

/** Returns a random delay between half of the given one and all of it. */
export const jittered = (delayMs: number, random: Random): Millis =>
  (delayMs * (0.5 + random.next() / 2)) as Millis;

/**
 * Returns a delay with equal jitter: between half of the exponential delay and all of it, so that several processes do
 * not retry at the same time.
 */
export const backoffDelay = (attempt: number, { baseMs, factor, maxMs }: Backoff, random: Random): Millis => {
  const ceiling = Math.min(maxMs, baseMs * factor ** Math.min(attempt, 30));
  return jittered(ceiling, random);
};

/** The back-off of a loop that is started again after a failure. */
const RESTART: Backoff = { baseMs: 100, factor: 2, maxMs: 10_000 };

export type Supervision = {
  readonly clock: Clock;
  readonly random: Random;
  /** Default: from 100 ms to 10 s. */
  readonly backoff?: Backoff | undefined;
  readonly signal: AbortSignal;
  /** Called after each failure, before the next run. */
  readonly onFailure: (error: unknown, attempt: number) => void;
  /** A run that lasted at least so long counts as healthy: the back-off starts from the beginning. */
  readonly healthyAfterMs?: number | undefined;
};

// A function, because the compiler would treat a property as unchanged over an await.
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

/** Runs a loop until the signal aborts: after an error or an early end it runs again, after a jittered delay. */
export const supervise = async (
  run: (signal: AbortSignal) => Promise<void>,
  on: Supervision,
): Promise<void> => {
  let attempt = 0;
  while (!isAborted(on.signal)) {
    const startedAt = on.clock.monotonicMs();
    try {
      await run(on.signal);
      if (isAborted(on.signal)) return;
      on.onFailure(new Error('The loop ended early'), attempt);
    } catch (error) {
      if (isAborted(on.signal)) return;
      on.onFailure(error, attempt);
    }
    if (on.clock.monotonicMs() - startedAt >= (on.healthyAfterMs ?? 10_000)) attempt = 0;
    await on.clock
      .sleep(backoffDelay(attempt, on.backoff ?? RESTART, on.random), on.signal)
      .catch(() => undefined);
    attempt += 1;
  }
};
