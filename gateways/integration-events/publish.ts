import type { Bus } from '../../platform/bus';
import type { Clock, Random } from '../../platform/clock';
import { backoffDelay, isFault, type Backoff } from '../../platform/faults';
import type { Logger } from '../../platform/telemetry';
import type { Message } from './translate';

export type PublishDeps = {
  readonly bus: Pick<Bus, 'publish'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** The delays before a message that the bus did not accept is published again. There is no last attempt. */
  readonly republish: Backoff;
};

/** The number of messages that the bus has not accepted; `refusal`: the reason of its last refusal. */
export type Waiting = { readonly waiting: number; readonly refusal: string | undefined };

export const noneWaiting: Waiting = { waiting: 0, refusal: undefined };

/**
 * @returns the reason why the bus did not accept it; undefined if it is done, because the bus has it, or will never
 * accept it.
 */
const refusalOf = async (
  { topic, event }: Message,
  { bus, logger }: PublishDeps,
): Promise<string | undefined> => {
  try {
    await bus.publish(topic, event);
    return undefined;
  } catch (error) {
    const about = { error, topic, eventId: event.id, type: event.type };
    if (isFault(error) && !error.retryable) {
      logger.error(about, 'An integration event can’t be published, ever');
      return undefined;
    }
    logger.debug(about, 'An integration event was not published');
    return error instanceof Error ? error.message : String(error);
  }
};

/**
 * Publishes until the bus has accepted each message, or the signal aborts. @param onWaiting - called at each change.
 */
export const publishAll = async (
  messages: readonly Message[],
  deps: PublishDeps,
  signal: AbortSignal,
  onWaiting: (waiting: Waiting) => void,
): Promise<void> => {
  const { clock, random, logger, republish } = deps;
  let left = messages;
  onWaiting({ waiting: left.length, refusal: undefined });
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt > 0) {
      logger.warn({ waiting: left.length, attempt }, 'The bus does not accept the integration’s messages');
      await clock.sleep(backoffDelay(attempt - 1, republish, random), signal);
    }
    const refusals = await Promise.all(left.map((message) => refusalOf(message, deps)));
    signal.throwIfAborted();
    left = left.filter((_, index) => refusals[index] !== undefined);
    onWaiting({ waiting: left.length, refusal: refusals.findLast((refusal) => refusal !== undefined) });
  }
};
