import type { Collection } from 'mongodb';
import { epochMsOf } from '../../../domain/kernel';
import type { Clock } from '../../clock';
import { DELETED_AT, isMarker, type StoredDocument } from './stored-document';

/**
 * The time for which the marker of a deletion is kept. A write that its sender gave up ends with its connection after
 * seconds; a network may still deliver it within minutes.
 */
export const MARKERS_KEPT_MS = 60 * 60_000;
/** The number of markers that one sweep removes. */
const SWEPT_MAX = 500;
const NEXT_SWEEP_MS = 1_000;

/**
 * Removes markers of deletions after which no write can come any more: some at a time, while the collection is written.
 */
export class MarkerSweep {
  /** The next sweep by collection, on the monotonic clock. Absent before the first of this process. */
  private readonly dueMs = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly keptMs: number,
  ) {}

  isDue(name: string): boolean {
    return this.clock.monotonicMs() >= (this.dueMs.get(name) ?? 0);
  }

  /** Schedules a sweep for the time at which new markers may be removed. */
  marked(name: string): void {
    const dueMs = this.clock.monotonicMs() + this.keptMs;
    this.dueMs.set(name, Math.min(dueMs, this.dueMs.get(name) ?? dueMs));
  }

  /** Removes old markers. After a failure it is called again soon. */
  async sweep(collection: Collection<StoredDocument>, maxTimeMS: number): Promise<void> {
    const { collectionName: name } = collection;
    this.dueMs.set(name, this.clock.monotonicMs() + NEXT_SWEEP_MS);
    const nowMs = epochMsOf(this.clock.now());
    const before = new Date(nowMs - this.keptMs);
    const markers = await collection
      .find({ [DELETED_AT]: { $gt: new Date(0) } }, { projection: { [DELETED_AT]: 1 }, maxTimeMS })
      .sort({ [DELETED_AT]: 1 })
      .limit(SWEPT_MAX)
      .toArray();
    const old = markers.filter((marker) => isMarker(marker) && marker.deletedAt < before);
    // By the time too, because a document may have been written again meanwhile.
    if (old.length > 0)
      await collection.deleteMany({
        _id: { $in: old.map(({ _id }) => _id) },
        [DELETED_AT]: { $lt: before },
      });
    const next = markers[old.length];
    if (markers.length === SWEPT_MAX && !next) return;
    const waitMs = next && isMarker(next) ? next.deletedAt.getTime() + this.keptMs - nowMs : this.keptMs;
    this.dueMs.set(name, this.clock.monotonicMs() + Math.max(NEXT_SWEEP_MS, waitMs));
  }
}
