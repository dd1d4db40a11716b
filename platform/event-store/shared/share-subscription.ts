import { setMaxListeners } from 'node:events';
import type { Registry } from 'prom-client';
import type { Millis } from '../../../domain/kernel';
import { Wake, type Clock, type Random, type Timer } from '../../clock';
import { Fault, retryUntilAvailable, supervise } from '../../faults';
import { counter, type Logger } from '../../telemetry';
import type {
  AppendResult,
  EventStore,
  ExpectedRevision,
  Position,
  ReadOptions,
  RecordedEvent,
  StreamName,
  SubscribeOptions,
  SubscriptionBatch,
} from '../event-store';
import { isBefore, LiveWindow } from './live-window';
import { RecentHeads } from './recent-heads';
import { SharedPages, type PageLimits } from './shared-pages';

export type SharingLimits = PageLimits & {
  /** The limit of live events in memory; a follower that needs older ones reads pages. */
  readonly liveBytesMax: number;
  /** The limit of streams whose last revision is in memory. */
  readonly streamsMax: number;
  /** The shortest time between two deliveries of live events, so that many events are few batches for many followers. */
  readonly wakeEveryMs: number;
};

export type SharingOptions = {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly metrics?: Registry | undefined;
  /** Overrides of the defaults. */
  readonly limits?: Partial<SharingLimits> | undefined;
};

const defaults: SharingLimits = {
  eventsMax: 512,
  pageBytesMax: 4 * 1024 * 1024,
  bytesMax: 16 * 1024 * 1024,
  liveBytesMax: 16 * 1024 * 1024,
  streamsMax: 20_000,
  wakeEveryMs: 4,
};

/** The revisions of streams that the subscription shows without a read. */
export interface StreamHeads {
  /** Returns the position up to which all events were received; undefined without a subscription. */
  seenUpTo(): Position | undefined;
  /**
   * Returns true if no event of the stream after `revision` was received, and the subscription is live, or was within the
   * last second.
   *
   * @param asOf - the caller has all events of the stream up to this position.
   */
  isLast(stream: StreamName, revision: bigint, asOf: Position): boolean;
}

export type SharingStore = EventStore & StreamHeads;

const BATCH_SIZE = 512;
/** The pause of a follower at the end of the pages, where a replica that it read from is behind the live events. */
const POLL_MS = 50;

/** The subscription at the store, while there are followers. */
type Live = {
  readonly window: LiveWindow;
  readonly heads: RecentHeads;
  caughtUp: boolean;
  /** The last time at which it had caught up, on the clock's monotonic scale. */
  caughtUpAtMs: number;
};

/**
 * A subscription that the server has ended is usually live again within this time, and what it misses meanwhile are only
 * writes of other processes.
 */
const LIVE_WITHIN_MS = 1_000;

// A function, because the compiler would treat a property as unchanged over an await.
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

/** The place of a follower. `toldCaughtUp`: its last batch was one that reached the end of the store. */
type Cursor = { position: Position | undefined; toldCaughtUp: boolean; readonly batchSize: number };

/** Returns the next batch of a follower that the live events cover; undefined if there is nothing to say. */
const nextLive = ({ window, caughtUp }: Live, cursor: Cursor): SubscriptionBatch | undefined => {
  const events = window.after(cursor.position, cursor.batchSize);
  cursor.position = events.at(-1)?.position ?? cursor.position;
  const isAtEnd = caughtUp && events.length < cursor.batchSize;
  if (events.length === 0 && (cursor.toldCaughtUp || !isAtEnd)) return undefined;
  cursor.toldCaughtUp = isAtEnd;
  return { events, caughtUp: isAtEnd };
};

const batchesOf = function* (
  events: readonly RecordedEvent[],
  batchSize: number,
): Generator<readonly RecordedEvent[]> {
  if (events.length > 0 && events.length <= batchSize) yield events;
  else for (let at = 0; at < events.length; at += batchSize) yield events.slice(at, at + batchSize);
};

class SharingEventStore implements SharingStore {
  private readonly followers = new Set<Wake>();
  private readonly limits: SharingLimits;
  private readonly pages: SharedPages;
  private live: Live | undefined;
  private wakeTimer: Timer | undefined;
  private wokenAtMs = Number.NEGATIVE_INFINITY;
  private stopLive: () => void = () => undefined;
  private readonly closing = new AbortController();

  constructor(
    private readonly store: EventStore,
    private readonly options: SharingOptions,
  ) {
    this.limits = { ...defaults, ...options.limits };
    // Every follower adds a listener.
    setMaxListeners(0, this.closing.signal);
    const { metrics } = options;
    const pagesRead =
      metrics &&
      counter(metrics, {
        name: 'waybill_event_store_pages_read_total',
        help: 'Pages of events that followers of this process have read because they were behind the live events.',
        labelNames: [],
      });
    this.pages = new SharedPages(store, this.limits, () => pagesRead?.({}, 1));
  }

  async *subscribe({
    after,
    batchSize = BATCH_SIZE,
    signal: stop,
  }: SubscribeOptions): AsyncIterable<SubscriptionBatch> {
    if (isAborted(this.closing.signal)) throw new Fault('STORE_CLOSED', 'The event store is closed');
    const signal = AbortSignal.any([stop, this.closing.signal]);
    const wake = new Wake();
    const onAbort = (): void => wake.call();
    signal.addEventListener('abort', onAbort);
    this.join(wake);
    const cursor: Cursor = { position: after, toldCaughtUp: false, batchSize };
    try {
      while (!isAborted(signal)) {
        const { live } = this;
        if (live?.window.covers(cursor.position) === true) {
          const batch = nextLive(live, cursor);
          if (batch === undefined) await wake.sleep();
          else yield batch;
        } else {
          const page = await this.nextPage(cursor, signal);
          for (const events of batchesOf(page, batchSize)) yield { events, caughtUp: false };
          if (page.length === 0) await wake.sleepAtMost(this.options.clock, live && POLL_MS);
        }
      }
    } catch (error) {
      if (!isAborted(signal)) throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.leave(wake);
    }
  }

