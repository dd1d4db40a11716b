import type { Clock, Random } from '../clock';
import { backoffDelay, Fault, isFault } from '../faults';
import type { Logger } from '../telemetry';

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
 * Repeats work until no temporary fault occurs, because a gateway must not lose messages.
 *
 * @throws any permanent error (a Fault that is not retryable, a bug), and the signal's reason.
 */
export const untilPossible = async <Result>(
  { clock, random, logger, signal }: UntilKnownDeps,
  work: () => Promise<Result>,
): Promise<Result> => {
  for (let attempt = 0; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!isFault(error) || !error.retryable) throw error;
      logger.warn({ attempt, error }, 'It cannot be done now; it is tried again');
    }
    await clock.sleep(backoffDelay(attempt, PATIENCE, random), signal);
  }
};

/** Sends exactly the same command again until its outcome is known. Throws like `untilPossible`. */
export const untilKnown = <Answer extends { readonly kind: string }>(
  deps: UntilKnownDeps,
  send: () => Promise<Answer>,
): Promise<Settled<Answer>> =>
  untilPossible(deps, async () => {
    const answer = await send();
    if (isKnown(answer)) return answer;
    throw new Fault('OUTCOME_UNKNOWN', 'The outcome of the command is unknown');
  });
