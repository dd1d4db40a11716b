import { LRUCache } from 'lru-cache';
import type { EventStore, Position, RecordedEvent } from '../event-store';
import { isBefore } from './live-window';
import { bytesOf } from './size';

export type PageLimits = {
  /** The most events of a page. */
  readonly eventsMax: number;
  /** The bytes after which a page ends. */
  readonly pageBytesMax: number;
  /** The limit of all pages in memory. */
  readonly bytesMax: number;
};

type Page = {
  readonly after: Position | undefined;
  readonly events: readonly RecordedEvent[];
  readonly bytes: number;
  /** True if the store has further events. */
  readonly isFull: boolean;
};

/** Pages of the store's history. Readers at the same place share one read of the store. */
export class SharedPages {
  private readonly recent: LRUCache<string, Page>;
  private readonly underWay = new Map<string, Promise<Page>>();

  /** @param onRead - called for each page that was read from the store. */
  constructor(
    private readonly store: Pick<EventStore, 'readAll'>,
    private readonly limits: PageLimits,
    private readonly onRead: () => void,
  ) {
    this.recent = new LRUCache({ maxSize: limits.bytesMax, sizeCalculation: ({ bytes }) => bytes });
  }

  /** Returns the next events after a position; none at the end. Begins to read the page after them. */
  async after(position: Position | undefined): Promise<readonly RecordedEvent[]> {
    const page = this.recentPage(position) ?? (await this.page(position));
    const last = page.events.at(-1)?.position;
    // A failure concerns the reader that requests that page: it reads it again.
    if (page.isFull && last !== undefined && this.recentPage(last) === undefined)
      void this.page(last).catch(() => undefined);
    return page.after === position
      ? page.events
      : page.events.filter((event) => isBefore(position, event.position));
  }

  /** Drops everything, because events were erased. */
  clear(): void {
    this.recent.clear();
  }

  /** Returns a page in memory that has the event after the position, so that readers that are almost level share pages. */
  private recentPage(position: Position | undefined): Page | undefined {
    const exact = this.recent.get(position ?? '');
    if (exact !== undefined) return exact;
    for (const page of this.recent.values())
      if (isBefore(page.after, position) && isBefore(position, page.events.at(-1)?.position)) return page;
    return undefined;
  }

  private page(position: Position | undefined): Promise<Page> {
    const key = position ?? '';
    const page = this.underWay.get(key) ?? this.read(position).finally(() => void this.underWay.delete(key));
    this.underWay.set(key, page);
    return page;
  }

  private async read(after: Position | undefined): Promise<Page> {
    const { eventsMax, pageBytesMax } = this.limits;
    const events: RecordedEvent[] = [];
    let bytes = 0;
    for await (const event of this.store.readAll({ after, limit: eventsMax })) {
      events.push(event);
      bytes += bytesOf([event]);
      if (bytes > pageBytesMax) break;
    }
    this.onRead();
    const isFull = events.length === eventsMax || bytes > pageBytesMax;
    const page = { after, events, bytes, isFull };
    // The last page of the history is not kept, because it grows.
    if (isFull) this.recent.set(after ?? '', page);
    return page;
  }
}
