import type { AnyFact, AnyRejection, Decider } from '../../domain/kernel';
import type { ExpectedRevision, Position, StreamName } from '../event-store';
import type { CommandEffects } from './command-effects';
import type { StateWeight } from './state-weight';

/** A decider of any aggregate. Its types were checked where the handle was bound; from there on all streams are treated alike. */
export type AnyDecider = Decider<unknown, unknown, AnyFact, AnyRejection>;

export type StreamRef = { readonly stream: StreamName; readonly decider: AnyDecider };

/** The state of a stream, folded from durable events only. */
export type CachedStream = {
  readonly state: unknown;
  readonly revision: ExpectedRevision;
  /** The id of the event at `revision`. */
  readonly lastEventId?: string | undefined;
  readonly weight: StateWeight;
  /** Its successor shares it, because entries are only added, and the oldest ones removed. */
  readonly effects: CommandEffects;
  /**
   * False after a first append that was made without a read: that append may have been a repeat, and other events may have been
   * written since the first time.
   */
  readonly isLoaded: boolean;
  /** It has all events of the stream up to this position of the store; undefined if that is unknown. */
  readonly asOf?: Position | undefined;
};
