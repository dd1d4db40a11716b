import type { Millis } from '../../../domain/kernel';
import type { Clock, Random, Timer } from '../../../platform/clock';
import { TOMBSTONE_TYPE } from '../../../platform/event-store';
import type { RawRecord } from '../../../platform/event-store';
import { supervise } from '../../../platform/faults';
import type { Logger } from '../../../platform/telemetry';
import { isStreamDeleted } from '../errors';
import { filterOf } from '../filter';
import { follow } from '../follow';
import { resolve } from '../links';
import type { Reading } from '../read';
import { Chooser, Seat } from './consumers';
import type { Consumer } from './consumers';
import { dropped, tooManySubscribers } from './group-errors';
import type { Journal } from './journal';
import { messageOf } from './message';
import type { Message } from './message';
import { Progress } from './progress';
import { ALL } from './settings';
import type { GroupConfig } from './settings';

export type GroupParts = {
  readonly reading: Reading;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
};

/** A consumer's request for events that it cannot process; `unknown` leaves the choice to the group. */
export type NackAction = 'unknown' | 'park' | 'retry' | 'skip' | 'stop';

const backoff = { baseMs: 100, factor: 2, maxMs: 10_000 };
const CHECK_MS_MIN = 10;
const CHECK_MS_MAX = 1_000;
const REPLAYED_MAX = 10_000;

/**
 * Delivers the events of a source to its consumers, each event to one of them, until it is acknowledged, parked or
 * skipped. It reads ahead up to its buffer, stores its progress in the journal, and resumes from there: an event that
 * was delivered and not settled at a stop is delivered again.
 */
export class Group {
  private readonly seats: Seat[] = [];
  private readonly chooser: Chooser;
  private readonly running = new AbortController();
  private progress: Progress | undefined;
  /** Events that were read and not delivered yet. */
  private readonly ahead: Message[] = [];
  /** Events to deliver again, before those that were read ahead. */
  private readonly again: Message[] = [];
  private readonly replaying = new Map<number, 'open' | 'done'>();
  private replayedTo = -1;
  private timers: Timer[] = [];
  private lastPlace: number | undefined;
  private isSaving = false;
  private isDelivering = false;
  private reading: Promise<void> | undefined;
  private makeRoom: () => void = () => undefined;
  total = 0;

  constructor(
    readonly config: GroupConfig,
    private readonly parts: GroupParts,
  ) {
    this.chooser = new Chooser(config.settings.strategy);
  }

  get connections(): readonly Seat[] {
    return this.seats;
  }

  get figures() {
    return {
      ahead: this.ahead.length,
      again: this.again.length,
      inHand: this.seats.reduce((sum, { count }) => sum + count, 0),
      checkpoint: this.progress?.place,
      lastKnown: this.lastPlace,
    };
  }

  /**
   * Adds a consumer; `goOn` then delivers events to it.
   *
   * @throws ProtocolError if the group accepts no more consumers.
   */
  join(consumer: Consumer): Seat {
    const { maxSubscriberCount } = this.config.settings;
    if (maxSubscriberCount > 0 && this.seats.length >= maxSubscriberCount)
      throw tooManySubscribers(this.config);
    const seat = new Seat(consumer);
    this.seats.push(seat);
    this.reading ??= this.start();
    return seat;
  }

  /** Delivers when a consumer's connection accepts events: at first, and again after it has read the last ones. */
  goOn(seat: Seat): void {
    seat.drained();
    this.deliver();
  }

  leave(seat: Seat): void {
    const at = this.seats.indexOf(seat);
    if (at >= 0) this.seats.splice(at, 1);
    this.giveAgain(seat.takeAll());
  }

  ack(seat: Seat, ids: readonly Uint8Array[]): void {
    for (const id of ids) {
      const message = seat.take(id);
      if (message) this.settle(message);
    }
    this.deliver();
  }

  async nack(
    seat: Seat,
    ids: readonly Uint8Array[],
    { action, reason }: { readonly action: NackAction; readonly reason: string },
  ): Promise<void> {
    const messages = ids.flatMap((id) => seat.take(id) ?? []);
    switch (action) {
      case 'park':
        for (const message of messages) await this.park(message, reason);
        break;
      case 'skip':
        for (const message of messages) this.settle(message);
        break;
      case 'stop':
        this.giveAgain(messages);
        seat.consumer.drop(dropped(this.config));
        break;
      case 'retry':
      case 'unknown':
        await this.retry(messages, reason);
        break;
    }
    this.deliver();
  }

