import type { AnyFact } from '../../domain/kernel';
import type { RecordedEvent } from '../event-store';
import { Fault } from '../faults';
import { commandId } from '../ids';
import type { Executed, CommandContext, Principal } from '../execution';
import { currentTraceparent } from '../telemetry';

/** An event of a known type, with typed data. */
export type EventOf<Fact extends AnyFact> = Omit<RecordedEvent, 'type' | 'data'> & Fact;

/** A reaction to an event. It may be called again for the same event, at any time, after any crash. */
export type Reaction = (event: RecordedEvent) => Promise<void>;

/**
 * A table of reactions that turns events into the next commands. `name` is part of stored ids, so it must not change.
 */
export type Reactor = {
  readonly name: string;
  readonly reactions: Readonly<Record<string, Reaction>>;
};

/** Declares a reactor: reactions by event type. */
export const reactor = <Fact extends AnyFact>(
  name: string,
  reactions: {
    readonly [Type in Fact['type']]: (event: EventOf<Extract<Fact, { type: Type }>>) => Promise<void>;
  },
): Reactor => ({
  name,
  // The key of a reaction is the type of its events.
  reactions: reactions as unknown as Record<string, Reaction>,
});

/** An error of a reaction that must wait: the reaction is retried automatically, and no other reaction waits for it. */
export class RetryLater extends Error {}

const WORKFLOWS: Principal = { kind: 'system', id: 'workflows', roles: [] };

/**
 * Returns the context of a command that follows from an event.
 *
 * @param purpose - distinguishes the commands of the same event; the same event and purpose are the same command.
 */
export const contextFrom = (
  event: RecordedEvent,
  purpose: string,
  principal: Principal = WORKFLOWS,
): CommandContext => ({
  commandId: commandId(event.id, purpose),
  correlationId: event.metadata.$correlationId,
  principal,
  traceparent: currentTraceparent() ?? event.metadata.traceparent,
});

/**
 * Returns the context of the command that wrote an event. With it a reactor continues an interrupted use case: the further
 * commands get the same ids as if the use case had gone on.
 */
export const contextOfCause = (event: RecordedEvent): CommandContext => ({
  ...contextFrom(event, ''),
  commandId: event.metadata.$causationId,
});

/** Returns a known outcome; throws Fault `OUTCOME_UNKNOWN` for an unknown one, so that the reaction is retried. */
export const requireKnownOutcome = <Event extends AnyFact, Rejection>(
  executed: Executed<Event, Rejection>,
): Exclude<Executed<Event, Rejection>, { kind: 'unknown' }> => {
  if (executed.kind === 'unknown')
    throw new Fault('OUTCOME_UNKNOWN', `The outcome of the command ${executed.commandId} is unknown`);
  return executed;
};

/**
 * Throws unless the command was accepted or rejected with a code in `harmless`.
 *
 * @throws Error with the rejection, so that the reaction is parked for an operator.
 */
export const requireAccepted = <Event extends AnyFact, Rejection extends { readonly code: string }>(
  executed: Executed<Event, Rejection>,
  harmless: readonly Rejection['code'][] = [],
): void => {
  const settled = requireKnownOutcome(executed);
  if (settled.kind === 'rejected' && !harmless.includes(settled.rejection.code))
    throw new Error(`Rejected: ${JSON.stringify(settled.rejection)}`);
};
