import { epochMsOf } from '../../../domain/kernel';
import type { Millis } from '../../../domain/kernel';
import { Deferred, type Clock } from '../../clock';
import { Fault, isFault } from '../../faults';
import type { WorkerClient } from '../../worker';
import { packBatch, unpackResults } from './packing';
import type { RawWrite, WriteResult } from './record';
import type { Batch } from './writer';
import type { WriterCalls } from './writer-thread';

export type SubmitResult = WriteResult | { readonly kind: 'unknown'; readonly reason: string };

export type GroupCommitOptions = {
  readonly writer: WorkerClient<WriterCalls>;
  readonly clock: Clock;
  /** The time after which a write is answered as unknown. */
  readonly deadlineMs: number;
  /** Called with each commit, in order, before its callers get their results. */
  readonly onCommitted: (batch: Batch, results: readonly WriteResult[]) => void;
  /** Called when the file may contain events that `onCommitted` was not called with. */
  readonly onUnknown: () => void;
};

type Waiting = {
  readonly write: RawWrite;
  readonly bytes: number;
  readonly result: Deferred<SubmitResult>;
};

export const WRITES_WAITING_MAX = 8_192;
export const BYTES_WAITING_MAX = 64 * 1024 * 1024;
const BATCH_WRITES_MAX = 1_024;
const BATCH_BYTES_MAX = 4 * 1024 * 1024;

/**
 * A queue whose waiting writes go into the next commit together: one sync of the disk serves them all. One batch is
 * written at a time, so the order of the calls is the order of the commits.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];
  private waitingBytes = 0;
  private underWay: Promise<void> | undefined;
  private isScheduled = false;
  private isStuck = false;

  constructor(private readonly options: GroupCommitOptions) {}

  /** @throws Fault `OVERLOADED`, `STORE_FULL`, `STORE_UNAVAILABLE`: nothing was written. */
  submit(write: RawWrite, bytes: number): Promise<SubmitResult> {
    if (this.isStuck) return Promise.reject(this.unavailable());
    if (this.waiting.length >= WRITES_WAITING_MAX || this.waitingBytes + bytes > BYTES_WAITING_MAX)
      return Promise.reject(new Fault('OVERLOADED', 'Too many events wait to be written'));
    const result = new Deferred<SubmitResult>();
    this.waiting.push({ write, bytes, result });
    this.waitingBytes += bytes;
    this.schedule();
    return result.promise;
  }

  /** Resolves when the queue is empty and no batch is being written. */
  async settled(): Promise<void> {
    while (this.underWay !== undefined || this.waiting.length > 0) {
      await (this.underWay ?? new Promise<void>((resolve) => setImmediate(resolve)));
    }
  }

  // Not at once: the callers of the last commit are about to send their next write.
  private schedule(): void {
    if (this.isScheduled || this.underWay !== undefined) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.underWay = this.commit(this.takeBatch()).finally(() => {
        this.underWay = undefined;
        if (this.waiting.length > 0) this.schedule();
      });
    });
  }

  private takeBatch(): readonly Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const { bytes: more } of this.waiting) {
      if (count === BATCH_WRITES_MAX || (count > 0 && bytes + more > BATCH_BYTES_MAX)) break;
      bytes += more;
      count += 1;
    }
    this.waitingBytes -= bytes;
    return this.waiting.splice(0, count);
  }

  private async commit(batch: readonly Waiting[]): Promise<void> {
    const { clock, deadlineMs, writer, onCommitted, onUnknown } = this.options;
    const request = { writes: batch.map(({ write }) => write), recordedAtMs: epochMsOf(clock.now()) };
    const deadline = clock.after(deadlineMs as Millis, () => this.getStuck(batch));
    try {
      const results = unpackResults(await writer.call('write', packBatch(request)));
      onCommitted(request, results);
      for (const [index, { result }] of batch.entries())
        result.resolve(results[index] ?? unknown('no result'));
    } catch (error) {
      if (isFault(error) && error.code !== 'OUTCOME_UNKNOWN')
        for (const { result } of batch) result.reject(error);
      else {
        onUnknown();
        const outcome = unknown(error instanceof Error ? error.message : String(error));
        for (const { result } of batch) result.resolve(outcome);
      }
    } finally {
      deadline.cancel();
      this.isStuck = false;
    }
  }

  /** Handles a disk or thread that hangs. The waiting writes are rejected, because the end of the hang is unknown. */
  private getStuck(batch: readonly Waiting[]): void {
    this.isStuck = true;
    for (const { result } of batch) result.resolve(unknown('no answer in time'));
    for (const { result } of this.waiting) result.reject(this.unavailable());
    this.waiting = [];
    this.waitingBytes = 0;
  }

  private unavailable(): Fault {
    return new Fault('STORE_UNAVAILABLE', 'The event store does not answer');
  }
}

const unknown = (reason: string): SubmitResult => ({ kind: 'unknown', reason });
