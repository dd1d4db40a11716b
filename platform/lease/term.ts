import type { Millis } from '../../domain/kernel';
import type { Clock, Timer } from '../clock';
import type { Fence } from './lease';

/** The time in which a process may do the work of its lease. It ends once, for ever. */
export class Term {
  private readonly ending = new AbortController();
  private timer: Timer | undefined;

  /** @param workUntilMs - on the monotonic clock; a margin before others may take the lease. */
  constructor(
    readonly fence: Fence,
    private workUntilMs: number,
    private readonly clock: Clock,
  ) {
    this.watch();
  }

  /** Aborts when the term ends; its reason is an Error with the cause. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /** Tests the clock: a suspended process notices the end before its timers do. */
  holds(): boolean {
    return !this.ending.signal.aborted && this.clock.monotonicMs() < this.workUntilMs;
  }

  /** Has no effect on an ended term. */
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
