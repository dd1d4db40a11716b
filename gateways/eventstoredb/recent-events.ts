import { LRUCache } from 'lru-cache';
import type { RawEvent, RawEventStore } from '../../platform/event-store';
import { atMostEntries } from '../../platform/lru';

export type Place = { readonly stream: string; readonly revision: number; readonly position: number };

const KNOWN_MAX = 100_000;
const WARM_UP_EVENTS = 10_000;

const keyOf = (id: Uint8Array): string => Buffer.from(id.buffer, id.byteOffset, 16).toString('latin1');

/**
 * A memory of the places of recent events by their ids, which recognises a repeat of a writer without an expected
 * version. Like the original's, it is bounded.
 */
export class RecentEvents {
  private readonly places = new LRUCache<string, Place>(atMostEntries(KNOWN_MAX));

  async warmUp(store: RawEventStore): Promise<void> {
    const pages = store.readAll({ direction: 'backwards', limit: WARM_UP_EVENTS });
    const found: [string, Place][] = [];
    for await (const records of pages)
      for (const { id, stream, revision, position } of records)
        found.push([keyOf(id), { stream, revision, position }]);
    for (const [key, place] of found.reverse()) this.places.set(key, place);
  }

  /** To be called after an append was written, and not after it was only recognised. */
  remember(stream: string, events: readonly RawEvent[], last: Omit<Place, 'stream'>): void {
    // From the last to the first: of an id that occurs twice the first place counts.
    for (const [back, { id }] of [...events].reverse().entries())
      this.places.set(keyOf(id), {
        stream,
        revision: last.revision - back,
        position: last.position - back,
      });
  }

  /**
   * Finds these events in the stream: all of them (the place of the last), `none`, judged by the first of them, or only
   * `some`.
   */
  find(stream: string, events: readonly RawEvent[]): Place | 'none' | 'some' {
    let last: Place | undefined;
    for (const { id } of events) {
      const place = this.places.get(keyOf(id));
      if (place?.stream !== stream) return last === undefined ? 'none' : 'some';
      last = place;
    }
    return last ?? 'none';
  }
}
