import type { Millis } from '../../domain/kernel';
import type { Clock, Random } from '../clock';
import type { EventStore, Position, RecordedEvent } from '../event-store';
import { supervise } from '../faults';
import type { Logger } from '../telemetry';
import type { EventDensityEstimate } from './distance';
import type { RuntimeLimits } from './limits';

/** What the hub feeds. */
export type Subscriber = {
  accept(events: readonly RecordedEvent[]): void;
  /** There was nothing further at this moment. */
  level(): void;
  hasRoom(): boolean;
  whenRoom(): Promise<void>;
  detach(): void;
};

export type SharedSubscriptionDeps = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly limits: RuntimeLimits;
  readonly density: EventDensityEstimate;
};

const RISE_AGAIN = { baseMs: 100, factor: 2, maxMs: 10_000 };

/** The process's one subscription, fed to all who keep up with it. */
export class SharedSubscription {
  private readonly attached = new Set<Subscriber>();
  private delivered: Position | undefined;
  private isCaughtUp = false;

  constructor(private readonly deps: SharedSubscriptionDeps) {}

  /** @param after - where it is to begin; whoever is behind that reads up to it for itself. Call it first. */
  begin(after: Position | undefined): void {
    this.delivered = after;
  }

  /** Whether the subscription had brought everything there was, when it last brought something. */
  get caughtUp(): boolean {
    return this.isCaughtUp;
  }

  /** Best called when all who are level are attached: those who miss the first events read them by themselves. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, random, logger } = this.deps;
    await supervise((stop) => this.follow(stop), {
      clock,
      random,
      signal,
      backoff: RISE_AGAIN,
      onFailure: (error, attempt) => {
        this.isCaughtUp = false;
        logger.error({ error, attempt }, 'The subscription of the projections fell');
      },
    });
  }

  /**
   * Feeds it from here on, if it has seen everything that was delivered so far.
   *
   * @param seen - its own position.
   * @returns whether it is fed now; if not, it has something left to read.
   */
  attach(one: Subscriber, seen: Position | undefined): boolean {
    const isLevel = this.delivered === undefined || (seen !== undefined && seen >= this.delivered);
    if (isLevel) this.attached.add(one);
    return isLevel;
  }

  detach(one: Subscriber): void {
    this.attached.delete(one);
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const { store, limits, density } = this.deps;
    const after = this.delivered === undefined ? {} : { after: this.delivered };
    for await (const { events, caughtUp } of store.subscribe({
      ...after,
      batchSize: limits.batchMax,
      signal,
    })) {
      await this.makeRoom(signal);
      const last = events.at(-1);
      if (last) {
        density.learn(events.length, this.delivered, last.position);
        // Both in one go: whoever attaches from now on is level with what was delivered.
        this.delivered = last.position;
        for (const one of this.attached) one.accept(events);
      }
      this.isCaughtUp = caughtUp;
      if (caughtUp) for (const one of this.attached) one.level();
    }
  }

  /** Back-pressure: waits for those that are full, but not for ever; those who have no room then go on alone. */
  private async makeRoom(signal: AbortSignal): Promise<void> {
    const full = [...this.attached].filter((one) => !one.hasRoom());
    if (full.length === 0) return;
    const patience = new AbortController();
    const stop = (): void => patience.abort();
    signal.addEventListener('abort', stop, { once: true });
    const limit = this.deps.clock
      .sleep(this.deps.limits.patienceMs as Millis, patience.signal)
      .catch(() => undefined);
    await Promise.race([limit, Promise.all(full.map((one) => one.whenRoom()))]);
    patience.abort();
    signal.removeEventListener('abort', stop);
    for (const one of full) if (!one.hasRoom()) one.detach();
  }
}
