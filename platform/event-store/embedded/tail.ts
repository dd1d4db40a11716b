import type { StoredRecord } from './record';

const RECORDS_MAX = 16_384;
const BYTES_MAX = 32 * 1024 * 1024;

/**
 * The last events written, in memory: whoever keeps up is served from here, parsed once for all. It covers all events
 * after `after`, or says that it does not know.
 */
export class Tail {
  private records: StoredRecord[] = [];
  private bytes = 0;
  /** The position before the first record; undefined while the tail knows of nothing. */
  private after: number | undefined;
  private readonly waiting = new Set<() => void>();

  /** @param records - of one commit, in order, and nothing was written between them and those before. */
  publish(records: readonly StoredRecord[]): void {
    const [first] = records;
    if (first === undefined) return;
    this.after ??= first.raw.position - 1;
    for (const record of records) {
      this.records.push(record);
      this.bytes += record.size;
    }
    // Cut by halves, so that cutting costs little.
    if (this.records.length > RECORDS_MAX || this.bytes > BYTES_MAX) this.cut(this.records.length >> 1);
    this.wakeAll();
  }

  /** Something may have been written that was not published: all have to look into the file. */
  reset(): void {
    this.records = [];
    this.bytes = 0;
    this.after = undefined;
    this.wakeAll();
  }

  /** The next events after a position; undefined when only the file can tell. */
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
