import { setImmediate as nextTurn } from 'node:timers/promises';
import { epochMsOf } from '../../../domain/kernel';
import type { Millis } from '../../../domain/kernel';
import { Deferred, type Clock } from '../../clock';
import { Fault, isFault } from '../../faults';
import { packBatch, unpackResults, type PackedBatch, type PackedResults } from './packing';
import type { RawWrite, WriteResult } from './record';
import type { Batch } from './writer';

export type SubmitResult = WriteResult | { readonly kind: 'unknown'; readonly reason: string };

export type GroupCommitOptions = {
  /** Writes a batch in the writer's thread. */
  readonly write: (batch: PackedBatch) => Promise<PackedResults>;
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
 * written at a time, so the order of the calls is the order of the commits. On a fast disk two halves alternate: one is
 * written while the callers of the other one go on.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];
  private waitingBytes = 0;
  private underWay: Promise<void> | undefined;
  private isScheduled = false;
  private isStuck = false;
  /** True if the thread may write one half of the waiting writes while the callers of the other half go on. */
  private isSplit = false;

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
      await (this.underWay ?? nextTurn());
    }
  }

  // Not at once: the callers of the last commit are about to send their next write.
  private schedule(): void {
    if (this.isScheduled || this.underWay !== undefined) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      if (this.underWay !== undefined || this.waiting.length === 0) return;
      this.begin(this.isSplit ? Math.ceil(this.waiting.length / 2) : this.waiting.length);
    });
  }

  private begin(writes: number): void {
    this.underWay = this.commit(this.takeBatch(Math.min(writes, BATCH_WRITES_MAX)));
  }

  private takeBatch(countMax: number): readonly Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const { bytes: more } of this.waiting) {
      if (count === countMax || (count > 0 && bytes + more > BATCH_BYTES_MAX)) break;
      bytes += more;
      count += 1;
    }
    this.waitingBytes -= bytes;
    return this.waiting.splice(0, count);
  }

  private async commit(batch: readonly Waiting[]): Promise<void> {
    const { clock, deadlineMs } = this.options;
    const request = { writes: batch.map(({ write }) => write), recordedAtMs: epochMsOf(clock.now()) };
    const startedMs = clock.monotonicMs();
    const deadline = clock.after(deadlineMs as Millis, () => this.getStuck(batch));
    const settle = await this.write(request);
    const tookMs = clock.monotonicMs() - startedMs;
    deadline.cancel();
    this.isStuck = false;
    this.underWay = undefined;
    if (this.waiting.length > 0) {
      if (this.isSplit) {
        this.begin(this.waiting.length);
        // Lets input, output and timers in, because the next result may be there before these callers are done.
        await nextTurn();
      } else this.schedule();
    }
    this.compareWithCallers(tookMs);
    for (const [index, { result }] of batch.entries()) settle(result, index);
  }

  /** Writes a batch in the thread. @returns the function that settles the result of each write. */
  private async write(request: Batch): Promise<(result: Deferred<SubmitResult>, index: number) => void> {
    const { write, onCommitted, onUnknown } = this.options;
    try {
      const results = unpackResults(await write(packBatch(request)));
      onCommitted(request, results);
      return (result, index) => result.resolve(results[index] ?? unknown('no result'));
    } catch (error) {
      if (isFault(error) && error.code !== 'OUTCOME_UNKNOWN') return (result) => result.reject(error);
      onUnknown();
      const outcome = unknown(error instanceof Error ? error.message : String(error));
      return (result) => result.resolve(outcome);
    }
  }

  /**
   * Two halves in alternation keep the thread and the callers at work at the same time, but cost a second sync. They are
   * faster if a commit takes less than twice the time in which its callers send their next writes.
   */
  private compareWithCallers(commitMs: number): void {
    const { clock } = this.options;
    const settledMs = clock.monotonicMs();
    setImmediate(() => {
      this.isSplit = commitMs < 2 * (clock.monotonicMs() - settledMs);
    });
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
