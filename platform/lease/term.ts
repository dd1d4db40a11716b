import type { Millis } from '../../domain/kernel';
import type { Clock, Timer } from '../clock';
import type { Fence } from './lease';

/** The time in which a process may do what its lease is for. It ends once, and for good. */
export class Term {
  private readonly ending = new AbortController();
  private timer: Timer | undefined;

  /** @param workUntilMs - on the monotonic clock; before others may take the lease, by a margin. */
  constructor(
    readonly fence: Fence,
    private workUntilMs: number,
    private readonly clock: Clock,
  ) {
    this.watch();
  }

  /** Aborts when the term ends; its reason is an Error that says why. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /** Looks at the clock: a process that was stopped for a while finds out before its timers do. */
  holds(): boolean {
    return !this.ending.signal.aborted && this.clock.monotonicMs() < this.workUntilMs;
  }

  /** Has no effect on a term that is over. */
  extend(workUntilMs: number): void {
    if (!this.holds()) return;
    this.workUntilMs = workUntilMs;
    this.timer?.cancel();
    this.watch();
  }

  end(reason: string): void {
    this.timer?.cancel();
    if (!this.ending.signal.aborted) this.ending.abort(new Error(reason));
  }

  private watch(): void {
    const left = Math.max(0, this.workUntilMs - this.clock.monotonicMs());
    this.timer = this.clock.after(left as Millis, () => {
      if (this.holds()) this.watch();
      else this.end('It was not renewed in time');
    });
  }
}
