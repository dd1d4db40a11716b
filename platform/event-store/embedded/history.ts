import { setImmediate as nextTurn } from 'node:timers/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../faults';
import type { EventStore, ReadAllOptions, ReadOptions, RecordedEvent, StreamName } from '../event-store';
import { isSystemEvent } from '../foreign';
import { positionOf } from '../position';
import { Pace } from './pace';
import { READ_STEP_MAX } from './raw';
import { Reader } from './reader';
import { eventOf, type RawRecord } from './record';

/** The reading half of an event store. */
export type EventHistory = Pick<EventStore, 'read' | 'readAll' | 'head' | 'close'>;

async function* pages(
  first: number,
  page: (from: number, limit: number) => RawRecord[],
  next: (last: RawRecord) => number,
): AsyncGenerator<RawRecord> {
  const pace = new Pace(READ_STEP_MAX);
  let from = first;
  for (;;) {
    const { limit } = pace;
    const records = page(from, limit);
    yield* records;
    const last = records.at(-1);
    if (last === undefined || records.length < limit) return;
    from = next(last);
    pace.adapt(records);
    await nextTurn();
  }
}

const forwardsOnly = ({ direction, limit }: Pick<ReadOptions, 'direction' | 'limit'>): void => {
  if (direction === 'backwards' || limit !== undefined)
    throw new Error('A history is read forwards and whole');
};

/**
 * Opens the events of a data directory for reading only, also while another process owns it: SQLite's log shows
 * committed data to readers in other processes. It reads a stream forwards and whole.
 *
 * @throws Fault `STORE_UNAVAILABLE` if the directory has no event store.
 */
export const openEmbeddedHistory = (directory: string): EventHistory => {
  const file = join(directory, 'events.db');
  if (!existsSync(file)) throw new Fault('STORE_UNAVAILABLE', `${directory} holds no event store.`);
  const reader = new Reader(file);
  return {
    async *read(stream: StreamName, options: ReadOptions = {}): AsyncIterable<RecordedEvent> {
      forwardsOnly(options);
      const page = (from: number, limit: number) => reader.ofStream(stream, from, limit);
      for await (const record of pages(Number(options.from ?? 0n), page, ({ revision }) => revision + 1))
        yield eventOf(record);
    },
    async *readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
      const { after, direction, limit = Infinity } = options;
      const isBackwards = direction === 'backwards';
      const start = after === undefined ? (isBackwards ? Number.MAX_SAFE_INTEGER : 0) : Number(after);
      const page = (from: number, count: number) =>
        isBackwards ? reader.allBackwards(from, count) : reader.all(from, count);
      let left = limit;
      for await (const record of pages(start, page, ({ position }) => position)) {
        if (isSystemEvent(record)) continue;
        if (left <= 0) return;
        left -= 1;
        yield eventOf(record);
      }
    },
    head: () => {
      const position = reader.headOfPlain();
      return Promise.resolve(position === undefined ? undefined : positionOf(position));
    },
    close: () => {
      reader.close();
      return Promise.resolve();
    },
  };
};
