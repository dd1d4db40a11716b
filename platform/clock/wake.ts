import type { Millis } from '../../domain/kernel';
import type { Clock } from './clock';

/** Lets one loop sleep until there is something for it. A call that comes before the sleep is not lost. */
export class Wake {
  private isPending = false;
  private wakeUp: () => void = () => undefined;

  call(): void {
    this.isPending = true;
    this.wakeUp();
  }

  /** @throws the signal's reason when it aborts first. */
  async sleep(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (!this.isPending) await this.called(signal);
    signal?.throwIfAborted();
    this.isPending = false;
  }

  /** As `sleep`, but no longer than so many milliseconds; undefined: as long as it takes. */
  async sleepAtMost(clock: Clock, limitMs: number | undefined, signal?: AbortSignal): Promise<void> {
    const timer = limitMs === undefined ? undefined : clock.after(limitMs as Millis, () => this.call());
    await this.sleep(signal).finally(() => timer?.cancel());
  }

  private called(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        signal?.removeEventListener('abort', done);
        this.wakeUp = () => undefined;
        resolve();
      };
      signal?.addEventListener('abort', done, { once: true });
      this.wakeUp = done;
    });
  }
}
