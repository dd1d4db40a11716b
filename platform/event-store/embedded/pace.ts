import { sizeOf } from './record';
import type { RawRecord } from './record';

const FIRST = 64;
const BYTES_MAX = 4 * 1024 * 1024;

/**
 * Chooses the number of events of the next read: more if they are small, fewer if they are large, so that memory is
 * bounded.
 */
export class Pace {
  private count = FIRST;

  constructor(readonly countMax: number) {}

  get limit(): number {
    return Math.min(this.count, this.countMax);
  }

  /** @param records - the result of the last read. */
  adapt(records: readonly RawRecord[]): void {
    const bytes = records.reduce((sum, record) => sum + sizeOf(record), 0);
    if (bytes > BYTES_MAX) this.count = Math.max(1, this.count >> 1);
    else if (bytes * 2 < BYTES_MAX) this.count = Math.min(this.count * 2, this.countMax);
  }
}
