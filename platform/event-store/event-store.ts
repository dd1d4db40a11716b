import type { Brand, Instant } from '../../domain/kernel';

/** `<category>-<id>`; the category holds no `-`. Built by `streamName` only. */
export type StreamName = Brand<string, 'StreamName'>;

/**
 * A place in the order of all events: opaque text whose text order is the order of the events, stable over restarts.
 * Positions of different engines are not to be compared.
 */
export type Position = Brand<string, 'Position'>;

/** A stream's 0-based revision that the writer has read, or that it must not exist yet. There is no "any". */
export type ExpectedRevision = bigint | 'no-stream';

export type Actor = `${'customer' | 'staff' | 'gateway' | 'system'}:${string}`;

/** How we came to know of a fact; beside the fact, never inside it. */
export type Metadata = {
  /** Id of the request that began it all; every message of one customer action shares it. */
  readonly $correlationId: string;
  /** Id of the one message that directly caused this: a command's. */
  readonly $causationId: string;
  readonly actor: Actor;
  /** Counts the shapes of this event type from 1. */
  readonly schema: number;
  /** W3C trace context of the span that wrote it. */
  readonly traceparent?: string;
};

/**
 * An event to be written. `id`: a UUID derived from the command's id and what it was decided to lead to (`decisionId`,
 * `eventId`), so that a retry is the same append and another decision never is.
 */
export type NewEvent = {
  readonly id: string;
  readonly type: string;
  readonly data: object;
  readonly metadata: Metadata;
};

/** An event as it is stored. `recordedAt`: when the store wrote it. */
export type RecordedEvent = NewEvent & {
  readonly stream: StreamName;
  readonly revision: bigint;
  readonly position: Position;
  readonly recordedAt: Instant;
};

/**
 * - `appended`: durable. `revision` and `position` are those of the last event.
 * - `conflict`: nothing was written; `actual` is the stream's last revision.
 * - `unknown`: written or not, nobody knows (time-out, lost connection, closing). Send the very same append again.
 */
export type AppendResult =
  | { readonly kind: 'appended'; readonly revision: bigint; readonly position: Position }
  | { readonly kind: 'conflict'; readonly actual: bigint | 'no-stream' }
  | { readonly kind: 'unknown'; readonly reason: string };

export type ReadOptions = {
  /** Inclusive. Defaults to the start, or to the end when reading backwards. */
  readonly from?: bigint;
  readonly direction?: 'forwards' | 'backwards';
  /** At most so many events; unbounded when absent. */
  readonly limit?: number;
};

export type ReadAllOptions = {
  /** Exclusive: reading goes on after this position (before it, when backwards). Absent: from the very start (end). */
  readonly after?: Position;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
};

export type SubscribeOptions = {
  /** Exclusive; absent: from the first event. */
  readonly after?: Position;
  /** Events a batch at most. Default 512. */
  readonly batchSize?: number;
  /** Ends the subscription; the iteration then completes. */
  readonly signal: AbortSignal;
};

/** One step of a subscription. `caughtUp`: there was nothing further at that moment. `events` may then be empty. */
export type SubscriptionBatch = { readonly events: readonly RecordedEvent[]; readonly caughtUp: boolean };

/** What is at the end of the store now. */
export type Head = Position | undefined;

/**
 * The only truth. Every engine passes tests/contract/event-store.contract.ts.
 */
export interface EventStore {
  /**
   * Writes all the events or none, durably before it answers. The same ids with the same expected revision again are the
   * same append: the first result, nothing written twice. An append of no events is a bug and throws.
   *
   * @throws Fault `STORE_FULL`, `EVENT_TOO_LARGE` (an event's JSON over 1 MiB), `STORE_CLOSED`.
   */
  append(
    stream: StreamName,
    expectedRevision: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<AppendResult>;

  /** Reads one stream in order; yields nothing for a stream that was never written or that is tombstoned. */
  read(stream: StreamName, options?: ReadOptions): AsyncIterable<RecordedEvent>;

  /**
   * Reads all events in the order of their positions, then ends. Events of a tombstoned stream are among them for as long as the
   * engine keeps those, and in `subscribe` too.
   */
  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent>;

  /**
   * All events after a position, then each new one, in order, once a call. The next batch is taken only when the caller
   * asks for it (back-pressure). Supervised: a lost connection is resumed inside, with jittered back-off; the iteration
   * ends only by `signal` or when the store closes.
   */
  subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionBatch>;

  /** The last position written, for measuring lag. */
  head(): Promise<Head>;

  /**
   * Erases a stream for good: it reads as empty and can't be written again (`conflict`). The engines in this process, and
   * Waybill's own server, remove its events at once; EventStoreDB keeps them among all events until the server is scavenged.
   */
  tombstone(stream: StreamName, expectedRevision: ExpectedRevision): Promise<AppendResult>;

  /** Answers what is in flight, then lets go of files, threads and sockets. Later calls throw `STORE_CLOSED`. */
  close(): Promise<void>;
}
