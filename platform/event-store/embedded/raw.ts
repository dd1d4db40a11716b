import { setImmediate as nextTurn } from 'node:timers/promises';
import type { GroupCommit, SubmitResult } from './group-commit';
import { Pace } from './pace';
import type { Reader, StreamStanding } from './reader';
import { sizeOf } from './record';
import type { RawEvent, RawRecord } from './record';
import type { RecordBatch } from './subscription';

export type RawReadOptions = {
  /** Inclusive. Defaults to the start, or to the end when reading backwards. */
  readonly from?: number | undefined;
  readonly direction?: 'forwards' | 'backwards' | undefined;
  readonly limit?: number | undefined;
};

export type RawReadAllOptions = {
  /** Exclusive: after this position, or before it when reading backwards. */
  readonly after?: number | undefined;
  readonly direction?: 'forwards' | 'backwards' | undefined;
  readonly limit?: number | undefined;
};

/**
 * The store below the port, for servers of other protocols: payloads unchanged, any stream name, system events
 * included, revisions and positions as numbers. Results and faults are those of the port.
 */
export type RawEventStore = {
  /** @param expected - the revision of the stream's last event, or NO_STREAM. */
  append(stream: string, expected: number, events: readonly RawEvent[]): Promise<SubmitResult>;
  tombstone(stream: string, expected: number): Promise<SubmitResult>;
  /** Reads page by page, each as large as the memory limit allows. */
  read(stream: string, options?: RawReadOptions): AsyncIterable<readonly RawRecord[]>;
  readAll(options?: RawReadAllOptions): AsyncIterable<readonly RawRecord[]>;
  /** @param options - `after`: exclusive; 0 is the start. */
  subscribe(options: { readonly after: number; readonly signal: AbortSignal }): AsyncIterable<RecordBatch>;
  standing(stream: string): StreamStanding;
  /** Returns the position of the last event; 0 in an empty store. */
  head(): number;
};

export const READ_STEP_MAX = 512;

type Step = {
  readonly start: number;
  readonly page: (start: number, limit: number) => RawRecord[];
  readonly next: (last: RawRecord) => number;
  readonly limit: number;
};

export type RawParts = {
  readonly commits: GroupCommit;
  readonly reader: Reader;
  readonly checkOpen: () => void;
  /** A random UUID's 16 bytes. */
  readonly newId: () => Uint8Array;
  readonly follow: (after: number, signal: AbortSignal) => AsyncIterable<RecordBatch>;
};

/** Rejects NUL, because some functions and tools of SQLite end a text there. */
const checkName = (name: string): void => {
  if (name.includes('\0')) throw new Error('A name in the event store holds no NUL');
};

export const rawEventStore = ({ commits, reader, checkOpen, newId, follow }: RawParts): RawEventStore => {
  async function* pages({ start: first, page, next, limit: countMax }: Step) {
    const pace = new Pace(READ_STEP_MAX);
    let start = first;
    let left = countMax;
    while (left > 0) {
      checkOpen();
      const limit = Math.min(pace.limit, left);
      const records = page(start, limit);
      if (records.length > 0) yield records;
      const last = records.at(-1);
      if (last === undefined || records.length < limit) return;
      start = next(last);
      left -= records.length;
      pace.adapt(records);
      await nextTurn();
    }
  }

  return {
    append: async (stream, expected, events) => {
      checkOpen();
      if (events.length === 0) throw new Error('An append has events');
      checkName(stream);
      for (const { type } of events) checkName(type);
      const bytes = events.reduce((sum, event) => sum + sizeOf(event), 0);
      return commits.submit({ kind: 'append', stream, expected, events }, bytes);
    },
    tombstone: async (stream, expected) => {
      checkOpen();
      checkName(stream);
      return commits.submit({ kind: 'tombstone', stream, expected, id: newId() }, 0);
    },
    read: (stream, { from, direction, limit = Number.MAX_SAFE_INTEGER } = {}) =>
      direction === 'backwards'
        ? pages({
            start: from ?? Number.MAX_SAFE_INTEGER,
            page: (start, count) => reader.ofStreamBackwards(stream, start, count),
            next: ({ revision }) => revision - 1,
            limit,
          })
        : pages({
            start: from ?? 0,
            page: (start, count) => reader.ofStream(stream, start, count),
            next: ({ revision }) => revision + 1,
            limit,
          }),
    readAll: ({ after, direction, limit = Number.MAX_SAFE_INTEGER } = {}) => {
      const isBackwards = direction === 'backwards';
      return pages({
        start: after ?? (isBackwards ? Number.MAX_SAFE_INTEGER : 0),
        page: (start, count) => (isBackwards ? reader.allBackwards(start, count) : reader.all(start, count)),
        next: ({ position }) => position,
        limit,
      });
    },
    subscribe: ({ after, signal }) => follow(after, signal),
    standing: (stream) => {
      checkOpen();
      return reader.standing(stream);
    },
    head: () => {
      checkOpen();
      return reader.head() ?? 0;
    },
  };
};
