import type { Instant, Millis } from '../../domain/kernel';
import type { Bus } from '../bus';
import { Wake, type Clock, type Random, type Timer } from '../clock';
import { createGate, type Gate } from '../concurrency';
import { isBefore, type EventStore, type Position, type RecordedEvent } from '../event-store';
import { supervise } from '../faults';
import type { CollectionSpec, ReadModels } from '../read-models';
import type { Logger } from '../telemetry';
import type { EventDensityEstimate } from './distance';
import { batchOf, BatchWriter } from './batch-writer';
import { DocumentCache } from './document-cache';
import { foldInTurns, handles, targetsOf, type LoadedDocument, type FailedEvent } from './fold';
import { EventReading } from './event-reading';
import type { RuntimeLimits } from './limits';
import { park, type ParkedEvent } from './parked';
import type { Projection } from './projection';
import { prepareCorrection } from './replay-parked';
import type { EventSource } from './shared-history';
import { startingPosition } from './starting-position';
import { Waiters } from './waiters';

export type ProjectionWorkerDeps = {
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly bus?: Pick<Bus, 'announce'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly limits: RuntimeLimits;
  readonly density: EventDensityEstimate;
  /** Bounds the large batches that are in memory at the same time, of all copies. */
  readonly bulk: Gate;
};

/**
 * The state of a worker. `since`: the recording time of the oldest waiting event. `eventsPerSecond`: over this run,
 * without pauses and idle times.
 */
export type ProjectionWorkerView = {
  readonly state: 'live' | 'catching-up' | 'paused' | 'failed';
  readonly position: Position | undefined;
  readonly waiting: number;
  readonly since: Instant | undefined;
  readonly eventsPerSecond: number;
  /** The reason why it has stopped permanently. */
  readonly stoppedBy: string | undefined;
};

/** Longer than a call to an engine may take, so that a run that ends with a call's time-out is not healthy. */
const HEALTHY_AFTER_MS = 30_000;
const without = (ids: ReadonlySet<string>, left: ReadonlySet<string>): ReadonlySet<string> =>
  left.size === 0 ? ids : new Set([...ids].filter((id) => !left.has(id)));

/** Folds events into one collection. Each start begins at the collection's checkpoint. */
export class ProjectionWorker {
  private waiting: RecordedEvent[] = [];
  /** All events up to here are in the documents, are in `waiting`, or are irrelevant. */
  private accepted: Position | undefined;
  /** All events up to here are in the documents. */
  private projected: Position | undefined;
  /** The collection's checkpoint. */
  private written: Position | undefined;
  private eventsSeen = 0;
  private workedMs = 0;
  private writtenAtMs = 0;
  private reading: EventReading | undefined;
  /** True from the first time that the documents include everything that is read. */
  private hasCaughtUp = false;
  private paused = false;
  private failing = false;
  /** True while it is live and waits for relevant events. */
  private isResting = false;
  private checkpointTimer: Timer | undefined;
  private checkpointDue = false;
  /** Changes are announced only for the serving copy. */
  private serving = false;
  private stoppedBy: string | undefined;
  private readonly cache: DocumentCache;
  private readonly waiters: Waiters;
  private readonly writer: BatchWriter;
  /** Lets one piece of work at a time change the documents. */
  private readonly writing = createGate('a copy of a read model', { concurrentMax: 1, waitingMax: 100 });
  private whenLive: ((live: boolean) => void)[] = [];
  private readonly wake = new Wake();

  /** Resolves when it has ended; at once if it never ran. */
  ended: Promise<void> = Promise.resolve();

  constructor(
    readonly projection: Projection,
    /** The projection's collection in some version. */
    readonly collection: CollectionSpec,
    private readonly deps: ProjectionWorkerDeps & {
      /**
       * True if code of another version has made the collection. If this code fails on one of its documents, the worker
       * stops there, because a copy that omits events would seem current.
       */
      readonly isBorrowed: boolean;
      readonly source: EventSource;
    },
  ) {
    this.writer = new BatchWriter(collection, deps, Math.max(deps.limits.batchMax, deps.limits.bulkMax));
    this.cache = new DocumentCache(deps.readModels, collection, deps.limits.documentBytesMax);
    this.waiters = new Waiters(deps.clock, deps.limits.waitersMax);
  }

  /** Runs until the signal aborts, and restarts after failures, which are reported. Call it once. */
  run(signal: AbortSignal): Promise<void> {
    this.ended = this.keepRunning(signal);
    return this.ended;
  }

  private async keepRunning(signal: AbortSignal): Promise<void> {
    const { clock, random, logger } = this.deps;
    signal.addEventListener('abort', () => this.wake.call(), { once: true });
    await supervise((stop) => this.processEvents(stop), {
      clock,
      random,
      signal,
      healthyAfterMs: HEALTHY_AFTER_MS,
      onFailure: (error, attempt) => {
        this.failing = true;
        logger.error(
          { error, attempt, projection: this.collection.name },
          'A projection failed and is restarted',
        );
      },
    });
    this.checkpointTimer?.cancel();
    this.waiters.end();
    this.notifyLive(false);
  }

