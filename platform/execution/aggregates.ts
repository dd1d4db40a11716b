import type { AnyFact, AnyRejection, Decider } from '../../domain/kernel';
import type { Position } from '../event-store';
import type { CommandContext } from './command-context';

/** `events`: what this command id led to, now or the first time; none where all was so already. */
export type Executed<Event, Rejection> =
  | { readonly kind: 'accepted'; readonly events: readonly Event[]; readonly position?: Position }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'unknown'; readonly commandId: string };

/** The only way to an aggregate's stream, for commands and for the gateways' own inboxes and outboxes. */
export interface Aggregates {
  /** @throws Fault `REVISION_CONFLICT`, `STORE_UNAVAILABLE`, `OVERLOADED`, `DEADLINE_EXCEEDED`. */
  execute<State, Command, Event extends AnyFact, Rejection extends AnyRejection>(
    decider: Decider<State, Command, Event, Rejection>,
    id: string | number,
    command: Command,
    context: CommandContext,
  ): Promise<Executed<Event, Rejection>>;

  /** The aggregate's state as this process knows it: never older than its own last write, read from the store when unknown. */
  load<State, Command, Event extends AnyFact, Rejection extends AnyRejection>(
    decider: Decider<State, Command, Event, Rejection>,
    id: string | number,
  ): Promise<State>;

  /** What a command id led to in the stream, as it is stored; undefined when the stream has not seen it. */
  effectOf<State, Command, Event extends AnyFact, Rejection extends AnyRejection>(
    decider: Decider<State, Command, Event, Rejection>,
    id: string | number,
    commandId: string,
  ): Promise<{ readonly events: readonly Event[]; readonly position: Position } | undefined>;
}
