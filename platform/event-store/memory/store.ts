import type { Clock } from '../../clock';
import { Fault } from '../../faults';
import { positionOf } from '../position';
import type {
  AppendResult,
  EventStore,
  ExpectedRevision,
  NewEvent,
  ReadAllOptions,
  ReadOptions,
  RecordedEvent,
  StreamName,
  SubscribeOptions,
  SubscriptionBatch,
} from '../event-store';

const EVENT_BYTES_MAX = 1024 * 1024;
const DEFAULT_BATCH = 512;

const copyOf = ({ id, type, data, metadata }: NewEvent): NewEvent => {
  const text = JSON.stringify({ data, metadata });
  if (Buffer.byteLength(text) > EVENT_BYTES_MAX)
    throw new Fault('EVENT_TOO_LARGE', `The event ${id} (${type}) is over 1 MiB`);
  return { id, type, ...(JSON.parse(text) as Pick<NewEvent, 'data' | 'metadata'>) };
};

/** An event store in memory with the guarantees of the port except durability, for specs and simulation. */
class MemoryEventStore implements EventStore {
  private all: RecordedEvent[] = [];
  private readonly streams = new Map<StreamName, RecordedEvent[]>();
  private readonly tombstones = new Map<StreamName, AppendResult>();
  private nextPosition = 1;
  private isClosed = false;
  private readonly sleepers = new Set<() => void>();

  constructor(private readonly clock: Clock) {}

  async append(
    stream: StreamName,
    expectedRevision: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<AppendResult> {
    await this.checkOpen();
    if (events.length === 0) throw new Error('An append has events');
    const written = this.streams.get(stream) ?? [];
    const from = expectedRevision === 'no-stream' ? 0 : Number(expectedRevision) + 1;
    const conflict = this.conflict(stream);
    if (this.tombstones.has(stream)) return conflict;
    if (from !== written.length) {
      const there = written.slice(from, from + events.length);
      const last = there.at(-1);
      const isSame = events.every(({ id }, index) => id === there[index]?.id);
      return isSame && last !== undefined
        ? { kind: 'appended', revision: last.revision, position: last.position }
        : conflict;
    }
    const recordedAt = this.clock.now();
    const recorded = events.map(copyOf).map((event, index) => ({
      ...event,
      stream,
      revision: BigInt(from + index),
      position: positionOf(this.nextPosition + index),
      recordedAt,
    }));
    this.nextPosition += recorded.length;
    this.streams.set(stream, [...written, ...recorded]);
    this.all.push(...recorded);
    this.wake();
    return {
      kind: 'appended',
      revision: BigInt(from + events.length - 1),
      position: positionOf(this.nextPosition - 1),
    };
  }

  async tombstone(stream: StreamName, expectedRevision: ExpectedRevision): Promise<AppendResult> {
    await this.checkOpen();
    const before = this.tombstones.get(stream);
    const conflict = this.conflict(stream);
    if (conflict.actual !== expectedRevision) return conflict;
    if (before !== undefined) return before;
    const revision = expectedRevision === 'no-stream' ? -1n : expectedRevision;
    const result = { kind: 'appended', revision, position: positionOf(this.nextPosition++) } as const;
    this.tombstones.set(stream, result);
    this.all = this.all.filter((event) => event.stream !== stream);
    return result;
  }

  async *read(stream: StreamName, options: ReadOptions = {}): AsyncIterable<RecordedEvent> {
    await this.checkOpen();
    const { from, direction = 'forwards', limit } = options;
    const events = this.tombstones.has(stream) ? [] : (this.streams.get(stream) ?? []);
    const wanted =
      direction === 'forwards'
        ? events.filter(({ revision }) => revision >= (from ?? 0n))
        : events.filter(({ revision }) => from === undefined || revision <= from).reverse();
    yield* wanted.slice(0, limit);
  }

  async *readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
    await this.checkOpen();
    const { after, direction = 'forwards', limit } = options;
    if (direction === 'forwards') yield* this.following(after, limit);
    else
      yield* this.all
        .filter(({ position }) => after === undefined || position < after)
        .reverse()
        .slice(0, limit);
  }

  async *subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionBatch> {
    await this.checkOpen();
    const { batchSize = DEFAULT_BATCH, signal } = options;
    let after = options.after;
    let toldCaughtUp = false;
    while (!signal.aborted && !this.isClosed) {
      const events = this.following(after, batchSize);
      if (events.length === 0 && toldCaughtUp) {
        await this.changed(signal);
        continue;
      }
      after = events.at(-1)?.position ?? after;
      toldCaughtUp = events.length < batchSize;
      yield { events, caughtUp: toldCaughtUp };
    }
  }

  async head(): Promise<RecordedEvent['position'] | undefined> {
    await this.checkOpen();
    return this.all.at(-1)?.position;
  }

  close(): Promise<void> {
    this.isClosed = true;
    this.wake();
    return Promise.resolve();
  }

  private following(after: RecordedEvent['position'] | undefined, limit?: number): RecordedEvent[] {
    return this.all.filter(({ position }) => after === undefined || position > after).slice(0, limit);
  }

  private conflict(stream: StreamName): AppendResult & { kind: 'conflict' } {
    return { kind: 'conflict', actual: this.streams.get(stream)?.at(-1)?.revision ?? 'no-stream' };
  }

  /** Makes every answer asynchronous, so that callers cannot depend on the opposite. */
  private async checkOpen(): Promise<void> {
    if (this.isClosed) throw new Fault('STORE_CLOSED', 'The event store is closed');
    await Promise.resolve();
  }

  private changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.sleepers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.sleepers.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  private wake(): void {
    for (const wake of [...this.sleepers]) wake();
  }
}

/** Opens an event store in memory, for specs and simulation. */
export const memoryEventStore = (clock: Clock): EventStore => new MemoryEventStore(clock);
