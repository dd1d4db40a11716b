import { setMaxListeners } from 'node:events';
import type { Registry } from 'prom-client';
import { Wake, type Clock, type Random } from '../../clock';
import { Fault, retryUntilAvailable, supervise } from '../../faults';
import { counter, type Logger } from '../../telemetry';
import type {
  AppendResult,
  EventStore,
  ExpectedRevision,
  Position,
  RecordedEvent,
  StreamName,
  SubscribeOptions,
  SubscriptionBatch,
} from '../event-store';
import { LiveWindow } from './live-window';
import { SharedPages, type PageLimits } from './shared-pages';

export type SharingLimits = PageLimits & {
  /** The limit of live events in memory; a follower that needs older ones reads pages. */
  readonly liveBytesMax: number;
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
};

const BATCH_SIZE = 512;
/** The pause of a follower at the end of the pages, where a replica that it read from is behind the live events. */
const POLL_MS = 50;

/** The subscription at the store, while there are followers. */
type Live = { readonly window: LiveWindow; caughtUp: boolean };

// A function, because the compiler would treat a property as unchanged over an await.
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

const batchesOf = function* (
  events: readonly RecordedEvent[],
  batchSize: number,
): Generator<readonly RecordedEvent[]> {
  if (events.length <= batchSize) yield events;
  else for (let at = 0; at < events.length; at += batchSize) yield events.slice(at, at + batchSize);
};

class SharingEventStore implements EventStore {
  private readonly followers = new Set<Wake>();
  private readonly limits: SharingLimits;
  private readonly pages: SharedPages;
  private live: Live | undefined;
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
    try {
      yield* this.follow({ after, batchSize, signal }, wake);
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

  read(...args: Parameters<EventStore['read']>): ReturnType<EventStore['read']> {
    return this.store.read(...args);
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

  private async *follow(
    { after, batchSize, signal }: SubscribeOptions & { readonly batchSize: number },
    wake: Wake,
  ): AsyncGenerator<SubscriptionBatch> {
    let position = after;
    let toldCaughtUp = false;
    while (!isAborted(signal)) {
      const { live } = this;
      if (live?.window.covers(position) === true) {
        const events = live.window.after(position, batchSize);
        position = events.at(-1)?.position ?? position;
        const caughtUp = live.caughtUp && events.length < batchSize;
        if (events.length === 0 && (toldCaughtUp || !caughtUp)) await wake.sleep();
        else {
          toldCaughtUp = caughtUp;
          yield { events, caughtUp };
        }
        continue;
      }
      const page = await this.pageAfter(position, signal);
      for (const events of batchesOf(page, batchSize)) {
        if (events.length === 0 || isAborted(signal)) break;
        position = events.at(-1)?.position;
        toldCaughtUp = false;
        yield { events, caughtUp: false };
      }
      if (page.length === 0) await wake.sleepAtMost(this.options.clock, this.live && POLL_MS);
    }
  }

  private pageAfter(position: Position | undefined, signal: AbortSignal): Promise<readonly RecordedEvent[]> {
    const { clock, random, logger } = this.options;
    return retryUntilAvailable(() => this.pages.after(position), {
      clock,
      random,
      signal,
      onUnavailable: (error, attempt) => {
        logger.warn({ error, attempt }, 'A follower cannot read the events');
        return Promise.resolve();
      },
    });
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
        if (this.live) this.live.caughtUp = false;
        logger.error({ error, attempt }, 'The subscription to the events failed and is restarted');
      },
    });
  }

  /** Delivers live events from the end of the store, or from where an earlier run ended. */
  private async deliver(signal: AbortSignal): Promise<void> {
    if (this.live === undefined) {
      const window = new LiveWindow(await this.store.head(), this.limits.liveBytesMax);
      if (isAborted(signal)) return;
      this.live = { window, caughtUp: false };
      this.wakeAll();
    }
    const { live } = this;
    const { eventsMax: batchSize } = this.limits;
    for await (const { events, caughtUp } of this.store.subscribe({
      after: live.window.end,
      batchSize,
      signal,
    })) {
      live.window.add(events);
      live.caughtUp = caughtUp;
      this.wakeAll();
    }
  }

  private wakeAll(): void {
    for (const wake of this.followers) wake.call();
  }
}

/**
 * Returns the same store with one subscription for all its followers: events are received and decoded once. Each follower
 * reads at its own pace. One that is behind the live events in memory reads pages from its own position, which followers at
 * the same place share, until it reaches them.
 */
export const shareSubscription = (store: EventStore, options: SharingOptions): EventStore =>
  new SharingEventStore(store, options);