  /** Takes consecutive events, which may begin with some that it has seen. */
  private accept(events: readonly RecordedEvent[]): void {
    const unseen = this.unseenOf(events);
    const last = unseen.at(-1);
    const waitingBefore = this.waiting.length;
    if (last) {
      for (const event of unseen) if (handles(this.projection, event)) this.waiting.push(event);
      this.eventsSeen += unseen.length;
      this.deps.density.learn(unseen.length, this.accepted, last.position);
      this.accepted = last.position;
    }
    // Most events concern few projections. The others need not be woken for them.
    if (this.isResting && last && this.waiting.length === waitingBefore) this.passIrrelevant();
    else this.wake.call();
  }

  private passIrrelevant(): void {
    this.advance(this.accepted);
    if (this.projected !== this.written) this.scheduleCheckpoint();
  }

  private hasRoom(): boolean {
    return this.waiting.length < this.deps.limits.waitingMax;
  }

  pause(): void {
    this.paused = true;
    this.stopReading();
  }

  resume(): void {
    this.paused = false;
    this.wake.call();
  }

  /** Sets its position before it runs. */
  setPosition(checkpoint: Position | undefined): void {
    this.projected = checkpoint;
  }

  serve(serving: boolean): void {
    this.serving = serving;
  }

  view(): ProjectionWorkerView {
    return {
      state: this.state,
      position: this.projected,
      waiting: this.waiting.length,
      since: this.waiting[0]?.recordedAt,
      eventsPerSecond:
        this.workedMs === 0 ? 0 : ((this.eventsSeen - this.waiting.length) / this.workedMs) * 1_000,
      stoppedBy: this.stoppedBy,
    };
  }

  private get state(): ProjectionWorkerView['state'] {
    if (this.paused) return 'paused';
    if (this.failing || this.stoppedBy !== undefined) return 'failed';
    return this.hasCaughtUp && this.reading?.caughtUp === true ? 'live' : 'catching-up';
  }

  /** Resolves when it has caught up with the store; false if it ended before. */
  waitUntilLive(): Promise<boolean> {
    return new Promise((resolve) => {
      this.whenLive.push(resolve);
      this.wake.call();
    });
  }

