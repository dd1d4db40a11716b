import type { Collection } from 'mongodb';
import { epochMsOf } from '../../../domain/kernel';
import type { Clock } from '../../clock';
import { DELETED_AT, isMarker, type StoredDocument } from './stored-document';

/**
 * How long the marker of a deletion is kept. A write that its sender gave up on is closed with its connection after seconds; what
 * a network still delivers of it comes within minutes.
 */
export const MARKERS_KEPT_MS = 60 * 60_000;
/** Markers that one sweep removes. */
const SWEPT_MAX = 500;
const NEXT_SWEEP_MS = 1_000;

/** Removes markers of deletions that nothing can come after any more: some at a time, while the collection is written. */
export class MarkerSweep {
  /** By collection, on the monotonic clock. Absent: never looked at by this process. */
  private readonly dueMs = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly keptMs: number,
  ) {}

  isDue(name: string): boolean {
    return this.clock.monotonicMs() >= (this.dueMs.get(name) ?? 0);
  }

  /** There is something to sweep once the markers that were just written have been kept for long enough. */
  marked(name: string): void {
    const dueMs = this.clock.monotonicMs() + this.keptMs;
    this.dueMs.set(name, Math.min(dueMs, this.dueMs.get(name) ?? dueMs));
  }

  /** Called again soon where it could not be done. */
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
    // By its time too: a document may have come back meanwhile.
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
