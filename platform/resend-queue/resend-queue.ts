import type { Random } from '../clock';
import { backoffDelay, type Backoff } from '../faults';

type InFlight<Item> = { readonly item: Item; tries: number; dueAtMs: number };

export type ResendQueueOptions = {
  readonly backoff: Backoff;
  readonly random: Random;
  /** How many may be on their way, sent and not acknowledged, at once; the others wait their turn, first come first served. */
  readonly windowMax: number;
};

/**
 * What was sent and is not acknowledged, and when each is to be sent again: later each time, for ever. Pure bookkeeping: it
 * has no timers and no stop; times are the clock's monotonic milliseconds.
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

  /** An item that is there already stays as it is. */
  add(key: Key, item: Item): void {
    if (!this.has(key)) this.waiting.set(key, item);
  }

  /** @returns whether it was there. */
  remove(key: Key): boolean {
    return this.inFlight.delete(key) || this.waiting.delete(key);
  }

  /** How often the item was handed out. */
  triesOf(key: Key): number {
    return this.inFlight.get(key)?.tries ?? 0;
  }

  /** Hands out what is to be sent now, at most so much, and sets when it is due again. */
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

  /** For a new connection, which knows nothing of what was sent on the last one. */
  makeAllDue(): void {
    for (const entry of this.inFlight.values()) entry.dueAtMs = -Infinity;
  }

  /** When the next one is due; undefined while there is nothing to send. May be past. */
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
