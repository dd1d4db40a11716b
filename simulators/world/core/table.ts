export type Key = string | number | bigint;

/**
 * A table of rows by key, in insertion order, that records which of them changed since the last `drain`. Rows are
 * replaced, never altered.
 */
export class Table<RowKey extends Key, Row> {
  private readonly rows = new Map<RowKey, Row>();
  private readonly touched = new Set<RowKey>();

  constructor(private readonly onTouch: () => void) {}

  get size(): number {
    return this.rows.size;
  }

  get(key: RowKey): Row | undefined {
    return this.rows.get(key);
  }

  entries(): IterableIterator<[RowKey, Row]> {
    return this.rows.entries();
  }

  values(): IterableIterator<Row> {
    return this.rows.values();
  }

  oldestKey(): RowKey | undefined {
    return this.rows.keys().next().value;
  }

  put(key: RowKey, row: Row): void {
    this.rows.set(key, row);
    this.touch(key);
  }

  delete(key: RowKey): boolean {
    const isThere = this.rows.delete(key);
    if (isThere) this.touch(key);
    return isThere;
  }

  /** Restores a row that `drain` returned once, without marking it as changed. */
  restore(key: RowKey, row: Row | null): void {
    if (row === null) this.rows.delete(key);
    else this.rows.set(key, row);
  }

  /** Returns the present value of each row that changed since the last call; null for a deleted row. */
  drain(): [RowKey, Row | null][] {
    const changes = Array.from(this.touched, (key): [RowKey, Row | null] => [
      key,
      this.rows.get(key) ?? null,
    ]);
    this.touched.clear();
    return changes;
  }

  private touch(key: RowKey): void {
    this.touched.add(key);
    this.onTouch();
  }
}
