import type { Clock, Random } from '../clock';
import type { RecordedEvent } from '../event-store';
import { backoffDelay, isFault } from '../faults';
import { withSpan, type Logger } from '../telemetry';
import type { ReactionLimits } from './limits';
import type { ParkedReaction, Parking } from './reaction-state';
import type { Slots } from './slots';
import { RetryLater, type Reaction, type Reactor } from './reactor';

export type RunReactionDeps = {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly parking: Parking;
  readonly limits: ReactionLimits;
  /** True for a parked reaction, whose further failure is not logged again. */
  readonly isParked?: boolean | undefined;
  /** A slot is used during an attempt, not during the wait between two. */
  readonly slots: Slots;
  /** Aborts when the runtime stops: unfinished reactions run after the next start. */
  readonly signal: AbortSignal;
};

const parkedId = (event: RecordedEvent, { name }: Reactor): string => `${event.id}/${name}`;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const isTemporaryFault = (error: unknown): boolean => isFault(error) && error.retryable;

const park = async (
  { clock, random, logger, parking, limits, signal }: RunReactionDeps,
  parked: ParkedReaction,
): Promise<void> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await parking.park(parked);
      return;
    } catch (error) {
      // A reaction that is neither done nor parked must not be skipped, so this repeats until it works or the runtime
      // stops.
      logger.error({ error, id: parked.id }, 'A reaction could not be parked');
      await clock.sleep(backoffDelay(attempt, limits.backoff, random), signal);
    }
  }
};

/**
 * Runs one reactor's reaction to an event, or parks it with its reason.
 *
 * @returns true if it is done.
 * @throws the signal's reason if the runtime stops first: then it is neither done nor parked.
 */
export const runReaction = async (
  deps: RunReactionDeps,
  reactor: Reactor,
  reaction: Reaction,
  event: RecordedEvent,
): Promise<boolean> => {
  const { clock, random, logger, limits, slots, signal } = deps;
  const kind = `${reactor.name}.${event.type}`;
  const facts = { workflow: reactor.name, eventType: event.type, stream: event.stream, eventId: event.id };
  const id = parkedId(event, reactor);

  const parkWith = async (error: unknown, retry: ParkedReaction['retry']): Promise<boolean> => {
    const reason = reasonOf(error);
    const parked = deps.isParked === true ? 'debug' : 'warn';
    const level = retry === 'by-hand' ? 'error' : parked;
    logger[level]({ ...facts, reason, retry }, 'A reaction is parked');
    await park(deps, { id, event, workflow: reactor.name, reason, parkedAt: clock.now(), retry });
    return false;
  };

  const react = (): Promise<void> => {
    signal.throwIfAborted();
    const attributes = { 'waybill.event_id': event.id, 'waybill.stream': event.stream };
    const { traceparent } = event.metadata;
    const options = { kind: 'consumer', parent: traceparent, links: [traceparent], attributes } as const;
    return withSpan(`react ${kind}`, options, () => reaction(event));
  };

  for (let attempt = 1; ; attempt += 1) {
    try {
      await slots(kind, react);
      return true;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof RetryLater) return parkWith(error, 'by-itself');
      const isTemporary = isTemporaryFault(error);
      const triesMax = isTemporary ? limits.faultTriesMax : limits.errorTriesMax;
      if (attempt >= triesMax) return parkWith(error, isTemporary ? 'by-itself' : 'by-hand');
      logger.warn({ ...facts, attempt, error }, 'A reaction failed and is retried');
      await clock.sleep(backoffDelay(attempt - 1, limits.backoff, random), signal);
    }
  }
};
