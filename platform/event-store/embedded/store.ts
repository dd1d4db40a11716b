import { join } from 'node:path';
import type { Millis } from '../../../domain/kernel';
import { realRandom } from '../../clock';
import type { Clock, Random } from '../../clock';
import { Fault } from '../../faults';
import { silentLogger } from '../../telemetry';
import type { Logger } from '../../telemetry';
import { startWorker } from '../../worker';
import type { WorkerClient } from '../../worker';
import { positionOf } from '../position';
import type {
  AppendResult,
  EventStore,
  ExpectedRevision,
  Head,
  NewEvent,
  ReadAllOptions,
  ReadOptions,
  RecordedEvent,
  StreamName,
  SubscribeOptions,
  SubscriptionBatch,
} from '../port';
import type { EventFile } from './database';
import { GroupCommit } from './group-commit';
import type { SubmitResult } from './group-commit';
import { Pace } from './pace';
import { Reader } from './reader';
import { eventOf, NO_STREAM, sizeOf, StoredRecord, uuidBytes } from './record';
import type { RawEvent, RawRecord, WriteResult } from './record';
import { follow } from './subscription';
import { Tail } from './tail';
import type { StoreReport } from './verify';
import type { Batch } from './writer';
import type { WriterCalls } from './writer-thread';

export type EmbeddedEventStoreOptions = {
  /** Holds `events.db`; its owner keeps others away (`openDataDirectory`). */
  readonly directory: string;
  readonly clock: Clock;
  readonly random?: Random;
  readonly logger?: Logger;
  /** How long an append may take before it is answered as unknown, in milliseconds. Default 10 000. */
  readonly appendDeadlineMs?: number;
};

const EVENT_BYTES_MAX = 1024 * 1024;
const READ_STEP_MAX = 512;
const CLOSE_DEADLINE_MS = 10_000;

const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const expectedOf = (revision: ExpectedRevision): number =>
  revision === 'no-stream' ? NO_STREAM : Number(revision);

const rawOf = ({ id, type, data, metadata }: NewEvent): RawEvent => {
  const raw = { id: uuidBytes(id), type, data: JSON.stringify(data), metadata: JSON.stringify(metadata) };
  // A character is at most three bytes, so most events need no counting.
  const isLarge =
    (raw.data.length + raw.metadata.length) * 3 > EVENT_BYTES_MAX &&
    Buffer.byteLength(raw.data) + Buffer.byteLength(raw.metadata) > EVENT_BYTES_MAX;
  if (isLarge) throw new Fault('EVENT_TOO_LARGE', `The event ${id} (${type}) is over 1 MiB`);
  return raw;
};

const appendResultOf = (result: SubmitResult): AppendResult => {
  switch (result.kind) {
    case 'appended':
      return {
        kind: 'appended',
        revision: BigInt(result.revision),
        position: positionOf(result.position),
      };
    case 'conflict':
      return {
        kind: 'conflict',
        actual: result.actual === NO_STREAM ? 'no-stream' : BigInt(result.actual),
      };
    case 'unknown':
      return result;
  }
};

/** The records that a commit made, in order. */
const recordsOf = ({ writes, recordedAtMs }: Batch, results: readonly WriteResult[]): StoredRecord[] =>
  writes.flatMap((write, index) => {
    const result = results[index];
    if (write.kind !== 'append' || result?.kind !== 'appended' || result.repeated) return [];
    const { stream, events } = write;
    const before = { revision: result.revision - events.length, position: result.position - events.length };
    return events.map(
      (event, place) =>
        new StoredRecord({
          ...event,
          stream,
          revision: before.revision + 1 + place,
          position: before.position + 1 + place,
          recordedAtMs,
        }),
    );
  });

export type EmbeddedEventStore = EventStore & {
  /** Checks every stream: revisions gapless from 0, positions rising. Runs beside other work. */
  verify(): Promise<StoreReport>;
};

class SqliteEventStore implements EmbeddedEventStore {
  private readonly tail = new Tail();
  private readonly commits: GroupCommit;
  private readonly closing = new AbortController();
  private closed: Promise<void> | undefined;

  constructor(
    private readonly writer: WorkerClient<WriterCalls>,
    private readonly reader: Reader,
    private readonly options: EmbeddedEventStoreOptions & {
      readonly logger: Logger;
      readonly random: Random;
    },
  ) {
    this.commits = new GroupCommit({
      writer,
      clock: options.clock,
      deadlineMs: options.appendDeadlineMs ?? 10_000,
      onCommitted: (batch, results) => this.tail.publish(recordsOf(batch, results)),
      onUnknown: () => this.tail.reset(),
    });
  }

