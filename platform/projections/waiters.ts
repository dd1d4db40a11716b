import { Deferred, type Clock } from '../clock';
import type { Position } from '../event-store';
import { Fault } from '../faults';

type Waiter = { readonly position: Position; readonly isReached: Deferred<boolean> };

/** Callers that wait until a position is reached. */
export class Waiters {
  private readonly waiting = new Set<Waiter>();

  constructor(
    private readonly clock: Clock,
    private readonly waitersMax: number,
  ) {}

  /**
   * @returns true if it was reached in time.
   * @throws Fault `OVERLOADED` if too many wait already.
   */
  wait(position: Position, timeoutMs: number): Promise<boolean> {
    if (this.waiting.size >= this.waitersMax)
      return Promise.reject(new Fault('OVERLOADED', 'Too many callers wait for the read models'));
    const onTimeout = (): boolean => {
      this.waiting.delete(waiter);
      return false;
    };
    const isReached = new Deferred<boolean>({ clock: this.clock, afterMs: timeoutMs, onTimeout });
    const waiter = { position, isReached };
    this.waiting.add(waiter);
    return isReached.promise;
  }

  reached(position: Position): void {
    for (const waiter of this.waiting) if (waiter.position <= position) this.settle(waiter, true);
  }

  end(): void {
    for (const waiter of this.waiting) this.settle(waiter, false);
  }

  private settle(waiter: Waiter, isReached: boolean): void {
    this.waiting.delete(waiter);
    waiter.isReached.resolve(isReached);
  }
}
