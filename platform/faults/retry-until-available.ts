import type { Clock, Random } from '../clock';
import { isFault, type Fault } from './fault';
import { backoffDelay } from './retry';

export type AvailabilityWait = {
  readonly clock: Clock;
  readonly random: Random;
  /** Ends the wait; its reason is thrown. */
  readonly signal: AbortSignal;
  /** Called after each failed attempt, before the pause. `attempt` counts from 0. */
  readonly onUnavailable: (fault: Fault, attempt: number) => Promise<void>;
};

const BACKOFF = { baseMs: 200, factor: 2, maxMs: 5_000 };

/**
 * Repeats work that needs an outside system, and may be done twice, until it succeeds. Pauses between attempts for 0.2 s to 5 s.
 *
 * @throws what `work` throws, unless that is a retryable fault.
 */
export const retryUntilAvailable = async <Result>(
  work: () => Promise<Result>,
  { clock, random, signal, onUnavailable }: AvailabilityWait,
): Promise<Result> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isFault(error) || !error.retryable) throw error;
      await onUnavailable(error, attempt);
    }
    await clock.sleep(backoffDelay(attempt, BACKOFF, random), signal);
  }
};
