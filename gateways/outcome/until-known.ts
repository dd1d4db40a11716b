import type { Clock, Random } from '../../platform/clock';
import { backoffDelay, isFault } from '../../platform/faults';
import type { Logger } from '../../platform/telemetry';

export type UntilKnownDeps = {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly signal: AbortSignal;
};

type Settled<Answer extends { readonly kind: string }> = Exclude<Answer, { kind: 'unknown' }>;

const PATIENCE = { baseMs: 50, factor: 2, maxMs: 5_000 };

const isKnown = <Answer extends { readonly kind: string }>(answer: Answer): answer is Settled<Answer> =>
  answer.kind !== 'unknown';

/**
 * Sends the very same command again until it is known what became of it: a gateway may forget nothing, and has time.
 *
 * @throws what cannot pass (a Fault that is not retryable, a bug), and the signal's reason.
 */
export const untilKnown = async <Answer extends { readonly kind: string }>(
  { clock, random, logger, signal }: UntilKnownDeps,
  send: () => Promise<Answer>,
): Promise<Settled<Answer>> => {
  for (let attempt = 0; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      const answer = await send();
      if (isKnown(answer)) return answer;
      logger.warn({ attempt }, 'The outcome of a command is unknown; it is sent again');
    } catch (error) {
      if (!isFault(error) || !error.retryable) throw error;
      logger.warn({ attempt, error }, 'A command failed for now; it is sent again');
    }
    await clock.sleep(backoffDelay(attempt, PATIENCE, random), signal);
  }
};
