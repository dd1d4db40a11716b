import { LRUCache } from 'lru-cache';
import type { AnyFact } from '../../domain/kernel';
import type {
  EventStore,
  ExpectedRevision,
  Position,
  RecordedEvent,
  StreamHeads,
  StreamName,
} from '../event-store';
import type { AnyDecider, CachedStream, StreamRef } from './cached-stream';
import { CommandEffects, type CommandEffect } from './command-effects';
import { initialWeight, measured } from './state-weight';
import type { StreamLengths } from './stream-lengths';
import type { StreamSnapshots } from './stream-snapshots';

export type StreamCacheLimits = {
  /** The memory of all cached states and command ids together, in bytes. */
  readonly cacheBytesMax: number;
  /** Command ids remembered for one stream. An older repeat is recognised by the domain's own ids only. */
  readonly commandsRememberedMax: number;
};

export const nextRevision = (revision: ExpectedRevision): bigint =>
  revision === 'no-stream' ? 0n : revision + 1n;

const lastRevision = ({ revision }: CachedStream): bigint => (revision === 'no-stream' ? 0n : revision);

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
    private readonly observers: {
      readonly snapshots?: StreamSnapshots | undefined;
      readonly lengths: StreamLengths;
      readonly heads?: StreamHeads | undefined;
    },
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
      asOf: undefined,
    };
  }

  get(stream: StreamName): CachedStream | undefined {
    return this.streams.get(stream);
  }

  /** Caches a stream with new events. @param basis - the stream before them. @param position - of the last one. */
  put(ref: StreamRef, cached: CachedStream, basis: CachedStream, position: Position): void {
    const { snapshots, lengths } = this.observers;
    this.streams.set(ref.stream, cached);
    lengths.observe(ref, nextRevision(cached.revision));
    snapshots?.offer({ ref, cached, position }, nextRevision(basis.revision));
  }

  drop(stream: StreamName): void {
    this.streams.delete(stream);
  }

  /** Returns true if the subscription of this process shows that the stream has no further event. */
  isLast(stream: StreamName, { revision, asOf }: CachedStream): boolean {
    const { heads } = this.observers;
    if (heads === undefined || asOf === undefined) return false;
    return heads.isLast(stream, nextRevision(revision) - 1n, asOf);
  }

  /** Reads a stream from its snapshot on, or from its first event if it has no snapshot that fits. */
  async load(ref: StreamRef): Promise<CachedStream> {
    const { snapshots } = this.observers;
    const snapshot = await snapshots?.read(ref);
    if (snapshot === undefined) return this.reload(ref);
    const asOf = this.seenUpTo();
    // Its last event is read once more: it shows whether the stream is the one of the snapshot.
    const events = this.store.read(ref.stream, { from: lastRevision(snapshot) })[Symbol.asyncIterator]();
    const first = await events.next();
    const isFit = first.done !== true && first.value.id === snapshot.lastEventId;
    snapshots?.judged(ref.stream, isFit);
    if (isFit) return this.extend(ref, { ...snapshot, asOf }, { [Symbol.asyncIterator]: () => events });
    await events.return?.();
    return this.reload(ref);
  }

  /** Reads a stream from its first event. */
  reload(ref: StreamRef): Promise<CachedStream> {
    return this.refresh(ref, this.begin(ref.decider));
  }

  /** Reads the events after `cached`. */
  refresh(ref: StreamRef, cached: CachedStream): Promise<CachedStream> {
    // Before the read, which may miss what is written while it is under way.
    const asOf = this.seenUpTo();
    const events = this.store.read(ref.stream, { from: nextRevision(cached.revision) });
    return this.extend(ref, { ...cached, asOf }, events);
  }

  private seenUpTo(): Position | undefined {
    return this.observers.heads?.seenUpTo();
  }

  /** Folds the events after `cached` and caches the result. */
  private async extend(
    ref: StreamRef,
    cached: CachedStream,
    events: AsyncIterable<RecordedEvent>,
  ): Promise<CachedStream> {
    const { effects } = cached;
    let { state, revision, lastEventId, asOf } = cached;
    let position: Position | undefined;
    for await (const event of events) {
      state = ref.decider.evolve(state, factOf(event));
      ({ revision, id: lastEventId, position } = event);
      if (asOf === undefined || asOf < position) asOf = position;
      effects.add(event.metadata.$causationId, { first: event.revision, count: 1 });
    }
    const weight = state === cached.state ? cached.weight : measured(state);
    const current = { state, revision, lastEventId, weight, effects, isLoaded: true, asOf };
    if (position === undefined) this.streams.set(ref.stream, current);
    else this.put(ref, current, cached, position);
    return current;
  }
}
