import type { Clock, Random } from '../clock';
import type { AppendResult, EventStore, ExpectedRevision, NewEvent, StreamName } from '../event-store';
import { backoffDelay, type Backoff } from '../faults';

export type Append = {
  readonly stream: StreamName;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
  /** On the clock's monotonic scale: after it, no caller waits for the result. */
  readonly deadlineMs: number;
};

export type AppendOptions = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly random: Random;
  /** The number of attempts of one append while its outcome is unknown. */
  readonly attemptsMax: number;
  readonly backoff: Backoff;
};

/**
 * Appends. While the outcome is unknown it sends the same append again (same ids, same revision), which a store takes for one
 * append.
 *
 * @returns `unknown` only when the attempts or the time are used up. A `conflict` may be with an earlier attempt that succeeded:
 *   the stream then contains the command's id.
 */
export const appendUntilKnown = async (
  { store, clock, random, attemptsMax, backoff }: AppendOptions,
  { stream, expected, events, deadlineMs }: Append,
): Promise<AppendResult> => {
  let unknown: Extract<AppendResult, { kind: 'unknown' }> | undefined;

  for (let attempt = 0; ; attempt += 1) {
    try {
      const result = await store.append(stream, expected, events);
      if (result.kind !== 'unknown') return result;
      unknown = result;
    } catch (error) {
      // The error of the first attempt is its outcome. A later error says nothing about the earlier attempts.
      if (unknown === undefined) throw error;
    }
    const delay = backoffDelay(attempt, backoff, random);
    if (attempt + 1 >= attemptsMax || clock.monotonicMs() + delay >= deadlineMs) return unknown;
    await clock.sleep(delay);
  }
};
