import type { Millis } from '../../domain/kernel';
import type { Clock, Random } from '../clock';
import type { EventStore, Position, RecordedEvent } from '../event-store';
import { supervise } from '../faults';
import type { Logger } from '../telemetry';
import type { EventDensityEstimate } from './distance';
import type { RuntimeLimits } from './limits';

/** A consumer of the shared subscription. */
export type Subscriber = {
  accept(events: readonly RecordedEvent[]): void;
  /** Called when there is no further event at the moment. */
  handleCaughtUp(): void;
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

/** The only subscription of the process, which feeds all consumers that keep up. */
export class SharedSubscription {
  private readonly attached = new Set<Subscriber>();
  private delivered: Position | undefined;
  private isCaughtUp = false;

  constructor(private readonly deps: SharedSubscriptionDeps) {}

  /** Sets the start, before `run`. Consumers that are behind it read up to it themselves. */
  startAt(after: Position | undefined): void {
    this.delivered = after;
  }

  /** True if the last batch reached the end of the store. */
  get caughtUp(): boolean {
    return this.isCaughtUp;
  }

  /**
   * Runs the subscription. Consumers at the same position should be attached before: those that miss the first events
   * read them themselves.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, random, logger } = this.deps;
    await supervise((stop) => this.deliverEvents(stop), {
      clock,
      random,
      signal,
      onFailure: (error, attempt) => {
        this.isCaughtUp = false;
        logger.error({ error, attempt }, 'The subscription of the projections failed and is restarted');
      },
    });
  }

  /**
   * Feeds a consumer from here on, if it has seen everything that was delivered so far.
   *
   * @param position - the consumer's position.
   * @returns true if it is fed now; false if it must read more first.
   */
  attach(subscriber: Subscriber, position: Position | undefined): boolean {
    const isCurrent = this.delivered === undefined || (position !== undefined && position >= this.delivered);
    if (isCurrent) this.attached.add(subscriber);
    return isCurrent;
  }

  detach(subscriber: Subscriber): void {
    this.attached.delete(subscriber);
  }

  private async deliverEvents(signal: AbortSignal): Promise<void> {
    const { store, limits, density } = this.deps;
    for await (const { events, caughtUp } of store.subscribe({
      after: this.delivered,
      batchSize: limits.batchMax,
      signal,
    })) {
      await this.waitForRoom(signal);
      const last = events.at(-1);
      if (last) {
        density.learn(events.length, this.delivered, last.position);
        // No await between the two, so that a consumer that attaches later compares with the delivered events.
        this.delivered = last.position;
        for (const one of this.attached) one.accept(events);
      }
      this.isCaughtUp = caughtUp;
      if (caughtUp) for (const one of this.attached) one.handleCaughtUp();
    }
  }

  /** Waits for full consumers, with a time limit; those that are still full then read by themselves. */
  private async waitForRoom(signal: AbortSignal): Promise<void> {
    const full = [...this.attached].filter((one) => !one.hasRoom());
    if (full.length === 0) return;
    const timeout = new AbortController();
    const stop = (): void => timeout.abort();
    signal.addEventListener('abort', stop, { once: true });
    const limit = this.deps.clock
      .sleep(this.deps.limits.patienceMs as Millis, timeout.signal)
      .catch(() => undefined);
    await Promise.race([limit, Promise.all(full.map((one) => one.whenRoom()))]);
    timeout.abort();
    signal.removeEventListener('abort', stop);
    for (const one of full) if (!one.hasRoom()) one.detach();
  }
}
