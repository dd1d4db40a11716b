import type { AnyFact } from '../../domain/kernel';
import type { RecordedEvent } from '../event-store';
import { Fault } from '../faults';
import { commandId } from '../ids';
import type { Executed, CommandContext } from '../execution';

/** An event whose type is known, with its data typed. */
export type EventOf<Fact extends AnyFact> = Omit<RecordedEvent, 'type' | 'data'> & Fact;

/** What follows from an event. May be called again for the same event, at any time, after any crash. */
export type Reaction = (event: RecordedEvent) => Promise<void>;

/** Turns events into the next commands. `name` is part of what is kept, so it stays. */
export type Reactor = {
  readonly name: string;
  readonly reactions: Readonly<Record<string, Reaction>>;
};

/** Ties reactions to the event types that they follow. */
export const reactor = <Fact extends AnyFact>(
  name: string,
  reactions: {
    readonly [Type in Fact['type']]: (event: EventOf<Extract<Fact, { type: Type }>>) => Promise<void>;
  },
): Reactor => ({
  name,
  // The key under which a reaction stands is the type of the events that it is given.
  reactions: reactions as unknown as Record<string, Reaction>,
});

/** Thrown by a reaction that has to wait for something: it is tried again by itself, and nothing else waits for it. */
export class RetryLater extends Error {}

/**
 * The context of a command that follows from an event.
 *
 * @param purpose - tells the commands apart that follow from the same event; the same event and purpose are the same command.
 */
export const contextFrom = (event: RecordedEvent, purpose: string): CommandContext => ({
  commandId: commandId(event.id, purpose),
  correlationId: event.metadata.$correlationId,
  principal: { kind: 'system', id: 'workflows', roles: [] },
});

/** Makes of an unknown outcome a fault, so that the reaction is tried again. */
export const requireKnownOutcome = <Event extends AnyFact, Rejection>(
  executed: Executed<Event, Rejection>,
): Exclude<Executed<Event, Rejection>, { kind: 'unknown' }> => {
  if (executed.kind === 'unknown')
    throw new Fault('OUTCOME_UNKNOWN', `It is not known what became of the command ${executed.commandId}`);
  return executed;
};

/**
 * Demands that a command was accepted, or refused for a reason that means: it is of no matter any more.
 *
 * @throws Error that names the refusal, so that somebody looks at it.
 */
export const requireAccepted = <Event extends AnyFact, Rejection extends { readonly code: string }>(
  executed: Executed<Event, Rejection>,
  harmless: readonly Rejection['code'][] = [],
): void => {
  const settled = requireKnownOutcome(executed);
  if (settled.kind === 'rejected' && !harmless.includes(settled.rejection.code))
    throw new Error(`Refused: ${JSON.stringify(settled.rejection)}`);
};
