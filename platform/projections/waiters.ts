import type { Millis } from '../../domain/kernel';
import type { Clock } from '../clock';
import type { Position } from '../event-store';
import { Fault } from '../faults';

type Waiter = { readonly position: Position; readonly settle: (reached: boolean) => void };

/** Callers that wait until a position is reached. */
export class Waiters {
  private readonly waiting = new Set<Waiter>();

  constructor(
    private readonly clock: Clock,
    private readonly waitersMax: number,
  ) {}

  /**
   * @returns whether it was reached in time.
   * @throws Fault `OVERLOADED` when too many wait already.
   */
  wait(position: Position, timeoutMs: number): Promise<boolean> {
    if (this.waiting.size >= this.waitersMax)
      return Promise.reject(new Fault('OVERLOADED', 'Too many wait for the read models'));
    return new Promise((resolve) => {
      const timer = this.clock.after(timeoutMs as Millis, () => waiter.settle(false));
      const waiter: Waiter = {
        position,
        settle: (reached) => {
          timer.cancel();
          this.waiting.delete(waiter);
          resolve(reached);
        },
      };
      this.waiting.add(waiter);
    });
  }

  reached(position: Position): void {
    for (const waiter of this.waiting) if (waiter.position <= position) waiter.settle(true);
  }

  giveUp(): void {
    for (const waiter of this.waiting) waiter.settle(false);
  }
}