  async append(
    stream: StreamName,
    expectedRevision: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<AppendResult> {
    this.checkOpen();
    if (events.length === 0) throw new Error('An append has events');
    const raw = events.map(rawOf);
    const bytes = raw.reduce((sum, event) => sum + sizeOf(event), 0);
    const write = { kind: 'append', stream, expected: expectedOf(expectedRevision), events: raw } as const;
    return appendResultOf(await this.commits.submit(write, bytes));
  }

  async tombstone(stream: StreamName, expectedRevision: ExpectedRevision): Promise<AppendResult> {
    this.checkOpen();
    const write = { kind: 'tombstone', stream, expected: expectedOf(expectedRevision) } as const;
    const result = await this.commits.submit(write, 0);
    // What was erased is not to be found in memory either.
    if (result.kind === 'appended') this.tail.reset();
    return appendResultOf(result);
  }

  async *read(stream: StreamName, options: ReadOptions = {}): AsyncIterable<RecordedEvent> {
    if (options.direction === 'backwards') {
      const from = options.from === undefined ? Number.MAX_SAFE_INTEGER : Number(options.from);
      const step = (start: number, limit: number): RawRecord[] =>
        this.reader.ofStreamBackwards(stream, start, limit);
      yield* this.steps(from, step, ({ revision }) => revision - 1, options.limit);
    } else {
      const step = (start: number, limit: number): RawRecord[] => this.reader.ofStream(stream, start, limit);
      yield* this.steps(Number(options.from ?? 0n), step, ({ revision }) => revision + 1, options.limit);
    }
  }

  async *readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
    const isBackwards = options.direction === 'backwards';
    const start = options.after === undefined ? undefined : Number(options.after);
    const step = (after: number, limit: number): RawRecord[] =>
      isBackwards ? this.reader.allBackwards(after, limit) : this.reader.all(after, limit);
    const from = start ?? (isBackwards ? Number.MAX_SAFE_INTEGER : 0);
    yield* this.steps(from, step, ({ position }) => position, options.limit);
  }

  async *subscribe({ after, batchSize, signal }: SubscribeOptions): AsyncIterable<SubscriptionBatch> {
    this.checkOpen();
    const { clock, random, logger } = this.options;
    const source = {
      tail: this.tail,
      reader: this.reader,
      clock,
      random,
      onFailure: (error: unknown, attempt: number) =>
        logger.warn({ error, attempt }, 'A subscription cannot read the event file'),
    };
    yield* follow(source, {
      after: after === undefined ? 0 : Number(after),
      batchSize: batchSize ?? READ_STEP_MAX,
      signal: AbortSignal.any([signal, this.closing.signal]),
    });
  }

  async head(): Promise<Head> {
    this.checkOpen();
    const position = this.reader.head();
    return Promise.resolve(position === undefined ? undefined : positionOf(position));
  }

  verify(): Promise<StoreReport> {
    this.checkOpen();
    return this.reader.verify();
  }

  close(): Promise<void> {
    this.closed ??= this.shutDown();
    return this.closed;
  }

  private async shutDown(): Promise<void> {
    const { clock } = this.options;
    const late = new AbortController();
    // A disk that hangs does not hold up closing for ever; what is still under way then is answered as unknown.
    await Promise.race([
      this.commits.settled(),
      clock.sleep(CLOSE_DEADLINE_MS as Millis, late.signal).catch(() => undefined),
    ]);
    late.abort();
    this.closing.abort();
    await this.writer.close();
    this.reader.close();
  }

  private checkOpen(): void {
    if (this.closed !== undefined) throw new Fault('STORE_CLOSED', 'The event store is closed');
  }

  private async *steps(
    from: number,
    step: (start: number, limit: number) => RawRecord[],
    next: (last: RawRecord) => number,
    countMax = Number.MAX_SAFE_INTEGER,
  ): AsyncGenerator<RecordedEvent> {
    const pace = new Pace(READ_STEP_MAX);
    let start = from;
    let left = countMax;
    while (left > 0) {
      this.checkOpen();
      const limit = Math.min(pace.limit, left);
      const records = step(start, limit);
      for (const record of records) yield eventOf(record);
      const last = records.at(-1);
      if (last === undefined || records.length < limit) return;
      start = next(last);
      left -= records.length;
      pace.adapt(records);
      await breath();
    }
  }
}

/** @param entry - the thread's module, absolute and without extension. */
export const openWithThread = async (
  options: EmbeddedEventStoreOptions,
  entry: string,
): Promise<EmbeddedEventStore> => {
  const { logger = silentLogger, random = realRandom, clock } = options;
  const file = join(options.directory, 'events.db');
  const writer = await startWorker<WriterCalls>({
    entry,
    data: { file } satisfies EventFile,
    name: 'event store writer',
    pendingMax: 8,
    closeDeadlineMs: CLOSE_DEADLINE_MS,
    unavailable: 'STORE_UNAVAILABLE',
    clock,
    random,
    onFall: (error, attempt) => logger.error({ error, attempt }, 'The event store writer died'),
    onRise: () => logger.info({}, 'The event store writer is back'),
  });
  return new SqliteEventStore(writer, new Reader(file), { ...options, logger, random });
};

/**
 * Opens the store in `<directory>/events.db`, made where absent. Commits run in a thread of their own, many appends to a
 * commit, durable before the answer; reads run here, in short steps.
 *
 * @throws Fault `STORE_CORRUPT` for a file that this program does not know.
 */
export const openEmbeddedEventStore = (options: EmbeddedEventStoreOptions): Promise<EmbeddedEventStore> =>
  openWithThread(options, join(__dirname, 'writer-thread'));
