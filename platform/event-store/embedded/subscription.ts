import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Random } from '../../clock';
import { backoffDelay } from '../../faults';
import { Pace } from './pace';
import type { Reader } from './reader';
import { StoredRecord } from './record';
import type { Tail } from './tail';

export type SubscriptionSource = {
  readonly tail: Tail;
  readonly reader: Reader;
  readonly clock: Clock;
  readonly random: Random;
  /** Called for each failing read, before it is retried. */
  readonly onFailure: (error: unknown, attempt: number) => void;
};

export type SubscriptionStart = {
  /** Exclusive. */
  readonly after: number;
  readonly batchSize: number;
  readonly signal: AbortSignal;
};

const readBackoff = { baseMs: 50, factor: 2, maxMs: 5_000 };

// A function, because the compiler would treat a property as unchanged over an await.
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

/** A step. `caughtUp`: there was no further event at that moment. `records` may then be empty. */
export type RecordBatch = { readonly records: readonly StoredRecord[]; readonly caughtUp: boolean };

/** Reads from the tail if it reaches back far enough, else from the file. */
const batchFrom = ({ tail, reader }: SubscriptionSource, after: number, pace: Pace): RecordBatch => {
  const live = tail.next(after, pace.countMax);
  if (live !== undefined) return { records: live, caughtUp: live.length < pace.countMax };
  const { limit } = pace;
  const records = reader.all(after, limit);
  pace.adapt(records);
  return { records: records.map((record) => new StoredRecord(record)), caughtUp: records.length < limit };
};

/**
 * Yields all events after a position, then each new one, until the signal aborts. The next batch is read when the
 * caller requests it.
 */
export async function* follow(
  source: SubscriptionSource,
  { after, batchSize, signal }: SubscriptionStart,
): AsyncGenerator<RecordBatch> {
  const pace = new Pace(batchSize);
  let position = after;
  let toldCaughtUp = false;
  let failures = 0;
  while (!isAborted(signal)) {
    let batch: RecordBatch;
    try {
      batch = batchFrom(source, position, pace);
      failures = 0;
    } catch (error) {
      source.onFailure(error, failures);
      await source.clock
        .sleep(backoffDelay(failures, readBackoff, source.random), signal)
        .catch(() => undefined);
      failures += 1;
      continue;
    }
    if (batch.records.length === 0 && toldCaughtUp) {
      await source.tail.changed(signal);
      continue;
    }
    position = batch.records.at(-1)?.raw.position ?? position;
    toldCaughtUp = batch.caughtUp;
    yield batch;
    await nextTurn();
  }
}