  /** Delivers the parked events again; they are removed from the parked ones when all are settled. */
  async replay(limit: number): Promise<void> {
    const found: Message[] = [];
    for await (const { revision, ...parked } of this.parts.journal.parked(this.config, REPLAYED_MAX)) {
      if (found.length === limit) break;
      if (revision <= this.replayedTo) continue;
      this.replayedTo = revision;
      const { event } = parked;
      this.replaying.set(revision, event === undefined ? 'done' : 'open');
      if (event !== undefined)
        found.push({ resolved: { event }, original: event, place: -1, parkedAs: revision, retries: 0 });
    }
    this.giveAgain(found);
    await this.forgetReplayed();
  }

  /** Drops all consumers and stores the progress. */
  async stop(reason: Error): Promise<void> {
    this.running.abort();
    this.makeRoom();
    for (const timer of this.timers) timer.cancel();
    for (const seat of [...this.seats]) {
      this.leave(seat);
      seat.consumer.drop(reason);
    }
    await this.reading;
    await this.save();
  }

  private async start(): Promise<void> {
    const { clock, random, logger } = this.parts;
    const { messageTimeoutMs, checkpointAfterMs } = this.config.settings;
    if (messageTimeoutMs > 0)
      this.every(Math.min(CHECK_MS_MAX, messageTimeoutMs / 4), () => this.takeOverdue());
    this.every(checkpointAfterMs, () => this.saveInTime());
    await supervise((signal) => this.readToTheEnd(signal), {
      clock,
      random,
      backoff,
      signal: this.running.signal,
      onFailure: (error, attempt) =>
        logger.warn({ error, attempt, group: this.config.group }, 'A consumer group cannot read'),
    });
  }

  /** Reads until the end of an erased stream, after which the group stays as it is. */
  private async readToTheEnd(signal: AbortSignal): Promise<void> {
    try {
      await this.readAhead(signal);
    } catch (error) {
      if (!isStreamDeleted(error)) throw error;
      if (signal.aborted) return;
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    }
  }

  private async readAhead(signal: AbortSignal): Promise<void> {
    const { source, settings, filter, startAfter } = this.config;
    const { reading, journal } = this.parts;
    this.progress ??= new Progress((await journal.loadCheckpoint(this.config)) ?? startAfter);
    // Events in memory were read before; after a failure reading continues after them.
    const from = this.lastPlace ?? this.progress.place;
    const batches = follow(
      reading,
      source === ALL ? { from, ...(filter && { filter: recordFilterOf(filter) }) } : { from, stream: source },
      signal,
    );
    // The event that ends a stream is not one of the stream's own.
    const isEnd = (record: RawRecord): boolean => source !== ALL && record.type === TOMBSTONE_TYPE;
    for await (const batch of batches)
      for (const step of batch) {
        // A place in a stream is a revision; a filtered event is reported by its position among all.
        if (step.kind === 'searched' && source === ALL) this.progress.pass(step.position);
        if (step.kind !== 'event' || isEnd(step.record)) continue;
        const resolved = settings.resolveLinks
          ? await resolve(reading.reader, step.record)
          : { event: step.record };
        const message = messageOf(resolved, ({ revision, position }) =>
          source === ALL ? position : revision,
        );
        if (message === undefined) continue;
        this.lastPlace = message.place;
        this.progress.begin(message);
        this.ahead.push(message);
        this.deliver();
        await this.room();
        if (signal.aborted) return;
      }
  }

  /** Waits while the buffer is full. */
  private async room(): Promise<void> {
    while (this.bufferedCount() >= this.config.settings.historyBufferSize && !this.running.signal.aborted)
      await new Promise<void>((resolve) => {
        this.makeRoom = resolve;
      });
  }

  private bufferedCount(): number {
    return this.ahead.length + this.again.length + this.seats.reduce((sum, { count }) => sum + count, 0);
  }

