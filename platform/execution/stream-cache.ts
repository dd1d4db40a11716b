import { LRUCache } from 'lru-cache';
import type { AnyFact, AnyRejection, Decider } from '../../domain/kernel';
import type { EventStore, ExpectedRevision, Position, RecordedEvent, StreamName } from '../event-store';
import { CommandEffects, type CommandEffect } from './command-effects';
import { initialWeight, measured, type StateWeight } from './state-weight';

/** A decider of any aggregate. Its types were checked where the handle was bound; from there on all streams are treated alike. */
export type AnyDecider = Decider<unknown, unknown, AnyFact, AnyRejection>;

export type StreamRef = { readonly stream: StreamName; readonly decider: AnyDecider };

/** The state of a stream, folded from durable events only. */
export type CachedStream = {
  readonly state: unknown;
  readonly revision: ExpectedRevision;
  readonly weight: StateWeight;
  /** Its successor shares it, because entries are only added, and the oldest ones removed. */
  readonly effects: CommandEffects;
  /**
   * False after a first append that was made without a read: that append may have been a repeat, and other events may have been
   * written since the first time.
   */
  readonly isLoaded: boolean;
};

export type StreamCacheLimits = {
  /** The memory of all cached states and command ids together, in bytes. */
  readonly cacheBytesMax: number;
  /** Command ids remembered for one stream. An older repeat is recognised by the domain's own ids only. */
  readonly commandsRememberedMax: number;
};

export const nextRevision = (revision: ExpectedRevision): bigint =>
  revision === 'no-stream' ? 0n : revision + 1n;

const factOf = ({ type, data }: RecordedEvent): AnyFact => ({ type, data });

/** Returns the stored events of one command, and the position of the last one. */
export const readEffect = async (
  store: EventStore,
  stream: StreamName,
  { first, count }: CommandEffect,
): Promise<{ readonly events: readonly AnyFact[]; readonly position: Position | undefined }> => {
  const events: AnyFact[] = [];
  let position: Position | undefined;
  for await (const event of store.read(stream, { from: first, limit: count })) {
    events.push(factOf(event));
    position = event.position;
  }
  return { events, position };
};

/** The memory of an entry beside its state and its command ids. */
const ENTRY_BYTES = 400;

/**
 * The most recently used streams, up to a limit in bytes. A stream weighs what its state and command ids weigh, not what its
 * events weigh, so a long stream that is in use stays. The others are read from the store again.
 */
export class StreamCache {
  private readonly streams: LRUCache<StreamName, CachedStream>;

  constructor(
    private readonly store: EventStore,
    private readonly limits: StreamCacheLimits,
  ) {
    this.streams = new LRUCache({
      maxSize: limits.cacheBytesMax,
      sizeCalculation: ({ weight, effects }) => ENTRY_BYTES + weight.bytes + effects.bytes,
    });
  }

  /** The number of cached streams, and their memory. */
  get size(): { readonly streams: number; readonly bytes: number } {
    return { streams: this.streams.size, bytes: this.streams.calculatedSize };
  }

  /** Returns a stream without events. */
  begin({ initial }: AnyDecider): CachedStream {
    return {
      state: initial,
      revision: 'no-stream',
      weight: initialWeight,
      effects: new CommandEffects(this.limits.commandsRememberedMax),
      isLoaded: false,
    };
  }

  get(stream: StreamName): CachedStream | undefined {
    return this.streams.get(stream);
  }

  put(stream: StreamName, cached: CachedStream): void {
    this.streams.set(stream, cached);
  }

  drop(stream: StreamName): void {
    this.streams.delete(stream);
  }

  /** Reads the events after `cached` from the store, folds them and caches the result. */
  async refresh({ stream, decider }: StreamRef, cached: CachedStream): Promise<CachedStream> {
    const { effects } = cached;
    let { state, revision } = cached;
    for await (const event of this.store.read(stream, { from: nextRevision(revision) })) {
      state = decider.evolve(state, factOf(event));
      revision = event.revision;
      effects.add(event.metadata.$causationId, { first: event.revision, count: 1 });
    }
    const weight = state === cached.state ? cached.weight : measured(state);
    const current = { state, revision, weight, effects, isLoaded: true };
    this.put(stream, current);
    return current;
  }
}
