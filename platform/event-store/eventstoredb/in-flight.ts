import { Deferred, type Clock } from '../../clock';
import { Fault } from '../../faults';

const WAITING_MAX = 8_192;

/** A limit of concurrent calls; further calls wait in a queue. */
export class InFlight {
  private count = 0;
  private readonly waiting: Deferred<void>[] = [];
  private idle = new Deferred<void>();

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
    return this.count === 0 ? Promise.resolve() : this.idle.promise;
  }

  private enter(waitMs: number): Promise<void> | undefined {
    if (this.count < this.max) {
      this.count += 1;
      return undefined;
    }
    if (this.waiting.length >= WAITING_MAX)
      throw new Fault('OVERLOADED', 'Too many appends wait to be sent to the event store');
    const onTimeout = (): never => {
      this.waiting.splice(this.waiting.indexOf(place), 1);
      throw new Fault('OVERLOADED', `Still not sent to the event store after ${waitMs} ms`);
    };
    const place = new Deferred<void>({ clock: this.clock, afterMs: waitMs, onTimeout });
    this.waiting.push(place);
    return place.promise;
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next !== undefined) return next.resolve();
    this.count -= 1;
    if (this.count > 0) return;
    this.idle.resolve();
    this.idle = new Deferred();
  }
}
