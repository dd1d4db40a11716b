import type { Millis } from '../../domain/kernel';
import type { Clock } from './clock';

/** A signal that lets one loop sleep until there is work. A call before the sleep is not lost. */
export class Wake {
  private isPending = false;
  private wakeUp: () => void = () => undefined;

  call(): void {
    this.isPending = true;
    this.wakeUp();
  }

  /** @throws the signal's reason if it aborts first. */
  async sleep(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (!this.isPending) await this.called(signal);
    signal?.throwIfAborted();
    this.isPending = false;
  }

  /** Sleeps like `sleep`, at most `limitMs` milliseconds; without a limit if undefined. */
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
