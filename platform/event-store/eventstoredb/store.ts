import type { AllStreamResolvedEvent } from '@eventstore/db-client';
import { atMost, type Clock, type Random } from '../../clock';
import { backoffDelay, Fault } from '../../faults';
import { silentLogger } from '../../telemetry';
import type { Logger } from '../../telemetry';
import { isSystemEvent } from '../foreign';
import type {
  AppendResult,
  EventStore,
  ExpectedRevision,
  Head,
  NewEvent,
  Position,
  ReadAllOptions,
  ReadOptions,
  RecordedEvent,
  StreamName,
  SubscribeOptions,
  SubscriptionBatch,
} from '../event-store';
import { Appends } from './appends';
import { loadClient } from './closable-client';
import type { NewClient } from './closable-client';
import { isConnectionLoss, isLetGo, unavailable } from './client-error';
import { readConnectionString } from './connection-string';
import { recordedEventOf } from './convert';
import { ClientConnection } from './client-connection';
import type { Connection } from './client-connection';
import { positionOf, storePositionOf } from './position';
import { reading } from './readings';
import type { ReadingOptions } from './readings';
import { followOnce } from './subscription';
import type { FollowedBatch, Following } from './subscription';

/** Called for each subscription that is opened, and for each that the server ends because too many events wait for it. */
export type SubscriptionObserver = { readonly onOpened: () => void; readonly onEndedByServer: () => void };

export type EventStoreDbOptions = {
  /** `esdb://host:2113?tls=false`, `esdb+discover://cluster`, `esdb://user:password@one,two,three`. */
  readonly connectionString: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger?: Logger | undefined;
  readonly subscriptionObserver?: SubscriptionObserver | undefined;
  /** The time after which an append is answered as unknown, in milliseconds. Default 10 000. */
  readonly appendTimeoutMs?: number | undefined;
  /** The time that the next event of a read may take, in milliseconds. Default 10 000. */
  readonly readTimeoutMs?: number | undefined;
  /** The time for which a call waits for a server that is away, in milliseconds, before it throws. Default 2 000. */
  readonly patienceMs?: number | undefined;
  /** The number of concurrent appends; further ones wait. Default 64. */
  readonly inFlightMax?: number | undefined;
};

export type EventStoreDb = EventStore & {
  /**
   * Reports whether the server answers and recently had space; if not, the reason, in a sentence for logs and
   * readiness.
   */
  health(): { readonly isUp: true } | { readonly isUp: false; readonly reason: string };
};

const BATCH_SIZE = 512;
const PAGE_MAX = 4_096;
/** The margin of a page for system events, and for the event that the reader already has. */
const PAGE_SPARE = 8;
const resubscribe = { baseMs: 50, factor: 2, maxMs: 5_000 };
/** The interval at which a subscription that waits for its server checks whether it is still needed. */
const SUBSCRIBER_WAIT_MS = 1_000;

// A function, because the compiler would treat a property as unchanged over an await.
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

class EventStoreDbStore implements EventStoreDb {
  private readonly line: ClientConnection;
  private readonly appends: Appends;
  private readonly readings: ReadingOptions;
  private readonly shown: string;
  private closed: Promise<void> | undefined;

  constructor(
    private readonly options: EventStoreDbOptions & { readonly logger: Logger },
    newClient: NewClient,
  ) {
    const { clock, random, logger, appendTimeoutMs = 10_000, readTimeoutMs = 10_000 } = options;
    const settings = readConnectionString(options.connectionString);
    for (const warning of settings.warnings) logger.warn({ store: settings.shown }, warning);
    this.shown = settings.shown;
    this.line = new ClientConnection({
      newClient,
      settings,
      clock,
      random,
      logger,
      patienceMs: options.patienceMs ?? 2_000,
      probeTimeoutMs: readTimeoutMs,
    });
    this.readings = { connection: this.line, clock, shown: this.shown, timeoutMs: readTimeoutMs };
    this.appends = new Appends({
      connection: this.line,
      clock,
      random,
      shown: this.shown,
      timeoutMs: appendTimeoutMs,
      inFlightMax: options.inFlightMax ?? 64,
      read: (stream, from, limit) => this.read(stream, { from, limit }),
      lastPosition: () => this.head(),
    });
  }

