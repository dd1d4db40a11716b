import type { AnyFact, AnyRejection, Decider } from '../../domain/kernel';
import type { Position, StreamName } from '../event-store';
import type { CommandContext } from './command-context';

/** `events`: the events of this command id, of now or of the first time; none where nothing had to change. */
export type Executed<Event, Rejection> =
  | { readonly kind: 'accepted'; readonly events: readonly Event[]; readonly position?: Position | undefined }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'unknown'; readonly commandId: string };

export type ExecuteOptions = {
  /**
   * The command usually creates its stream. It is then decided on the initial state and appended with the expected revision
   * `no-stream`, without a read; on a conflict the stream is loaded and the command decided again. Default false.
   */
  readonly assumeNew?: boolean | undefined;
};

/** Executes commands of one kind of aggregate, and loads its state. */
export interface AggregateHandle<State, Command, Event extends AnyFact, Rejection extends AnyRejection> {
  /**
   * Loads, decides and appends. A command id that the stream contains already is answered with its first result.
   *
   * @throws Fault `REVISION_CONFLICT`, `STORE_UNAVAILABLE`, `OVERLOADED`, `DEADLINE_EXCEEDED`: nothing was recorded.
   */
  execute(
    id: string | number,
    command: Command,
    context: CommandContext,
    options?: ExecuteOptions,
  ): Promise<Executed<Event, Rejection>>;

  /**
   * Returns the state of one aggregate, with all events that this process has written, and all that its followers have received.
   * It is read from the store unless such a state is cached.
   */
  load(id: string | number): Promise<State>;

  /** Returns the stored events of one command id, or undefined if the stream does not contain it. */
  effectOf(
    id: string | number,
    commandId: string,
  ): Promise<{ readonly events: readonly Event[]; readonly position: Position } | undefined>;
}

/** The events of the longest stream of a category. */
export type LongestStream = {
  readonly category: string;
  readonly stream: StreamName;
  readonly events: number;
};

/** The only way to the streams of aggregates. The gateways use it for their own inboxes and outboxes too. */
export interface Aggregates {
  /** Binds a decider: `aggregates.of(order).execute(orderId, command, context)`. */
  of<State, Command, Event extends AnyFact, Rejection extends AnyRejection>(
    decider: Decider<State, Command, Event, Rejection>,
  ): AggregateHandle<State, Command, Event, Rejection>;
}

/** Aggregates with the figures of this process. */
export interface ExecutingAggregates extends Aggregates {
  /** Returns the number of cached streams, and their estimated memory in bytes. */
  cacheSize(): { readonly streams: number; readonly bytes: number };
  /** Returns the longest stream of each category that this process has read or written. */
  longestStreams(): readonly LongestStream[];
}
