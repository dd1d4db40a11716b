import type { Brand, Instant } from '../../domain/kernel';

/** The name of a stream, `<category>-<id>`; the category has no `-`. Built only by `streamName`. */
export type StreamName = Brand<string, 'StreamName'>;

/**
 * A place in the order of all events: opaque text whose text order is the order of the events, stable over restarts.
 * Positions of different engines must not be compared.
 */
export type Position = Brand<string, 'Position'>;

/** The 0-based revision of a stream that the writer has read, or that the stream must not exist. There is no "any". */
export type ExpectedRevision = bigint | 'no-stream';

export type Actor = `${'customer' | 'staff' | 'gateway' | 'system'}:${string}`;

/** The origin of an event, beside its data. */
export type Metadata = {
  /** The id of the first request; every message of one customer action shares it. */
  readonly $correlationId: string;
  /** The id of the message that directly caused this event: a command's. */
  readonly $causationId: string;
  readonly actor: Actor;
  /** The version of this event type's shape, from 1. */
  readonly schema: number;
  /** W3C trace context of the span that wrote it. */
  readonly traceparent?: string | undefined;
};

/**
 * An event before it is written. `id`: a UUID derived from the command's id and its decision (`decisionId`, `eventId`),
 * so that a retry is the same append and another decision never is.
 */
export type NewEvent = {
  readonly id: string;
  readonly type: string;
  readonly data: object;
  readonly metadata: Metadata;
};

/** A stored event. `recordedAt`: the time at which the store wrote it. */
export type RecordedEvent = NewEvent & {
  readonly stream: StreamName;
  readonly revision: bigint;
  readonly position: Position;
  readonly recordedAt: Instant;
};

/**
 * The result of an append.
 * - `appended`: durable. `revision` and `position` are those of the last event.
 * - `conflict`: nothing was written; `actual` is the stream's last revision.
 * - `unknown`: it may or may not be written (time-out, lost connection, closing). Send exactly the same append again.
 */
export type AppendResult =
  | { readonly kind: 'appended'; readonly revision: bigint; readonly position: Position }
  | { readonly kind: 'conflict'; readonly actual: bigint | 'no-stream' }
  | { readonly kind: 'unknown'; readonly reason: string };

export type ReadOptions = {
  /** Inclusive. Defaults to the start, or to the end when reading backwards. */
  readonly from?: bigint | undefined;
  readonly direction?: 'forwards' | 'backwards' | undefined;
  /** The largest number of events; unlimited if absent. */
  readonly limit?: number | undefined;
};

export type ReadAllOptions = {
  /** Exclusive: reads after this position (before it, when backwards). Absent: from the very start (end). */
  readonly after?: Position | undefined;
  readonly direction?: 'forwards' | 'backwards' | undefined;
  readonly limit?: number | undefined;
};

export type SubscribeOptions = {
  /** Exclusive; absent: from the first event. */
  readonly after?: Position | undefined;
  /** Events a batch at most. Default 512. */
  readonly batchSize?: number | undefined;
  /** Ends the subscription; the iteration then completes. */
  readonly signal: AbortSignal;
};

/** One step of a subscription. `caughtUp`: there was no further event at that moment. `events` may then be empty. */
export type SubscriptionBatch = { readonly events: readonly RecordedEvent[]; readonly caughtUp: boolean };

/** The position of the last event; undefined in an empty store. */
export type Head = Position | undefined;

/** The source of truth. Every engine passes tests/contract/event-store.contract.ts. */
export interface EventStore {
  /**
   * Writes all the events or none, durably before it answers. The same ids with the same expected revision again are
   * the same append: it returns the first result and writes nothing twice. An append of no events is a bug and throws.
   *
   * @throws Fault `STORE_FULL`, `EVENT_TOO_LARGE` (an event's JSON over 1 MiB), `STORE_CLOSED`.
   */
  append(
    stream: StreamName,
    expectedRevision: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<AppendResult>;

  /** Reads one stream in order; yields nothing for a stream that does not exist or that is tombstoned. */
  read(stream: StreamName, options?: ReadOptions): AsyncIterable<RecordedEvent>;

  /**
   * Reads all events in the order of their positions, then ends. Events of a tombstoned stream are included while the
   * engine keeps them, in `subscribe` too.
   */
  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent>;

  /**
   * Yields all events after a position, then each new one, in order. The next batch is read only when the caller
   * requests it (back-pressure). A lost connection is resumed inside, with jittered back-off; the iteration ends only
   * by `signal` or when the store closes.
   */
  subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionBatch>;

  /** Returns the last position, for measuring lag. */
  head(): Promise<Head>;

  /**
   * Erases a stream for good: it reads as empty and cannot be written again (`conflict`). The engines in this process,
   * and Waybill's own server, remove its events at once; EventStoreDB keeps them among all events until the server is
   * scavenged.
   */
  tombstone(stream: StreamName, expectedRevision: ExpectedRevision): Promise<AppendResult>;

  /** Answers the calls in flight, then closes files, threads and sockets. Later calls throw `STORE_CLOSED`. */
  close(): Promise<void>;
}
