import type { Instant } from '../../domain/kernel';
import type { Position, RecordedEvent } from '../event-store';

/** Where a subscriber of the event store left off. */
export interface Checkpoints {
  read(name: string): Promise<Position | undefined>;
  write(name: string, position: Position): Promise<void>;
}

/** A reaction that could not be carried out, kept until it can. `id` names the event and the workflow. */
export type ParkedReaction = {
  readonly id: string;
  readonly event: RecordedEvent;
  readonly workflow: string;
  /** A sentence for whoever looks at it. */
  readonly reason: string;
  readonly parkedAt: Instant;
  /** Tried again from time to time, or only when somebody says so. */
  readonly retry: 'by-itself' | 'by-hand';
};

/** Keeps what could not be done, so that nothing else has to wait for it. Durable. */
export interface Parking {
  /** The same id again replaces what was there. */
  park(reaction: ParkedReaction): Promise<void>;
  find(id: string): Promise<ParkedReaction | undefined>;
  /** Oldest first. @param workflows - whose reactions; absent: everybody's. */
  list(
    retry: ParkedReaction['retry'],
    limit: number,
    workflows?: readonly string[],
  ): Promise<readonly ParkedReaction[]>;
  remove(id: string): Promise<void>;
}
