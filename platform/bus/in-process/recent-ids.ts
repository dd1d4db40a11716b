import type { Clock } from '../../clock';

/** Remembers ids for a while, so that the same message told twice is one message. */
export class RecentIds {
  // In the order in which they came: the first is the oldest.
  private readonly seenAtMs = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly windowMs: number,
    private readonly idsMax: number,
  ) {}

  has(id: string): boolean {
    this.forget();
    return this.seenAtMs.has(id);
  }

  add(id: string): void {
    this.seenAtMs.set(id, this.clock.monotonicMs());
    this.forget();
  }

  private forget(): void {
    const oldestMs = this.clock.monotonicMs() - this.windowMs;
    for (const [id, atMs] of this.seenAtMs) {
      if (atMs >= oldestMs && this.seenAtMs.size <= this.idsMax) return;
      this.seenAtMs.delete(id);
    }
  }
}
