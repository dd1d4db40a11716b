import type { Millis } from '../../../domain/kernel';
import type { Clock } from '../../clock';
import { Fault } from '../../faults';

const WAITING_MAX = 8_192;

/** A limit of concurrent calls; further calls wait in a queue. */
export class InFlight {
  private count = 0;
  private readonly waiting: (() => void)[] = [];
  private idle: (() => void)[] = [];

  constructor(
    private readonly max: number,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault `OVERLOADED` if the queue is full, or the wait in it too long. */
  async run<Result>(waitMs: number, work: () => Promise<Result>): Promise<Result> {
    await this.enter(waitMs);
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  /** Resolves when no call runs or waits. */
  settled(): Promise<void> {
    return this.count === 0 ? Promise.resolve() : new Promise((resolve) => this.idle.push(resolve));
  }

  private enter(waitMs: number): Promise<void> | undefined {
    if (this.count < this.max) {
      this.count += 1;
      return undefined;
    }
    if (this.waiting.length >= WAITING_MAX)
      throw new Fault('OVERLOADED', 'Too many appends wait to be sent to the event store');
    return new Promise((resolve, reject) => {
      const timer = this.clock.after(waitMs as Millis, () => {
        this.waiting.splice(this.waiting.indexOf(go), 1);
        reject(new Fault('OVERLOADED', `Still not sent to the event store after ${waitMs} ms`));
      });
      const go = (): void => {
        timer.cancel();
        resolve();
      };
      this.waiting.push(go);
    });
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next !== undefined) return next();
    this.count -= 1;
    if (this.count > 0) return;
    for (const resolve of this.idle.splice(0)) resolve();
  }
}