  health(): ReturnType<EventStoreDb['health']> {
    const fault = this.line.isUp ? this.appends.refusal : this.line.fault;
    return fault === undefined ? { isUp: true } : { isUp: false, reason: fault.message };
  }

  async append(
    stream: StreamName,
    expectedRevision: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<AppendResult> {
    this.checkOpen();
    if (events.length === 0) throw new Error('An append has events');
    return this.appends.append(stream, expectedRevision, events);
  }

  async tombstone(stream: StreamName, expectedRevision: ExpectedRevision): Promise<AppendResult> {
    this.checkOpen();
    return this.appends.tombstone(stream, expectedRevision);
  }

  async *read(stream: StreamName, options: ReadOptions = {}): AsyncIterable<RecordedEvent> {
    this.checkOpen();
    const { direction = 'forwards', limit, from } = options;
    if (limit === 0) return;
    const events = reading(this.readings, {
      stream,
      open: (client) =>
        client.readStream(stream, {
          direction,
          fromRevision: from ?? (direction === 'forwards' ? 'start' : 'end'),
          ...(limit === undefined ? {} : { maxCount: limit }),
        }),
    });
    for await (const { event, commitPosition } of events)
      if (event) yield recordedEventOf(event, commitPosition);
  }

  async *readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
    this.checkOpen();
    const { direction = 'forwards', limit } = options;
    let { after } = options;
    for (let left = limit ?? Number.MAX_SAFE_INTEGER; left > 0;) {
      // Little more than the limit, because events in flight when a read is left are wasted.
      const page = limit === undefined ? undefined : Math.min(PAGE_MAX, left + PAGE_SPARE);
      let count = 0;
      let last: Position | undefined;
      for await (const { event, commitPosition } of this.page(after, direction, page)) {
        count += 1;
        if (!event) continue;
        last = positionOf(event.position);
        // The client ignores filters of `readAll`, and a forward read begins with the event that the reader already
        // has.
        if (isSystemEvent({ type: event.type, stream: event.streamId }) || last === after) continue;
        yield recordedEventOf(event, commitPosition);
        if (--left === 0) return;
      }
      if (page === undefined || count < page || last === undefined) return;
      after = last;
    }
  }

  async *subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionBatch> {
    this.checkOpen();
    const signal = AbortSignal.any([options.signal, this.line.closed]);
    let { after } = options;
    for (let attempt = 0; !isAborted(signal); attempt += 1) {
      try {
        const connection = await this.whenConnected(signal);
        if (connection === undefined) return;
        const batches = this.followOn(connection, {
          after,
          batchSize: options.batchSize ?? BATCH_SIZE,
          signal,
        });
        for await (const { resumeAfter, ...batch } of batches) {
          attempt = 0;
          yield batch;
          after = resumeAfter;
          if (isAborted(signal)) return;
        }
      } catch (error) {
        if (isAborted(signal)) return;
        this.logDrop(error, attempt);
        if (isLetGo(error)) this.options.subscriptionObserver?.onEndedByServer();
        // Not current any more, until it has caught up again.
        yield { events: [], caughtUp: false };
      }
      await this.pause(attempt, signal);
      for await (const events of this.pagesAfter(after, options.batchSize ?? BATCH_SIZE, signal)) {
        attempt = 0;
        yield { events, caughtUp: false };
        after = events.at(-1)?.position;
      }
    }
  }

  async head(): Promise<Head> {
    this.checkOpen();
    for await (const { position } of this.readAll({ direction: 'backwards', limit: 1 })) return position;
    return undefined;
  }

