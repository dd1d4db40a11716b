import type { StoredRecord } from './record';

const RECORDS_MAX = 8_192;
/** Of the events as they were written; parsed, they need three times as much beside it. */
const BYTES_MAX = 4 * 1024 * 1024;

/**
 * The latest events in memory, parsed once for all readers that keep up. It has all events after `after`, or reports
 * that it does not.
 */
export class Tail {
  private records: StoredRecord[] = [];
  private bytes = 0;
  /** The position before the first record; undefined while the tail is empty. */
  private after: number | undefined;
  private readonly waiting = new Set<() => void>();

  /** @param records - of one commit, in order, without a gap after the previous ones. */
  publish(records: readonly StoredRecord[]): void {
    const [first] = records;
    if (first === undefined) return;
    this.after ??= first.raw.position - 1;
    for (const record of records) {
      this.records.push(record);
      this.bytes += record.size;
    }
    // Cut by halves, so that cutting is rare.
    if (this.records.length > RECORDS_MAX || this.bytes > BYTES_MAX) this.cut(this.records.length >> 1);
    this.wakeAll();
  }

  /** Handles writes that may not have been published: all readers must use the file. */
  reset(): void {
    this.records = [];
    this.bytes = 0;
    this.after = undefined;
    this.wakeAll();
  }

  /** Returns the next events after a position; undefined if only the file has them. */
  next(position: number, limit: number): readonly StoredRecord[] | undefined {
    if (this.after === undefined || position < this.after) return undefined;
    let low = 0;
    let high = this.records.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.records[middle]?.raw.position ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    return this.records.slice(low, low + limit);
  }

  /** Resolves at the next publication or reset, or when the signal aborts. */
  changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
      if (signal.aborted) wake();
    });
  }

  wakeAll(): void {
    for (const wake of [...this.waiting]) wake();
  }

  private cut(count: number): void {
    const gone = this.records.splice(0, count);
    this.after = gone.at(-1)?.raw.position ?? this.after;
    for (const record of gone) this.bytes -= record.size;
  }
}
