import type { Millis } from '../../domain/kernel';
import type { Clock } from '../../platform/clock';

/** Lets a loop sleep until something happens; what happens while it is awake wakes it at once the next time. */
export class Waker {
  private awake = false;
  private resolve: (() => void) | undefined;

  constructor(private readonly clock: Clock) {}

  wake(): void {
    this.awake = true;
    this.resolve?.();
  }

  /** @param ms - sleeps no longer than that; undefined: until it is woken. */
  async sleep(ms: number | undefined, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.awake) await this.woken(ms, signal);
    this.awake = false;
    signal.throwIfAborted();
  }

  private woken(ms: number | undefined, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        timer?.cancel();
        signal.removeEventListener('abort', done);
        this.resolve = undefined;
        resolve();
      };
      const timer = ms === undefined ? undefined : this.clock.after(ms as Millis, done);
      signal.addEventListener('abort', done, { once: true });
      this.resolve = done;
    });
  }
}
