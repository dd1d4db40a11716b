import type { Clock } from '../../clock';

/** A memory of ids for a limited time, so that a repeated message is recognised. */
export class RecentIds {
  // In insertion order: the first is the oldest.
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
