import type { Position, ReadOptions, RecordedEvent, StreamName } from '../event-store';
import { bytesOf } from './size';

type Batch = { readonly events: readonly RecordedEvent[]; readonly bytes: number; readonly last: Position };

/** Returns true if the first position is before the second; no position is before every other. */
export const isBefore = (left: Position | undefined, right: Position | undefined): boolean =>
  (left ?? '') < (right ?? '');

/** The latest events that the subscription delivered, without a gap, bounded in bytes. */
export class LiveWindow {
  private batches: Batch[] = [];
  private bytes = 0;
  private first: Position | undefined;
  private last: Position | undefined;

  /** @param after - the position after which it has all events. */
  constructor(
    after: Position | undefined,
    private readonly bytesMax: number,
  ) {
    this.first = after;
    this.last = after;
  }

  /** The position of the last delivered event. */
  get end(): Position | undefined {
    return this.last;
  }

  /** Adds the events that follow the present ones. */
  add(events: readonly RecordedEvent[]): void {
    const last = events.at(-1)?.position;
    if (last === undefined) return;
    const bytes = bytesOf(events);
    this.batches.push({ events, bytes, last });
    this.bytes += bytes;
    this.last = last;
    if (this.bytes > this.bytesMax) this.cut();
  }

  /** Returns true if it has all delivered events after a position. */
  covers(position: Position | undefined): boolean {
    return !isBefore(position, this.first);
  }

  /** Returns the next events after a position that it covers. */
  after(position: Position | undefined, limit: number): readonly RecordedEvent[] {
    const start = this.batchAfter(position);
    const next = this.batches[start]?.events ?? [];
    // Most readers have read up to the last batch, and take it as it is.
    const isWhole = next.length <= limit && isBefore(position, next[0]?.position);
    if (isWhole && start === this.batches.length - 1) return next;
    const found: RecordedEvent[] = [];
    for (let at = start; at < this.batches.length && found.length < limit; at += 1)
      for (const event of this.batches[at]?.events ?? [])
        if (found.length < limit && isBefore(position, event.position)) found.push(event);
    return found;
  }

  /** Returns the events of a read with a start and a limit, if it has all of them. */
  find(
    stream: StreamName,
    { from, limit, direction = 'forwards' }: ReadOptions,
  ): readonly RecordedEvent[] | undefined {
    if (from === undefined || limit === undefined || direction !== 'forwards') return undefined;
    const found: RecordedEvent[] = [];
    // From the newest on: a stream that is read again was mostly written a moment ago.
    for (let at = this.batches.length - 1; at >= 0; at -= 1) {
      const { events = [] } = this.batches[at] ?? {};
      for (let index = events.length - 1; index >= 0; index -= 1) {
        const event = events[index];
        if (event?.stream !== stream) continue;
        if (event.revision < from + BigInt(limit)) found.push(event);
        if (event.revision <= from) return found.length === limit ? found.reverse() : undefined;
      }
    }
    return undefined;
  }

  /** Removes the events of a stream that was erased. */
  erase(stream: StreamName): void {
    this.batches = this.batches.map((batch) => ({
      ...batch,
      events: batch.events.filter((event) => event.stream !== stream),
    }));
  }

  /** Returns the index of the first batch with events after a position. */
  private batchAfter(position: Position | undefined): number {
    let low = 0;
    let high = this.batches.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(position, this.batches[middle]?.last)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Drops the oldest batches, down to half of the limit, so that cutting is rare. */
  private cut(): void {
    let count = 0;
    for (; count < this.batches.length && this.bytes > this.bytesMax / 2; count += 1)
      this.bytes -= this.batches[count]?.bytes ?? 0;
    const dropped = this.batches.splice(0, count);
    this.first = dropped.at(-1)?.last ?? this.first;
  }
}
