import type { Checkpoints } from '../../commands/workflows';
import { epochMsOf, type Millis } from '../../domain/kernel';
import type { Bus } from '../../platform/bus';
import type { Clock, Random } from '../../platform/clock';
import type { EventStore, Position, RecordedEvent } from '../../platform/event-store';
import { backoffDelay, isFault, supervise, type Backoff } from '../../platform/faults';
import { Recent } from '../../platform/read-models';
import type { Logger } from '../../platform/telemetry';
import type { Origin } from './told';
import { factsOf, isTold, needsOrigin, originOf, tasksOf, type Message } from './translate';

export type IntegrationLimits = {
  /** Events whose messages are on their way to the bus at once. */
  readonly batchSize: number;
  /** How soon, and at most how late, what the bus did not take is published again. There is no last try. */
  readonly republish: Backoff;
  /** How often the checkpoint is written at most, in milliseconds. */
  readonly checkpointEveryMs: number;
  /** Nobody is notified of what is older than that, in milliseconds: a rebuild is no news. */
  readonly notifyWithinMs: number;
};

export type IntegrationDeps = {
  readonly store: EventStore;
  readonly bus: Bus;
  readonly checkpoints: Checkpoints;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** What differs from the defaults. */
  readonly limits?: Partial<IntegrationLimits>;
};

/** Publishes what the events say, once started, until it is stopped: each at least once, from where it left off. */
export interface Integration {
  /** `position`: everything up to here is published. `waiting`: messages that the bus has not taken yet. */
  status(): { readonly position: Position | undefined; readonly waiting: number };
  /** Writes down how far it came. */
  stop(): Promise<void>;
}

const CHECKPOINT = 'integration';
const ORIGINS_MAX = 10_000;
const RISE_AGAIN = { baseMs: 100, factor: 2, maxMs: 10_000 };
const defaults: IntegrationLimits = {
  batchSize: 256,
  republish: { baseMs: 50, factor: 2, maxMs: 5_000 },
  checkpointEveryMs: 250,
  notifyWithinMs: 86_400_000,
};

class Follower implements Integration {
  private readonly stopping = new AbortController();
  private readonly origins = new Recent<Origin>(ORIGINS_MAX);
  private readonly limits: IntegrationLimits;
  private readonly running: readonly Promise<void>[];
  private position: Position | undefined;
  private written: Position | undefined;
  private waiting = 0;

  constructor(private readonly deps: IntegrationDeps) {
    this.limits = { ...defaults, ...deps.limits };
    this.running = [
      this.supervised('follow', (signal) => this.follow(signal)),
      this.supervised('checkpoint', (signal) => this.keepCheckpoint(signal)),
    ];
  }

  status(): { readonly position: Position | undefined; readonly waiting: number } {
    return { position: this.position, waiting: this.waiting };
  }

  async stop(): Promise<void> {
    this.stopping.abort(new Error('The integration stops'));
    await Promise.all(this.running);
    await this.writeCheckpoint().catch((error: unknown) =>
      this.deps.logger.warn({ error }, 'The checkpoint of the integration was not written'),
    );
  }

  private supervised(loop: string, run: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { clock, random, logger } = this.deps;
    return supervise(run, {
      clock,
      random,
      signal: this.stopping.signal,
      backoff: RISE_AGAIN,
      onFailure: (error, attempt) => logger.error({ error, attempt, loop }, 'A loop of the integration fell'),
    });
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const { store, checkpoints } = this.deps;
    const after = await checkpoints.read(CHECKPOINT);
    this.position = after;
    this.written = after;
    const { batchSize } = this.limits;
    const subscription = store.subscribe({ ...(after === undefined ? {} : { after }), batchSize, signal });
    for await (const { events } of subscription) {
      const messages = (await Promise.all(events.map((event) => this.messagesOf(event)))).flat();
      await this.publishAll(messages, signal);
      this.position = events.at(-1)?.position ?? this.position;
    }
  }

  private async messagesOf(event: RecordedEvent): Promise<readonly Message[]> {
    if (!isTold(event)) return [];
    const origin = await this.originOf(event);
    const age = epochMsOf(this.deps.clock.now()) - epochMsOf(event.recordedAt);
    const tasks = age > this.limits.notifyWithinMs ? [] : tasksOf(event, origin);
    return [...factsOf(event, origin), ...tasks];
  }

  private async originOf(event: RecordedEvent): Promise<Origin | undefined> {
    const { stream } = event;
    if (!needsOrigin(event)) return undefined;
    const known = this.origins.get(stream);
    if (known) return known;
    for await (const first of this.deps.store.read(stream, { limit: 1 })) {
      const origin = originOf(first);
      if (origin) this.origins.set(stream, origin);
      return origin;
    }
    return undefined;
  }

  /** Until the bus has taken each: what comes later would be lost with the checkpoint if one were left out. */
  private async publishAll(messages: readonly Message[], signal: AbortSignal): Promise<void> {
    const { clock, random, logger } = this.deps;
    let left = messages;
    for (let attempt = 0; left.length > 0; attempt += 1) {
      if (attempt > 0) {
        logger.warn({ waiting: left.length, attempt }, 'The bus does not take the integration’s messages');
        await clock.sleep(backoffDelay(attempt - 1, this.limits.republish, random), signal);
      }
      this.waiting = left.length;
      const taken = await Promise.all(left.map((message) => this.publish(message)));
      signal.throwIfAborted();
      left = left.filter((_, index) => !taken[index]);
    }
    this.waiting = 0;
  }

  /** @returns whether it is dealt with: the bus has it, or never will. */
  private async publish({ topic, event }: Message): Promise<boolean> {
    try {
      await this.deps.bus.publish(topic, event);
      return true;
    } catch (error) {
      const { logger } = this.deps;
      const about = { error, topic, eventId: event.id, type: event.type };
      if (isFault(error) && !error.retryable) {
        logger.error(about, 'An integration event can’t be published, ever');
        return true;
      }
      logger.debug(about, 'An integration event was not published');
      return false;
    }
  }

  private async keepCheckpoint(signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.deps.clock.sleep(this.limits.checkpointEveryMs as Millis, signal);
      await this.writeCheckpoint();
    }
  }

  private async writeCheckpoint(): Promise<void> {
    const { position } = this;
    if (position === undefined || position === this.written) return;
    await this.deps.checkpoints.write(CHECKPOINT, position);
    this.written = position;
  }
}

/** Starts at its checkpoint; without one, at the first event. Only one process at a time should run it. */
export const startIntegration = (deps: IntegrationDeps): Integration => new Follower(deps);
