const SWEEP_AT_MIN = 1024;

/**
 * Future events, earliest first, with at most one entry a key. A replaced entry stays in the heap; it is skipped when
 * its time comes, and removed when there are many.
 */
export class Agenda<Entry extends { readonly at: number; readonly key: string }> {
  private readonly planned = new Map<string, Entry>();
  private heap: Entry[] = [];
  private sweepAt = SWEEP_AT_MIN;

  /** The time of the next entry, which may be a replaced one. */
  get nextAt(): number | undefined {
    return this.heap[0]?.at;
  }

  /** The number of entries, replaced ones included. */
  get size(): number {
    return this.heap.length;
  }

  values(): IterableIterator<Entry> {
    return this.planned.values();
  }

  cancel(key: string): void {
    this.planned.delete(key);
  }

  /** Replaces the entry of the same key. */
  plan(entry: Entry): void {
    if (this.planned.get(entry.key)?.at === entry.at) return;
    this.planned.set(entry.key, entry);
    if (this.heap.length >= this.sweepAt) this.sweep();
    else this.rise(entry);
  }

  /** Removes and returns the earliest entry, if its time is not after `now`. */
  takeDue(now: number): Entry | undefined {
    const { heap, planned } = this;
    for (let first = heap[0]; first !== undefined && first.at <= now; first = heap[0]) {
      const last = heap.pop();
      if (last !== undefined && last !== first) this.sink(last);
      if (planned.get(first.key) !== first) continue;
      planned.delete(first.key);
      return first;
    }
    return undefined;
  }

  // A sorted array is a heap.
  private sweep(): void {
    this.heap = [...this.planned.values()].sort((one, other) => one.at - other.at);
    this.sweepAt = Math.max(SWEEP_AT_MIN, 2 * this.heap.length);
  }

  private rise(entry: Entry): void {
    const { heap } = this;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || above.at <= entry.at) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
  }

  private sink(entry: Entry): void {
    const { heap } = this;
    let index = 0;
    for (;;) {
      const left = heap[2 * index + 1];
      if (left === undefined) break;
      const right = heap[2 * index + 2];
      const isRight = right !== undefined && right.at < left.at;
      const child = isRight ? right : left;
      if (child.at >= entry.at) break;
      heap[index] = child;
      index = 2 * index + (isRight ? 2 : 1);
    }
    heap[index] = entry;
  }
}
