import type { Clock } from '../clock';
import {
  isBefore,
  type EventStore,
  type Position,
  type RecordedEvent,
  type SubscribeOptions,
  type SubscriptionBatch,
} from '../event-store';
import type { EventDensityEstimate } from './distance';
import { HistoryPages, type HistoryLimits, type HistoryPage } from './history-pages';

/** A step of a subscription. `hasMore`: it is of the history, and at least a page follows it. */
export type HistoryBatch = SubscriptionBatch & { readonly hasMore: boolean };

/** Events of the history, and then the live ones. */
export interface EventSource {
  follow(options: SubscribeOptions): AsyncIterable<HistoryBatch>;
}

export type SharedHistoryOptions = {
  readonly store: Pick<EventStore, 'readAll' | 'subscribe'>;
  readonly clock: Clock;
  readonly density: EventDensityEstimate;
  /** Overrides of the defaults. */
  readonly limits?: Partial<HistoryLimits> | undefined;
};

const defaults: HistoryLimits = {
  eventsMax: 1_024,
  pageBytesMax: 4 * 1024 * 1024,
  bytesMax: 16 * 1024 * 1024,
  waitMs: 30_000,
};

/** A reader that begins further away than so many events gets a reading of its own, so that no other waits for it. */
const NEAR_EVENTS = 20_000;

const eventsAfter = (position: Position | undefined, { events }: HistoryPage): readonly RecordedEvent[] =>
  isBefore(position, events[0]?.position)
    ? events
    : events.filter((event) => isBefore(position, event.position));

const isAborted = (signal: AbortSignal): boolean => signal.aborted;

/** The history of a store for many readers: those that begin near each other read it once, together. */
export class SharedHistory {
  private readonly readings = new Map<HistoryPages, number | undefined>();

  constructor(private readonly options: SharedHistoryOptions) {}

  /** @param budget - the most events of the history that are read in a second. Absent: no limit. */
  source(budget?: number): EventSource {
    return { follow: (options) => this.follow(options, budget) };
  }

  private async *follow(
    { after, batchSize, signal }: SubscribeOptions,
    budget: number | undefined,
  ): AsyncGenerator<HistoryBatch> {
    let position = after;
    let pages = this.near(after, budget) ?? this.begin(after, budget);
    for (;;) {
      for await (const events of this.read(pages, position, signal)) {
        position = events.at(-1)?.position ?? position;
        yield { events, caughtUp: false, hasMore: true };
      }
      if (isAborted(signal)) return;
      if (pages.isOver) break;
      // It has held up the others too long.
      pages = this.begin(position, budget);
    }
    for await (const batch of this.options.store.subscribe({ after: position, batchSize, signal }))
      yield { ...batch, hasMore: false };
  }

  private async *read(
    pages: HistoryPages,
    after: Position | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<readonly RecordedEvent[]> {
    if (isAborted(signal)) return;
    let position = after;
    const reader = pages.join(position);
    const leave = (): void => {
      pages.leave(reader);
      if (!pages.hasReaders) this.readings.delete(pages);
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      for (let page = await pages.take(reader); page !== undefined; page = await pages.take(reader)) {
        const events = eventsAfter(position, page);
        // After others have joined that begin earlier, pages come again.
        if (isBefore(position, page.last)) position = page.last;
        if (events.length > 0) yield events;
      }
    } finally {
      signal.removeEventListener('abort', leave);
      leave();
    }
  }

  private near(after: Position | undefined, budget: number | undefined): HistoryPages | undefined {
    const { density } = this.options;
    return [...this.readings].find(
      ([pages, itsBudget]) =>
        !pages.isOver &&
        itsBudget === budget &&
        density.eventsBetween(after, pages.start) <= NEAR_EVENTS &&
        density.eventsBetween(pages.end, after) <= NEAR_EVENTS,
    )?.[0];
  }

  private begin(after: Position | undefined, budget: number | undefined): HistoryPages {
    const { store, clock, limits } = this.options;
    const pages = new HistoryPages(after, { store, clock, budget, limits: { ...defaults, ...limits } });
    this.readings.set(pages, budget);
    return pages;
  }
}
