const SWEEP_AT_MIN = 1024;

/**
 * What is to happen, earliest first (a binary heap). Nothing is taken back when plans change: an entry that does not hold any
 * more is passed over when its time comes, and swept out when they become many.
 */
export class Agenda<Entry extends { readonly at: number }> {
  private heap: Entry[] = [];
  private sweepAt = SWEEP_AT_MIN;

  constructor(private readonly holds: (entry: Entry) => boolean) {}

  /** When there is something to do next; it may turn out that nothing is. */
  get nextAt(): number | undefined {
    return this.heap[0]?.at;
  }

  get entries(): readonly Entry[] {
    return this.heap;
  }

  add(entry: Entry): void {
    if (this.heap.length >= this.sweepAt) this.sweep();
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

  /** The earliest entry that holds, if its time has come by `now`. */
  takeDue(now: number): Entry | undefined {
    const { heap } = this;
    for (let first = heap[0]; first !== undefined && first.at <= now; first = heap[0]) {
      const last = heap.pop();
      if (last !== undefined && last !== first) this.sink(last);
      if (this.holds(first)) return first;
    }
    return undefined;
  }

  // Sorted, an array is a heap.
  private sweep(): void {
    this.heap = this.heap.filter(this.holds).sort((one, other) => one.at - other.at);
    this.sweepAt = Math.max(SWEEP_AT_MIN, 2 * this.heap.length);
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
