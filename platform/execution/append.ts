import type { Clock, Random } from '../clock';
import type { AppendResult, EventStore, ExpectedRevision, NewEvent, StreamName } from '../event-store';
import { backoffDelay } from '../faults';
import type { ExecutionLimits } from './limits';

export type Append = {
  readonly stream: StreamName;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
  /** On the clock's monotonic scale: nobody waits for the outcome any longer. */
  readonly deadlineMs: number;
};

export type AppendDeps = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: Pick<ExecutionLimits, 'appendAttemptsMax' | 'appendBackoff'>;
};

/**
 * Appends, and while nobody knows whether it happened sends the very same append again (same ids, same revision): a store
 * takes that for one append.
 *
 * @returns `unknown` only when the tries or the time are used up. A `conflict` may be with ourselves, when an earlier try
 *   has landed: whoever reads the stream again finds the command's id in it.
 */
export const appendSurely = async (deps: AppendDeps, append: Append): Promise<AppendResult> => {
  const { store, clock, random, limits } = deps;
  let unknown: Extract<AppendResult, { kind: 'unknown' }> | undefined;

  for (let attempt = 0; ; attempt += 1) {
    try {
      const result = await store.append(append.stream, append.expected, append.events);
      if (result.kind !== 'unknown') return result;
      unknown = result;
    } catch (error) {
      // The first try's error is an answer. A later one leaves the earlier doubt where it was.
      if (unknown === undefined) throw error;
    }
    const delay = backoffDelay(attempt, limits.appendBackoff, random);
    if (attempt + 1 >= limits.appendAttemptsMax || clock.monotonicMs() + delay >= append.deadlineMs)
      return unknown;
    await clock.sleep(delay);
  }
};
