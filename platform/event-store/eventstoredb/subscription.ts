import type { AllStreamResolvedEvent, Position as StorePosition } from '@eventstore/db-client';
import { Wake } from '../../clock';
import type { Position, RecordedEvent, SubscriptionBatch } from '../event-store';
import { isSystemEvent } from '../foreign';
import { failing } from './client-error';
import { recordedEventOf } from './convert';
import type { Connection } from './client-connection';
import { positionOf, storePositionOf } from './position';

export type Following = {
  /** Exclusive. */
  readonly after: Position | undefined;
  readonly batchSize: number;
  readonly signal: AbortSignal;
};

/** A batch, and the position to resume from: after its last event, or further on if later events were filtered out. */
export type FollowedBatch = SubscriptionBatch & { readonly resumeAfter: Position | undefined };

const plainEvents = {
  filterOn: 'eventType',
  regex: '^[^$].*',
  maxSearchWindow: 1_000,
  checkpointInterval: 1,
} as const;

/** Thrown if the server dropped this subscription only. */
class Dropped extends Error {
  readonly type = 'dropped';
}

const furthest = (...positions: readonly (Position | undefined)[]): Position | undefined =>
  positions.reduce((far, each) => (far === undefined || (each !== undefined && each > far) ? each : far));

/** A value that applies after a number of events have been returned. */
type Mark<Value> = { readonly at: number; readonly value: Value };

/**
 * One subscription at the server: it ends when the signal aborts, and otherwise throws, because the server ends none
 * normally. Events are taken from the client's buffer on demand; its other messages (a checkpoint, having caught up)
 * are delayed until the events before them are returned.
 */
class Follower {
  private readonly subscription;
  private handedOut = 0;
  private checkpoint: Mark<StorePosition> | undefined;
  private caughtUp: Mark<boolean> | undefined;
  private failure: unknown;
  private hasEnded = false;
  private readonly changed = new Wake();

  constructor(
    { client }: Connection,
    private readonly following: Following,
  ) {
    const { after, batchSize, signal } = following;
    this.subscription = client.subscribeToAll(
      {
        fromPosition: after === undefined ? 'start' : storePositionOf(after),
        filter: { ...plainEvents, checkpointReached: (_, position) => this.onCheckpoint(position) },
      },
      { highWaterMark: batchSize },
    );
    this.subscription.on('error', (error) => this.end(error));
    this.subscription.on('end', () => this.end(new Dropped('the server ended the subscription')));
    this.subscription.on('caughtUp', () => this.onCaughtUp(true));
    this.subscription.on('fellBehind' as 'caughtUp', () => this.onCaughtUp(false));
    this.subscription.on('readable', () => this.changed.call());
    signal.addEventListener('abort', this.onAbort);
  }

  async *batches(): AsyncGenerator<FollowedBatch> {
    let resumeAfter = this.following.after;
    let toldCaughtUp = false;
    try {
      for (;;) {
        if (this.hasEnded) failing({ name: '$r', stream: '$all' }, this.failure);
        if (this.following.signal.aborted) return;
        const events = this.take();
        resumeAfter = furthest(resumeAfter, events.at(-1)?.position, this.checkpointReached());
        const caughtUp = this.isCaughtUp();
        if (events.length > 0 || caughtUp !== toldCaughtUp) {
          toldCaughtUp = caughtUp;
          if (events.length > 0 || caughtUp) yield { events, caughtUp, resumeAfter };
        } else await this.changed.sleep();
      }
    } finally {
      this.following.signal.removeEventListener('abort', this.onAbort);
      void this.subscription.unsubscribe().catch(() => undefined);
      this.subscription.destroy();
    }
  }

  private take(): RecordedEvent[] {
    const events: RecordedEvent[] = [];
    while (events.length < this.following.batchSize) {
      const resolved = this.subscription.read() as AllStreamResolvedEvent | null;
      if (resolved === null) break;
      this.handedOut += 1;
      const { event, commitPosition } = resolved;
      if (!event) continue;
      const recorded = recordedEventOf(event, commitPosition);
      // The server's filter tests types only.
      if (!isSystemEvent(recorded)) events.push(recorded);
    }
    return events;
  }

  private checkpointReached(): Position | undefined {
    if (this.checkpoint === undefined || this.handedOut < this.checkpoint.at) return undefined;
    const position = positionOf(this.checkpoint.value);
    this.checkpoint = undefined;
    return position;
  }

  private isCaughtUp(): boolean {
    const isLive = this.caughtUp?.value === true && this.handedOut >= this.caughtUp.at;
    return isLive && this.subscription.readableLength === 0;
  }

  private mark<Value>(value: Value): Mark<Value> {
    return { at: this.handedOut + this.subscription.readableLength, value };
  }

  private onCheckpoint(position: StorePosition): void {
    this.checkpoint = this.mark(position);
    this.changed.call();
  }

  private onCaughtUp(isLive: boolean): void {
    this.caughtUp = this.mark(isLive);
    this.changed.call();
  }

  private readonly onAbort = (): void => this.changed.call();

  private end(failure: unknown): void {
    this.failure ??= failure;
    this.hasEnded = true;
    this.changed.call();
  }
}

export const followOnce = (connection: Connection, following: Following): AsyncGenerator<FollowedBatch> =>
  new Follower(connection, following).batches();
