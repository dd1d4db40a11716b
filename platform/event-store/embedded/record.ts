import { instantOf } from '../../../domain/kernel';
import type { Instant } from '../../../domain/kernel';
import { completeMetadata, foreignBytes, foreignData } from '../foreign';
import { positionOf } from '../position';
import type { RecordedEvent, StreamName } from '../event-store';
import { contentOf } from './payload';
import type { Payload } from './payload';

/** An event before it is written. `id`: a UUID's 16 bytes. */
export type RawEvent = {
  readonly id: Uint8Array;
  readonly type: string;
  readonly data: Payload;
  readonly metadata: Payload;
};

/** The expected revision of a stream that does not exist yet. */
export const NO_STREAM = -1;

/**
 * The type of the event that replaces the events of an erased stream among all events, and its revision. Reads of the
 * stream do not return it.
 */
export const TOMBSTONE_TYPE = '$streamDeleted';
export const TOMBSTONE_REVISION = Number.MAX_SAFE_INTEGER;

/** A write. `expected`: the revision of the stream's last event, or NO_STREAM. */
export type RawWrite =
  | {
      readonly kind: 'append';
      readonly stream: string;
      readonly expected: number;
      readonly events: readonly RawEvent[];
      /** The time at which another store recorded the events. Default: the time of the commit. */
      readonly recordedAtMs?: number | undefined;
    }
  | {
      readonly kind: 'tombstone';
      readonly stream: string;
      readonly expected: number;
      /** The id of the event that records the erasure. */
      readonly id: Uint8Array;
    };

/**
 * The result of a write. `repeated`: it had been written before; this is the first result. `actual`: NO_STREAM, or the
 * last revision.
 */
export type WriteResult =
  | {
      readonly kind: 'appended';
      readonly revision: number;
      readonly position: number;
      readonly repeated: boolean;
    }
  | { readonly kind: 'conflict'; readonly actual: number };

/** An event as it is in the file. */
export type RawRecord = RawEvent & {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  /** Milliseconds since 1970. */
  readonly recordedAtMs: number;
};

export const uuidText = (bytes: Uint8Array): string => {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

export const uuidBytes = (text: string): Uint8Array => {
  const bytes = Buffer.from(text.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16 || text.length !== 36) throw new Error(`An event's id is a UUID, not "${text}"`);
  return bytes;
};

// The events of one commit have the same time, so the last text usually fits the next event too.
let lastMs = Number.NaN;
let lastInstant: Instant;
const instantOfCommit = (ms: number): Instant => {
  if (ms !== lastMs) {
    lastInstant = instantOf(ms);
    lastMs = ms;
  }
  return lastInstant;
};

const textOf = (payload: Payload): string =>
  typeof payload === 'string' ? payload : Buffer.from(payload).toString('utf8');

const parse = (payload: Payload): unknown => {
  try {
    return JSON.parse(textOf(payload));
  } catch {
    return foreignBytes(Buffer.from(payload));
  }
};

export const eventOf = (raw: RawRecord): RecordedEvent => {
  const id = uuidText(raw.id);
  return {
    id,
    type: raw.type,
    data: foreignData(parse(contentOf(raw.data).payload)),
    metadata: completeMetadata(raw.metadata.length === 0 ? undefined : parse(raw.metadata), id),
    stream: raw.stream as StreamName,
    revision: BigInt(raw.revision),
    position: positionOf(raw.position),
    recordedAt: instantOfCommit(raw.recordedAtMs),
  };
};

/** Returns the approximate memory of a record, in bytes. */
export const sizeOf = ({ data, metadata }: Pick<RawEvent, 'data' | 'metadata'>): number =>
  200 + data.length + metadata.length;

/** A stored event that is parsed at its first use, once for all readers. */
export class StoredRecord {
  private parsed: RecordedEvent | undefined;
  readonly size: number;

  constructor(readonly raw: RawRecord) {
    this.size = sizeOf(raw);
  }

  get event(): RecordedEvent {
    this.parsed ??= eventOf(this.raw);
    return this.parsed;
  }
}
