import { epochMsOf } from '../../domain/kernel';
import type { Clock } from '../../platform/clock';
import { NO_STREAM } from '../../platform/event-store';
import type { RawEventStore, RawRecord } from '../../platform/event-store';
import { streamDeleted } from './errors';
import { isMetastream, isSoftDeleted, subjectOf } from './stream-metadata';
import type { Retention, StreamMetadata } from './stream-metadata';

export type StreamRange = {
  /** Inclusive; absent: from the start, or the end when backwards. */
  readonly from?: number;
  readonly direction: 'forwards' | 'backwards';
  readonly limit: number;
};

/** Reads a stream within the limits of its metadata. */
export class StreamReader {
  constructor(
    private readonly store: RawEventStore,
    private readonly metadata: StreamMetadata,
    private readonly clock: Clock,
  ) {}

  /** @throws ProtocolError for an erased stream. */
  async exists(stream: string): Promise<boolean> {
    if (this.isErased(stream)) throw streamDeleted(stream);
    const { revision } = this.store.standing(stream);
    return revision !== NO_STREAM && !isSoftDeleted(await this.metadata.retention(stream));
  }

  /** True if the stream, or the one of this metastream, was erased. */
  isErased(stream: string): boolean {
    return this.store.standing(isMetastream(stream) ? subjectOf(stream) : stream).isTombstone;
  }

  /** Returns one event, if it is visible. */
  async event(stream: string, revision: number): Promise<RawRecord | undefined> {
    if (this.isErased(stream)) return undefined;
    const pages = this.read(stream, { from: revision, direction: 'forwards', limit: 1 });
    for await (const [record] of pages) return record?.revision === revision ? record : undefined;
    return undefined;
  }

  /** Reads page by page. */
  async *read(stream: string, { from, direction, limit }: StreamRange): AsyncGenerator<readonly RawRecord[]> {
    const retention = await this.metadata.retention(stream);
    const first = this.firstVisible(stream, retention);
    const oldest = this.oldestVisible(retention);
    const isForwards = direction === 'forwards';
    const start = isForwards ? Math.max(from ?? 0, first) : from;
    const isVisible = ({ revision, recordedAtMs }: RawRecord): boolean =>
      revision >= first && (oldest === undefined || recordedAtMs >= oldest);
    let left = limit;
    if (left <= 0) return;
    // A limit of age can hide events in the middle of a page: only then more may be read than requested.
    const bound = oldest === undefined ? { limit } : {};
    const options = { direction, ...bound, ...(start === undefined ? {} : { from: start }) };
    for await (const records of this.store.read(stream, options)) {
      const visible = records.every(isVisible) ? records : records.filter(isVisible);
      const page = visible.length > left ? visible.slice(0, left) : visible;
      if (page.length > 0) yield page;
      left -= page.length;
      // Backwards nothing is visible after the first hidden event.
      if (left === 0 || (!isForwards && visible.length < records.length)) return;
    }
  }

  /** Returns the first or the last visible event. */
  async one(stream: string, direction: StreamRange['direction']): Promise<RawRecord | undefined> {
    for await (const [record] of this.read(stream, { direction, limit: 1 })) return record;
    return undefined;
  }

  private firstVisible(stream: string, { maxCount, truncateBefore = 0 }: Retention): number {
    if (maxCount === undefined) return truncateBefore;
    return Math.max(truncateBefore, this.store.standing(stream).revision - maxCount + 1);
  }

  private oldestVisible({ maxAgeMs }: Retention): number | undefined {
    return maxAgeMs === undefined ? undefined : epochMsOf(this.clock.now()) - maxAgeMs;
  }
}