  close(): Promise<void> {
    this.closed ??= this.shutDown();
    return this.closed;
  }

  private page(
    after: Position | undefined,
    direction: 'forwards' | 'backwards',
    maxCount: number | undefined,
  ): AsyncGenerator<AllStreamResolvedEvent> {
    const place = after === undefined ? undefined : storePositionOf(after);
    const fromPosition = place ?? (direction === 'forwards' ? 'start' : 'end');
    return reading(this.readings, {
      stream: '$all',
      open: (client) =>
        client.readAll({ direction, fromPosition, ...(maxCount === undefined ? {} : { maxCount }) }),
    });
  }

  /**
   * Yields the events that a dropped subscription has missed, until a page is not full. A server that drops slow consumers
   * does so while they are live, so many missed events are read at the caller's pace first.
   */
  private async *pagesAfter(
    start: Position | undefined,
    limit: number,
    signal: AbortSignal,
  ): AsyncGenerator<readonly RecordedEvent[]> {
    for (let after = start; !isAborted(signal);) {
      const events: RecordedEvent[] = [];
      try {
        for await (const event of this.readAll({ after, limit })) events.push(event);
      } catch {
        // The next subscription reports the reason if it lasts.
        return;
      }
      if (events.length > 0) yield events;
      if (events.length < limit) return;
      after = events.at(-1)?.position;
    }
  }

  private pause(attempt: number, signal: AbortSignal): Promise<void> {
    const { clock, random } = this.options;
    return clock.sleep(backoffDelay(attempt, resubscribe, random), signal).catch(() => undefined);
  }

  /** Follows one subscription until it ends, and reports an error of the connection. */
  private async *followOn(connection: Connection, following: Following): AsyncGenerator<FollowedBatch> {
    const signal = AbortSignal.any([following.signal, connection.lost]);
    this.options.subscriptionObserver?.onOpened();
    try {
      yield* followOnce(connection, { ...following, signal });
    } catch (error) {
      if (isConnectionLoss(error)) this.line.lost(connection, error);
      throw error;
    }
  }

  /**
   * Logs a dropped subscription. A server drops a busy one many times a minute; only one that gets no events after
   * subscribing again is in trouble.
   */
  private logDrop(error: unknown, attempt: number): void {
    const { logger } = this.options;
    const { message } = unavailable(this.shown, error);
    if (isLetGo(error) && attempt === 0)
      logger.debug({ reason: message }, 'The server dropped a subscription, which resumes at once');
    else logger.warn({ attempt, reason: message }, 'A subscription was dropped');
  }

  private async whenConnected(signal: AbortSignal): Promise<Connection | undefined> {
    while (!isAborted(signal)) {
      const connection = await this.line.connected(SUBSCRIBER_WAIT_MS).catch(() => undefined);
      if (connection !== undefined) return connection;
    }
    return undefined;
  }

  private async shutDown(): Promise<void> {
    const { appendTimeoutMs = 10_000, clock } = this.options;
    await atMost(clock, appendTimeoutMs, this.appends.settled());
    await this.line.close();
  }

  private checkOpen(): void {
    if (this.closed === undefined) return;
    throw new Fault('STORE_CLOSED', 'The event store is closed');
  }
}

/**
 * Opens the store on an EventStoreDB (or KurrentDB) server, 23.10 or later, or on another server of its protocol. It
 * does not wait for the server: while that is away calls throw `STORE_UNAVAILABLE`, and subscriptions wait.
 * EventStoreDB and KurrentDB keep a tombstoned stream's events among all events until a scavenge; Waybill's own server
 * removes them at once.
 *
 * @throws Fault `CONFIG_INVALID` for an invalid connection string, or if the process has such a store already.
 */
export const openEventStoreDb = async (options: EventStoreDbOptions): Promise<EventStoreDb> => {
  const logger = options.logger ?? silentLogger;
  return new EventStoreDbStore({ ...options, logger }, await loadClient());
};
