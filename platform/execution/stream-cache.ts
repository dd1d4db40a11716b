import { LRUCache } from 'lru-cache';
import type { AnyFact, AnyRejection, Decider } from '../../domain/kernel';
import type { EventStore, ExpectedRevision, Position, RecordedEvent, StreamName } from '../event-store';

/** A decider of any aggregate. Its types were checked where the handle was bound; from there on all streams are treated alike. */
export type AnyDecider = Decider<unknown, unknown, AnyFact, AnyRejection>;

export type StreamRef = { readonly stream: StreamName; readonly decider: AnyDecider };

/** The events of one command: `count` events from revision `first`. */
export type CommandEffect = { readonly first: bigint; readonly count: number; readonly position: Position };

/** The state of a stream, folded from durable events only. */
export type CachedStream = {
  readonly state: unknown;
  readonly revision: ExpectedRevision;
  /** By command id, oldest first. Its successor shares it, because entries are only added, and the oldest ones removed. */
  readonly effects: Map<string, CommandEffect>;
  /**
   * False after a first append that was made without a read: that append may have been a repeat, and other events may have been
   * written since the first time.
   */
  readonly isLoaded: boolean;
};

export type StreamCacheLimits = {
  /** Each stream weighs 1, and 1 for each command id that it remembers. */
  readonly cacheWeightMax: number;
  /** Command ids remembered for one stream. An older repeat is recognised by the domain's own ids only. */
  readonly commandsRememberedMax: number;
};

export const newStream = (decider: AnyDecider): CachedStream => ({
  state: decider.initial,
  revision: 'no-stream',
  effects: new Map(),
  isLoaded: false,
});

export const nextRevision = (revision: ExpectedRevision): bigint =>
  revision === 'no-stream' ? 0n : revision + 1n;

const factOf = ({ type, data }: RecordedEvent): AnyFact => ({ type, data });

/** Returns the stored events of one command. */
export const readEffect = async (
  store: EventStore,
  stream: StreamName,
  { first, count }: CommandEffect,
): Promise<readonly AnyFact[]> => {
  const facts: AnyFact[] = [];
  for await (const event of store.read(stream, { from: first, limit: count })) facts.push(factOf(event));
  return facts;
};

/** The most recently used streams. The others are read from the store again. */
export class StreamCache {
  private readonly streams: LRUCache<StreamName, CachedStream>;

  constructor(
    private readonly store: EventStore,
    private readonly limits: StreamCacheLimits,
  ) {
    this.streams = new LRUCache({
      maxSize: limits.cacheWeightMax,
      sizeCalculation: ({ effects }) => 1 + effects.size,
    });
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
    let { state, revision } = cached;
    for await (const event of this.store.read(stream, { from: nextRevision(revision) })) {
      state = decider.evolve(state, factOf(event));
      revision = event.revision;
      const effect = { first: event.revision, count: 1, position: event.position };
      this.remember(cached, event.metadata.$causationId, effect);
    }
    const current = { state, revision, effects: cached.effects, isLoaded: true };
    this.put(stream, current);
    return current;
  }

  /** Adds the events of a command to its effect; the events of one command are adjacent. */
  remember({ effects }: CachedStream, commandId: string, effect: CommandEffect): void {
    const before = effects.get(commandId);
    effects.set(
      commandId,
      before ? { ...effect, first: before.first, count: before.count + effect.count } : effect,
    );
    for (const oldest of effects.keys()) {
      if (effects.size <= this.limits.commandsRememberedMax) return;
      effects.delete(oldest);
    }
  }
}