  private deliver(): void {
    if (this.isDelivering) return;
    this.isDelivering = true;
    const { messageTimeoutMs } = this.config.settings;
    for (const queue of [this.again, this.ahead]) {
      for (let message = queue[0]; message !== undefined && this.seats.length > 0; message = queue[0]) {
        const seat = this.chooser.choose(this.seats, message);
        if (seat === undefined) break;
        queue.shift();
        this.total += 1;
        const now = this.parts.clock.monotonicMs();
        seat.give(message, messageTimeoutMs === 0 ? Number.POSITIVE_INFINITY : now + messageTimeoutMs);
      }
      // Repeated events go first, even if they must wait for their consumer.
      if (queue.length > 0) break;
    }
    this.isDelivering = false;
    if (this.bufferedCount() < this.config.settings.historyBufferSize) this.makeRoom();
  }

  private settle(message: Message): void {
    if (message.parkedAs === undefined) this.progress?.settle(message);
    else {
      this.replaying.set(message.parkedAs, 'done');
      void this.forgetReplayed().catch((error: unknown) => this.report(error));
    }
    const { maxCheckpointCount } = this.config.settings;
    if (maxCheckpointCount > 0 && (this.progress?.unsaved ?? 0) >= maxCheckpointCount)
      void this.save().catch((error: unknown) => this.report(error));
  }

  private async retry(messages: readonly Message[], reason: string): Promise<void> {
    const lasting = messages.filter((message) => {
      message.retries += 1;
      return message.retries <= this.config.settings.maxRetryCount;
    });
    this.giveAgain(lasting);
    for (const message of messages)
      if (!lasting.includes(message)) await this.park(message, `${reason} (retried too often)`);
  }

  private async park(message: Message, reason: string): Promise<void> {
    try {
      const { resolved, original } = message;
      await this.parts.journal.park(this.config, resolved.event ?? original, reason);
      this.settle(message);
    } catch (error) {
      this.report(error);
      this.giveAgain([message]);
    }
  }

  private giveAgain(messages: readonly Message[]): void {
    this.again.push(...messages);
    this.again.sort((one, other) => one.place - other.place);
    this.deliver();
  }

  private takeOverdue(): void {
    const now = this.parts.clock.monotonicMs();
    const late = this.seats.flatMap((seat) => seat.overdue(now));
    if (late.length === 0) return;
    this.retry(late, 'no answer in time').then(
      () => this.deliver(),
      (error: unknown) => this.report(error),
    );
  }

  private async forgetReplayed(): Promise<void> {
    let before: number | undefined;
    for (const [revision, state] of this.replaying) {
      if (state === 'open') break;
      before = revision + 1;
      this.replaying.delete(revision);
    }
    if (before !== undefined) await this.parts.journal.forgetParked(this.config, before);
  }

  private saveInTime(): void {
    if ((this.progress?.unsaved ?? 0) < this.config.settings.minCheckpointCount) return;
    void this.save().catch((error: unknown) => this.report(error));
  }

  private async save(): Promise<void> {
    if (this.isSaving || this.progress?.hasUnsaved !== true) return;
    this.isSaving = true;
    try {
      await this.parts.journal.saveCheckpoint(this.config, this.progress.markSaved());
    } finally {
      this.isSaving = false;
    }
  }

  private every(periodMs: number, action: () => void): void {
    const slot = this.timers.length;
    const delay = Math.max(CHECK_MS_MIN, periodMs) as Millis;
    const tick = (): void => {
      if (this.running.signal.aborted) return;
      action();
      this.timers[slot] = this.parts.clock.after(delay, tick);
    };
    this.timers[slot] = this.parts.clock.after(delay, tick);
  }

  private report(error: unknown): void {
    this.parts.logger.error({ error, group: this.config.group }, 'A consumer group cannot write');
  }
}

const recordFilterOf = ({ on, regex, prefixes }: NonNullable<GroupConfig['filter']>) => {
  const expression = { regex, prefix: prefixes };
  return filterOf({
    ...(on === 'stream'
      ? { filter: 'streamIdentifier', streamIdentifier: expression }
      : { filter: 'eventType', eventType: expression }),
    max: 0,
    checkpointIntervalMultiplier: 1,
  });
};