  async tombstone(stream: StreamName, expectedRevision: ExpectedRevision): Promise<AppendResult> {
    const result = await this.store.tombstone(stream, expectedRevision);
    this.pages.clear();
    this.live?.window.erase(stream);
    return result;
  }

  append(...args: Parameters<EventStore['append']>): ReturnType<EventStore['append']> {
    return this.store.append(...args);
  }

  /** Events never change, so those that were received lately need no read. */
  async *read(stream: StreamName, options: ReadOptions = {}): AsyncIterable<RecordedEvent> {
    const recent = this.live?.window.find(stream, options);
    yield* recent ?? this.store.read(stream, options);
  }

  readAll(...args: Parameters<EventStore['readAll']>): ReturnType<EventStore['readAll']> {
    return this.store.readAll(...args);
  }

  head(): ReturnType<EventStore['head']> {
    return this.store.head();
  }

  close(): Promise<void> {
    this.closing.abort();
    this.stopLive();
    return this.store.close();
  }

  seenUpTo(): Position | undefined {
    return this.live?.window.end;
  }

  isLast(stream: StreamName, revision: bigint, asOf: Position): boolean {
    const { live } = this;
    if (live === undefined) return false;
    if (!live.caughtUp && this.options.clock.monotonicMs() - live.caughtUpAtMs > LIVE_WITHIN_MS) return false;
    return live.heads.isLast(stream, revision, asOf);
  }

  private async nextPage(cursor: Cursor, signal: AbortSignal): Promise<readonly RecordedEvent[]> {
    const { clock, random, logger } = this.options;
    const page = await retryUntilAvailable(() => this.pages.after(cursor.position), {
      clock,
      random,
      signal,
      onUnavailable: (error, attempt) => {
        logger.warn({ error, attempt }, 'A follower cannot read the events');
        return Promise.resolve();
      },
    });
    const events = this.upToLive(page);
    cursor.position = events.at(-1)?.position ?? cursor.position;
    if (events.length > 0) cursor.toldCaughtUp = false;
    return events;
  }

  /** Leaves out events that the subscription has not delivered yet, so that no follower is ahead of `isLast`. */
  private upToLive(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
    const { live } = this;
    if (live === undefined || !isBefore(live.window.end, events.at(-1)?.position)) return events;
    return events.filter(({ position }) => !isBefore(live.window.end, position));
  }

  private join(wake: Wake): void {
    this.followers.add(wake);
    if (this.followers.size === 1) this.startLive();
  }

  private leave(wake: Wake): void {
    this.followers.delete(wake);
    if (this.followers.size === 0) this.stopLive();
  }

  private startLive(): void {
    const { clock, random, logger } = this.options;
    const stopping = new AbortController();
    const { signal } = stopping;
    this.stopLive = () => {
      stopping.abort();
      this.live = undefined;
    };
    void supervise(() => this.deliver(signal), {
      ...{ clock, random, signal },
      onFailure: (error, attempt) => {
        if (this.live) this.setCaughtUp(this.live, false);
        logger.error({ error, attempt }, 'The subscription to the events failed and is restarted');
      },
    });
  }

  /** Delivers live events from the end of the store, or from where an earlier run ended. */
  private async deliver(signal: AbortSignal): Promise<void> {
    if (this.live === undefined) {
      const { liveBytesMax, streamsMax } = this.limits;
      const head = await this.store.head();
      if (isAborted(signal)) return;
      const window = new LiveWindow(head, liveBytesMax);
      this.live = {
        window,
        heads: new RecentHeads(head, streamsMax),
        caughtUp: false,
        caughtUpAtMs: Number.NEGATIVE_INFINITY,
      };
      this.wakeAll();
    }
    const { live } = this;
    const { eventsMax: batchSize } = this.limits;
    for await (const { events, caughtUp } of this.store.subscribe({
      after: live.window.end,
      batchSize,
      signal,
    })) {
      // Before any follower gets the events, so that none sees more than a cached state is compared with.
      live.heads.add(events);
      live.window.add(events);
      this.setCaughtUp(live, caughtUp);
      this.wakeAll();
    }
  }

  private setCaughtUp(live: Live, caughtUp: boolean): void {
    // It was caught up until this moment.
    if (live.caughtUp || caughtUp) live.caughtUpAtMs = this.options.clock.monotonicMs();
    live.caughtUp = caughtUp;
  }

  /** Wakes the followers at once, but not more often than the limit says. */
  private wakeAll(): void {
    const { clock } = this.options;
    if (this.wakeTimer !== undefined) return;
    const waitMs = this.wokenAtMs + this.limits.wakeEveryMs - clock.monotonicMs();
    if (waitMs > 0) this.wakeTimer = clock.after(waitMs as Millis, () => this.wakeNow());
    else this.wakeNow();
  }

  private wakeNow(): void {
    this.wakeTimer = undefined;
    this.wokenAtMs = this.options.clock.monotonicMs();
    for (const wake of this.followers) wake.call();
  }
}

/**
 * Returns the same store with one subscription for all its followers: events are received and decoded once. Each follower
 * reads at its own pace. One that is behind the live events in memory reads pages from its own position, which followers at
 * the same place share, until it reaches them.
 */
export const shareSubscription = (store: EventStore, options: SharingOptions): SharingStore =>
  new SharingEventStore(store, options);
