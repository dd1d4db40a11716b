import type { Instant } from '../../domain/kernel';
import type { Position, RecordedEvent } from '../event-store';

/** The stored positions of subscribers of the event store. */
export interface Checkpoints {
  read(name: string): Promise<Position | undefined>;
  write(name: string, position: Position): Promise<void>;
}

/** A failed reaction, stored until it is done. `id` is of the event and the reactor. */
export type ParkedReaction = {
  readonly id: string;
  readonly event: RecordedEvent;
  readonly workflow: string;
  /** The reason, a sentence for operators. */
  readonly reason: string;
  readonly parkedAt: Instant;
  /** Retried automatically at intervals, or only by an operator. */
  readonly retry: 'by-itself' | 'by-hand';
};

/** The durable store of failed reactions, so that no other work waits for them. */
export interface Parking {
  /** Stores a reaction. The same id replaces the former one. */
  park(reaction: ParkedReaction): Promise<void>;
  find(id: string): Promise<ParkedReaction | undefined>;
  /** Returns the oldest first. @param workflows - the reactors; absent: all. */
  list(
    retry: ParkedReaction['retry'],
    limit: number,
    workflows?: readonly string[],
  ): Promise<readonly ParkedReaction[]>;
  remove(id: string): Promise<void>;
}
