import type { Random } from '../clock';
import { backoffDelay, type Backoff } from '../faults';

type InFlight<Item> = { readonly item: Item; tries: number; dueAtMs: number };

export type ResendQueueOptions = {
  readonly backoff: Backoff;
  readonly random: Random;
  /** The number of items that may be sent and unacknowledged at once; others wait in order of arrival. */
  readonly windowMax: number;
};

/**
 * Unacknowledged items, and the time at which each is sent again, with growing delays and no end. It has no timers;
 * times are the clock's monotonic milliseconds.
 */
export class ResendQueue<Key, Item> {
  private readonly inFlight = new Map<Key, InFlight<Item>>();
  private readonly waiting = new Map<Key, Item>();

  constructor(private readonly options: ResendQueueOptions) {}

  get size(): number {
    return this.inFlight.size + this.waiting.size;
  }

  has(key: Key): boolean {
    return this.inFlight.has(key) || this.waiting.has(key);
  }

  /** Adds an item. An existing one stays as it is. */
  add(key: Key, item: Item): void {
    if (!this.has(key)) this.waiting.set(key, item);
  }

  /** @returns true if the item was present. */
  remove(key: Key): boolean {
    return this.inFlight.delete(key) || this.waiting.delete(key);
  }

  /** Returns the number of times that the item was sent. */
  triesOf(key: Key): number {
    return this.inFlight.get(key)?.tries ?? 0;
  }

  /** Returns the items that are due, at most `limit`, and schedules their next sending. */
  takeDue(nowMs: number, limit: number): Item[] {
    this.openWindow(nowMs);
    const taken: Item[] = [];
    for (const entry of this.inFlight.values()) {
      if (taken.length >= limit) break;
      if (entry.dueAtMs > nowMs) continue;
      entry.dueAtMs = nowMs + backoffDelay(entry.tries, this.options.backoff, this.options.random);
      entry.tries += 1;
      taken.push(entry.item);
    }
    return taken;
  }

  /** Makes all items due, for a new connection on which nothing has been sent. */
  makeAllDue(): void {
    for (const entry of this.inFlight.values()) entry.dueAtMs = -Infinity;
  }

  /** Returns the time of the next item; undefined if there is none. It may be in the past. */
  nextDueAtMs(nowMs: number): number | undefined {
    this.openWindow(nowMs);
    let next: number | undefined;
    for (const { dueAtMs } of this.inFlight.values())
      if (next === undefined || dueAtMs < next) next = dueAtMs;
    return next;
  }

  private openWindow(nowMs: number): void {
    for (const [key, item] of this.waiting) {
      if (this.inFlight.size >= this.options.windowMax) return;
      this.waiting.delete(key);
      this.inFlight.set(key, { item, tries: 0, dueAtMs: nowMs });
    }
  }
}
