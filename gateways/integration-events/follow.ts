import type { Checkpoints } from '../../platform/reactions';
import type { Millis } from '../../domain/kernel';
import type { Bus } from '../../platform/bus';
import { Wake, type Clock, type Random } from '../../platform/clock';
import type { EventStore, Position } from '../../platform/event-store';
import { supervise } from '../../platform/faults';
import type { Logger } from '../../platform/telemetry';
import { integrationDefaults, type IntegrationLimits } from './limits';
import { noneWaiting, publishAll, type Waiting } from './publish';
import { IntegrationEventMapper } from './integration-event-mapper';

export type IntegrationDeps = {
  readonly store: EventStore;
  readonly bus: Bus;
  readonly checkpoints: Checkpoints;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Overrides of the defaults. */
  readonly limits?: Partial<IntegrationLimits>;
};

/** The progress. `position`: everything up to here is published. */
export type IntegrationStatus = Waiting & { readonly position: Position | undefined };

/** A follower that publishes the messages of events, from start to stop: each at least once, from its checkpoint on. */
export interface Integration {
  status(): IntegrationStatus;
  /** Stops and stores the checkpoint. */
  stop(): Promise<void>;
}

const CHECKPOINT = 'integration';

class Follower implements Integration {
  private readonly stopping = new AbortController();
  private readonly teller: IntegrationEventMapper;
  private readonly limits: IntegrationLimits;
  private readonly progressed = new Wake();
  private readonly running: readonly Promise<void>[];
  private position: Position | undefined;
  private written: Position | undefined;
  private waiting = noneWaiting;

  constructor(private readonly deps: IntegrationDeps) {
    this.limits = { ...integrationDefaults, ...deps.limits };
    this.teller = new IntegrationEventMapper({ ...deps, ...this.limits });
    this.running = [
      this.supervised('follow', (signal) => this.follow(signal)),
      this.supervised('checkpoint', (signal) => this.keepCheckpoint(signal)),
    ];
  }

  status(): IntegrationStatus {
    return { position: this.position, ...this.waiting };
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
      onFailure: (error, attempt) =>
        logger.error({ error, attempt, loop }, 'A loop of the integration failed'),
    });
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const { store, checkpoints } = this.deps;
    const after = await checkpoints.read(CHECKPOINT);
    this.position = after;
    this.written = after;
    const { batchSize } = this.limits;
    const subscription = store.subscribe({ after, batchSize, signal });
    for await (const { events } of subscription) {
      const publishing = { ...this.deps, republish: this.limits.republish };
      await publishAll(await this.teller.messagesOf(events), publishing, signal, (waiting) => {
        this.waiting = waiting;
      });
      this.position = events.at(-1)?.position ?? this.position;
      this.progressed.call();
    }
  }

  private async keepCheckpoint(signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.deps.clock.sleep(this.limits.checkpointEveryMs as Millis, signal);
      await this.writeCheckpoint();
      await this.progressed.sleep(signal);
    }
  }

  private async writeCheckpoint(): Promise<void> {
    const { position } = this;
    if (position === undefined || position === this.written) return;
    await this.deps.checkpoints.write(CHECKPOINT, position);
    this.written = position;
  }
}

/** Starts at the checkpoint; without one, at the first event. Only one process at a time should run it. */
export const startIntegration = (deps: IntegrationDeps): Integration => new Follower(deps);
