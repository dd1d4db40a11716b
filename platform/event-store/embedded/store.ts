import { join } from 'node:path';
import { atMost, realRandom } from '../../clock';
import type { Clock, Random } from '../../clock';
import { Fault } from '../../faults';
import { uuidV7 } from '../../ids';
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
} from '../event-store';
import type { Snapshots } from '../snapshots';
import type { EventFile } from './database';
import { GroupCommit } from './group-commit';
import type { SubmitResult } from './group-commit';
import { rawEventStore, READ_STEP_MAX } from './raw';
import type { RawEventStore } from './raw';
import { Reader } from './reader';
import { isSystemEvent } from '../foreign';
import { eventOf, NO_STREAM, StoredRecord, uuidBytes } from './record';
import type { RawEvent, WriteResult } from './record';
import { follow } from './subscription';
import type { RecordBatch } from './subscription';
import { Tail } from './tail';
import type { StoreReport } from './verify';
import type { Batch } from './writer';
import type { WriterCalls } from './writer-thread';

export type EmbeddedEventStoreOptions = {
  /** The folder of `events.db`; its owner keeps others out (`openDataDirectory`). */
  readonly directory: string;
  readonly clock: Clock;
  readonly random?: Random | undefined;
  readonly logger?: Logger | undefined;
  /** The time after which an append is answered as unknown, in milliseconds. Default 10 000. */
  readonly appendDeadlineMs?: number | undefined;
};

const EVENT_BYTES_MAX = 1024 * 1024;
const CLOSE_DEADLINE_MS = 10_000;

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

/** Returns the records of a commit, in order. */
const recordsOf = ({ writes, recordedAtMs }: Batch, results: readonly WriteResult[]): StoredRecord[] => {
  const records: StoredRecord[] = [];
  for (const [index, write] of writes.entries()) {
    const result = results[index];
    if (write.kind !== 'append' || result?.kind !== 'appended' || result.repeated) continue;
    const { stream, events } = write;
    let [revision, position] = [result.revision - events.length, result.position - events.length];
    for (const { id, type, data, metadata } of events) {
      revision += 1;
      position += 1;
      records.push(new StoredRecord({ id, type, data, metadata, stream, revision, position, recordedAtMs }));
    }
  }
  return records;
};

export type EmbeddedEventStore = EventStore & {
  /** The store below the port, for servers of other protocols. */
  readonly raw: RawEventStore;
  /** In the same file; erasing a stream erases its snapshot. */
  readonly snapshots: Snapshots;
  /** Verifies every stream: revisions without gaps from 0, positions rising. Runs beside other work. */
  verify(): Promise<StoreReport>;
};

class SqliteEventStore implements EmbeddedEventStore {
  private readonly tail = new Tail();
  private readonly commits: GroupCommit;
  private readonly closing = new AbortController();
  private closed: Promise<void> | undefined;
  readonly raw: RawEventStore;
  readonly snapshots: Snapshots = {
    read: async (stream) => {
      this.checkOpen();
      return Promise.resolve(this.reader.snapshot(stream));
    },
    write: async (stream, content, position) => {
      this.checkOpen();
      await this.writer.call('writeSnapshot', { stream, content, position: Number(position) });
    },
  };

  constructor(
    private readonly writer: WorkerClient<WriterCalls>,
    private readonly reader: Reader,
    private readonly options: EmbeddedEventStoreOptions & {
      readonly logger: Logger;
      readonly random: Random;
    },
  ) {
    this.commits = new GroupCommit({
      write: (batch) => writer.call('write', batch),
      clock: options.clock,
      deadlineMs: options.appendDeadlineMs ?? 10_000,
      onCommitted: (batch, results) => this.publish(batch, results),
      onUnknown: () => this.tail.reset(),
    });
    this.raw = rawEventStore({
      commits: this.commits,
      reader,
      checkOpen: () => this.checkOpen(),
      newId: () => uuidBytes(uuidV7(options.clock, options.random)),
      follow: (after, signal) => this.follow(after, READ_STEP_MAX, signal),
    });
  }

  async append(
    stream: StreamName,
    expectedRevision: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<AppendResult> {
    return appendResultOf(await this.raw.append(stream, expectedOf(expectedRevision), events.map(rawOf)));
  }

  async tombstone(stream: StreamName, expectedRevision: ExpectedRevision): Promise<AppendResult> {
    return appendResultOf(await this.raw.tombstone(stream, expectedOf(expectedRevision)));
  }

  async *read(stream: StreamName, options: ReadOptions = {}): AsyncIterable<RecordedEvent> {
    const { from, ...rest } = options;
    const pages = this.raw.read(stream, from === undefined ? rest : { ...rest, from: Number(from) });
    for await (const records of pages) for (const record of records) yield eventOf(record);
  }

  async *readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
    const { after, direction = 'forwards', limit = Number.MAX_SAFE_INTEGER } = options;
    const start = after === undefined ? { direction } : { direction, after: Number(after) };
    let left = limit;
    if (left <= 0) return;
    for await (const records of this.raw.readAll(start)) {
      for (const record of records) {
        if (isSystemEvent(record)) continue;
        yield eventOf(record);
        if (--left === 0) return;
      }
    }
  }

  async *subscribe({ after, batchSize, signal }: SubscribeOptions): AsyncIterable<SubscriptionBatch> {
    const start = after === undefined ? 0 : Number(after);
    let toldCaughtUp = false;
    for await (const { records, caughtUp } of this.follow(start, batchSize ?? READ_STEP_MAX, signal)) {
      const events = records.filter(({ raw }) => !isSystemEvent(raw)).map(({ event }) => event);
      if (events.length === 0 && (toldCaughtUp || !caughtUp)) continue;
      toldCaughtUp = caughtUp;
      yield { events, caughtUp };
    }
  }

  async head(): Promise<Head> {
    this.checkOpen();
    const position = this.reader.headOfPlain();
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

  /**
   * Publishes a commit. An erasure must also remove the events from memory, so all readers use the file after a
   * tombstone.
   */
  private publish(batch: Batch, results: readonly WriteResult[]): void {
    if (batch.writes.some(({ kind }) => kind === 'tombstone')) this.tail.reset();
    else this.tail.publish(recordsOf(batch, results));
  }

  private async shutDown(): Promise<void> {
    const { clock } = this.options;
    // A disk that hangs must not block closing for ever; unfinished writes are then answered as unknown.
    await atMost(clock, CLOSE_DEADLINE_MS, this.commits.settled());
    this.closing.abort();
    await this.writer.close();
    this.reader.close();
  }

  private checkOpen(): void {
    if (this.closed !== undefined) throw new Fault('STORE_CLOSED', 'The event store is closed');
  }

  private async *follow(after: number, batchSize: number, signal: AbortSignal): AsyncGenerator<RecordBatch> {
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
    yield* follow(source, { after, batchSize, signal: AbortSignal.any([signal, this.closing.signal]) });
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
    onCrash: (error, attempt) => logger.error({ error, attempt }, 'The event store writer died'),
    onRestart: () => logger.info({}, 'The event store writer is back'),
  });
  return new SqliteEventStore(writer, new Reader(file), { ...options, logger, random });
};

/**
 * Opens the store in `<directory>/events.db`, made if it is missing. Commits run in a thread, many appends a commit,
 * durable before the answer; reads run here, in short steps.
 *
 * @throws Fault `STORE_CORRUPT` for a file with an unknown schema version.
 */
export const openEmbeddedEventStore = (options: EmbeddedEventStoreOptions): Promise<EmbeddedEventStore> =>
  openWithThread(options, join(__dirname, 'writer-thread'));
