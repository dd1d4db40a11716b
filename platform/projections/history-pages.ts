import type { Clock } from '../clock';
import { Wake } from '../clock';
import { bytesOf, isBefore, type EventStore, type Position, type RecordedEvent } from '../event-store';

/** Consecutive events of the history; the last one is at `last`. */
export type HistoryPage = {
  readonly events: readonly RecordedEvent[];
  readonly last: Position;
  readonly bytes: number;
};

export type HistoryLimits = {
  /** The most events of a page. */
  readonly eventsMax: number;
  /** The bytes after which a page ends. */
  readonly pageBytesMax: number;
  /** The limit of the pages that are read ahead for the slowest reader. */
  readonly bytesMax: number;
  /** The time after which a reader that takes no page does not hold up the others any more. */
  readonly waitMs: number;
};

/** A reader of the pages. `next`: the number of the page that it takes next. */
export type PageReader = { next: number; readonly wake: Wake; isLeft: boolean };

export type HistoryPagesOptions = {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly clock: Clock;
  readonly limits: HistoryLimits;
  /** The most events that are read in a second. Absent: no limit. */
  readonly budget?: number | undefined;
};

/** The number of pages in a second of a reading with a budget. */
const PAGES_A_SECOND = 10;

/**
 * Reads the history once for several readers: page after page, as fast as the slowest of them takes the pages. The end of the
 * history is left to a subscription: a page is only given out when a full one follows it.
 */
export class HistoryPages {
  private readonly readers = new Set<PageReader>();
  private pages: HistoryPage[] = [];
  /** The number of the first page in memory. */
  private first = 0;
  private bytes = 0;
  private isEnded = false;
  private failure: { readonly error: unknown } | undefined;
  private isReading = false;
  private readonly room = new Wake();
  private notBeforeMs = 0;

  /** @param start - the position after which the pages in memory begin. */
  constructor(
    public start: Position | undefined,
    private readonly options: HistoryPagesOptions,
  ) {}

  /** The position of the last event that was read. */
  get end(): Position | undefined {
    return this.pages.at(-1)?.last ?? this.start;
  }

  get hasReaders(): boolean {
    return this.readers.size > 0;
  }

  /** True if no reader can join any more. */
  get isOver(): boolean {
    return this.isEnded || this.failure !== undefined;
  }

  /** Adds a reader of the events after a position. If that is before the pages in memory, they are read again. */
  join(after: Position | undefined): PageReader {
    if (isBefore(after, this.start)) this.goBackTo(after);
    const reader: PageReader = { next: this.first, wake: new Wake(), isLeft: false };
    this.readers.add(reader);
    if (!this.isReading) {
      this.isReading = true;
      void this.readPages();
    }
    return reader;
  }

  leave(reader: PageReader): void {
    reader.isLeft = true;
    this.readers.delete(reader);
    reader.wake.call();
    this.dropPages();
  }

  /**
   * Takes the next page, when there is one.
   *
   * @returns undefined at the end of the history, after `leave`, and if the reader has held up the others too long.
   * @throws what the store throws.
   */
  async take(reader: PageReader): Promise<HistoryPage | undefined> {
    for (;;) {
      if (this.failure !== undefined) throw this.failure.error;
      const [page, following] = this.pages.slice(reader.next - this.first, reader.next - this.first + 2);
      if (reader.isLeft || (following === undefined && this.isEnded)) return undefined;
      if (page !== undefined && following !== undefined) {
        reader.next += 1;
        this.dropPages();
        return page;
      }
      await reader.wake.sleep();
    }
  }

  private goBackTo(position: Position | undefined): void {
    this.pages = [];
    this.bytes = 0;
    this.start = position;
    // Not the numbers of pages that readers have taken: they take all pages from here on, and leave out what they know.
    for (const reader of this.readers) reader.next = this.first;
    this.room.call();
  }

  private dropPages(): void {
    const taken = Math.min(...[...this.readers].map(({ next }) => next));
    while (this.first < taken) {
      const page = this.pages.shift();
      if (page === undefined) break;
      this.first += 1;
      this.bytes -= page.bytes;
      this.start = page.last;
    }
    this.room.call();
  }

  private async readPages(): Promise<void> {
    try {
      while (this.readers.size > 0 && !this.isEnded) {
        if (this.pages.length > 1 && this.bytes >= this.options.limits.bytesMax) await this.waitForRoom();
        else await this.readPage();
      }
    } catch (error) {
      this.failure = { error };
    }
    this.isReading = false;
    this.wakeReaders();
  }

  private async readPage(): Promise<void> {
    const { store, limits, budget, clock } = this.options;
    const after = this.end;
    const eventsMax =
      budget === undefined
        ? limits.eventsMax
        : Math.max(1, Math.min(limits.eventsMax, Math.ceil(budget / PAGES_A_SECOND)));
    await this.keepBudget();
    const events: RecordedEvent[] = [];
    let bytes = 0;
    for await (const event of store.readAll({ after, limit: eventsMax })) {
      events.push(event);
      bytes += bytesOf([event]);
      if (bytes > limits.pageBytesMax) break;
    }
    // A reader has joined meanwhile that begins earlier.
    if (after !== this.end) return;
    const last = events.at(-1)?.position;
    this.isEnded = last === undefined || (events.length < eventsMax && bytes <= limits.pageBytesMax);
    if (last === undefined || this.isEnded) return;
    if (budget !== undefined)
      this.notBeforeMs = Math.max(clock.monotonicMs(), this.notBeforeMs) + (events.length / budget) * 1_000;
    this.pages.push({ events, last, bytes });
    this.bytes += bytes;
    this.wakeReaders();
  }

  private async keepBudget(): Promise<void> {
    const { clock } = this.options;
    for (;;) {
      const waitMs = this.notBeforeMs - clock.monotonicMs();
      if (waitMs <= 0 || this.readers.size === 0) return;
      await this.room.sleepAtMost(clock, waitMs);
    }
  }

  /** Waits until the slowest reader has taken a page, or has held up the others too long and is let go. */
  private async waitForRoom(): Promise<void> {
    const { clock, limits } = this.options;
    const { first } = this;
    const untilMs = clock.monotonicMs() + limits.waitMs;
    while (this.first === first && this.pages.length > 0 && this.readers.size > 0) {
      const leftMs = untilMs - clock.monotonicMs();
      if (leftMs <= 0) {
        for (const reader of [...this.readers].filter(({ next }) => next === first)) this.leave(reader);
        return;
      }
      await this.room.sleepAtMost(clock, leftMs);
    }
  }

  private wakeReaders(): void {
    for (const { wake } of this.readers) wake.call();
  }
}