  /** Waits until the documents include everything up to `position`; false after the timeout. */
  async waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    if (!isBefore(this.projected, position)) return true;
    return this.waiters.wait(position, timeoutMs);
  }

  /**
   * Corrects the copy by an event that it omitted.
   *
   * @throws OperationRejected if the event fails again.
   */
  async replay(parked: ParkedEvent): Promise<void> {
    const { projection, collection } = this;
    const correction = await prepareCorrection({ ...this.deps, projection, collection }, parked);
    await this.writing.run(async () => {
      const corrected = await correction.write();
      this.cache.keep(corrected);
      if (this.serving) this.announce(corrected, new Set(corrected.keys()), parked.position);
    });
  }

  private async processEvents(signal: AbortSignal): Promise<void> {
    await this.startAtCheckpoint();
    try {
      while (!signal.aborted) {
        this.reading?.throwIfFailed();
        if (this.paused || this.stoppedBy !== undefined) await this.wake.sleep();
        else if (this.waiting.length === 0) await this.idle(signal);
        else if (this.collectsForMs > 0) await this.timed(() => this.collect());
        else await this.timed(() => this.writing.run(() => this.projectNext()));
      }
    } finally {
      this.stopReading();
    }
    await this.writeCheckpoint();
  }

  private startReading(signal: AbortSignal): EventReading {
    const { source, limits } = this.deps;
    return new EventReading({
      source,
      after: this.accepted,
      batchSize: limits.batchMax,
      signal,
      accept: (events) => this.accept(events),
      hasRoom: () => this.hasRoom(),
      onEnd: () => this.wake.call(),
    });
  }

  private stopReading(): void {
    this.reading?.stop();
    this.reading = undefined;
    this.hasCaughtUp = false;
  }

  private async timed(work: () => Promise<void>): Promise<void> {
    const startedAtMs = this.deps.clock.monotonicMs();
    await work();
    this.workedMs += this.deps.clock.monotonicMs() - startedAtMs;
  }

  /** Starts from the collection's checkpoint: after a failure only the collection itself shows what was written. */
  private async startAtCheckpoint(): Promise<void> {
    const checkpoint = await startingPosition(this.deps, this.collection);
    this.waiting = [];
    this.cache.clear();
    this.accepted = this.written = checkpoint;
    this.advance(checkpoint);
  }

  private async idle(signal: AbortSignal): Promise<void> {
    this.reading ??= this.startReading(signal);
    this.advance(this.accepted);
    const isLive = this.reading.caughtUp;
    if (isLive) {
      this.hasCaughtUp = true;
      this.failing = false;
      this.notifyLive(true);
    }
    if (this.checkpointDue) await this.writeCheckpoint();
    else if (this.projected !== this.written) this.scheduleCheckpoint();
    // `wake` remembers a call during the write of the checkpoint.
    this.isResting = isLive;
    if (isLive) await this.wake.sleep().finally(() => (this.isResting = false));
    else await this.timed(() => this.wake.sleep());
  }

  private scheduleCheckpoint(): void {
    const { clock, limits } = this.deps;
    this.checkpointTimer ??= clock.after(limits.checkpointEveryMs as Millis, () => {
      this.checkpointDue = true;
      this.wake.call();
    });
  }

  private async writeCheckpoint(): Promise<void> {
    this.checkpointTimer?.cancel();
    this.checkpointTimer = undefined;
    this.checkpointDue = false;
    const position = this.projected;
    if (position === undefined || position === this.written) return;
    await this.deps.readModels.write({ collection: this.collection, upserts: [], deletes: [], position });
    this.written = position;
  }

  private get isFarBehind(): boolean {
    if (this.reading?.hasMore === true) return true;
    // What was read of the history and still waits at its end.
    return !this.hasCaughtUp && this.waiting.length >= this.deps.limits.historyPageMax;
  }

  /** The time for which it may still collect events for a large batch. */
  private get collectsForMs(): number {
    const { limits, clock } = this.deps;
    if (this.reading?.hasMore !== true || this.waiting.length >= this.writer.size || !this.hasRoom())
      return 0;
    return this.writtenAtMs + limits.collectMs - clock.monotonicMs();
  }

  private collect(): Promise<void> {
    return this.wake.sleepAtMost(this.deps.clock, this.collectsForMs);
  }

  private async projectNext(): Promise<void> {
    const { bulk, limits, clock } = this.deps;
    if (this.isFarBehind) await bulk.run(() => this.project(limits.bulkMax));
    else await this.project(limits.batchMax);
    this.writtenAtMs = clock.monotonicMs();
  }

  /** Processes one batch: finds the documents, reads them, folds, writes them with the position, announces. */
  private async project(eventsMax: number): Promise<void> {
    const { readModels, clock } = this.deps;
    const events = this.waiting.slice(0, Math.min(eventsMax, this.writer.size));
    const position = events.length === this.waiting.length ? this.accepted : events.at(-1)?.position;
    if (position === undefined) return;
    const { targets, failed } = targetsOf(this.projection, events);
    const documents = await this.cache.load(new Set(targets.flatMap(({ ids }) => ids)));
    const result = await foldInTurns(documents, this.projection, targets);
    const [refused] = result.failed;
    if (this.deps.isBorrowed && refused !== undefined) {
      this.stopAt(refused);
      return;
    }
    const parked = [...failed, ...result.failed];
    await park(readModels, this.collection, parked, clock.now());
    const omitted = await this.writer.write(
      batchOf(this.collection, documents, result.changed, position),
      events,
    );
    if (!omitted) return;
    this.cache.keep(documents, omitted);
    this.waiting.splice(0, events.length);
    this.written = position;
    this.failing = false;
    this.advance(position);
    if (this.hasRoom()) this.reading?.roomMade();
    this.writer.report(parked);
    if (this.serving) this.announce(documents, without(result.changed, omitted), position);
  }

  private stopAt({ event, reason }: FailedEvent): void {
    this.stoppedBy = `this code cannot fold ${event.type} at ${event.position}: ${reason}`;
    this.stopReading();
    this.deps.logger.error(
      { projection: this.collection.name, version: this.collection.version, eventId: event.id, reason },
      'The serving copy of a read model is not updated: the code of this version cannot fold it',
    );
  }

  private announce(
    documents: ReadonlyMap<string, LoadedDocument>,
    changed: ReadonlySet<string>,
    position: Position,
  ): void {
    const { name: collection } = this.collection;
    const changes = [...changed].map((id) => ({
      collection,
      id,
      position: documents.get(id)?.lastPosition ?? position,
    }));
    this.deps.bus?.announce(changes);
  }

  private advance(position: Position | undefined): void {
    this.projected = position;
    if (position !== undefined) this.waiters.reached(position);
  }

  private unseenOf(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
    const { accepted } = this;
    const [first] = events;
    if (!first || isBefore(accepted, first.position)) return events;
    return events.filter(({ position }) => isBefore(accepted, position));
  }

  private notifyLive(live: boolean): void {
    const waiting = this.whenLive;
    this.whenLive = [];
    for (const resolve of waiting) resolve(live);
  }
}
