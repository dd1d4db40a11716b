import type { Position, RecordedEvent, StreamName } from '../event-store';
import { isBefore } from './live-window';

/** The last revisions of the streams that were written lately, as far as the subscription has delivered. */
export class RecentHeads {
  /** The stream with the oldest last event comes first. */
  private readonly heads = new Map<StreamName, { readonly revision: bigint; readonly position: Position }>();
  private since: Position | undefined;

  /** @param after - it has every stream with an event after this position. */
  constructor(
    after: Position | undefined,
    private readonly streamsMax: number,
  ) {
    this.since = after;
  }

  add(events: readonly RecordedEvent[]): void {
    for (const { stream, revision, position } of events) {
      this.heads.delete(stream);
      this.heads.set(stream, { revision, position });
    }
    for (const [stream, { position }] of this.heads) {
      if (this.heads.size <= this.streamsMax) return;
      this.heads.delete(stream);
      this.since = position;
    }
  }

  /**
   * Returns true if no event of the stream after `revision` was delivered.
   *
   * @param asOf - the caller has all events of the stream up to here.
   */
  isLast(stream: StreamName, revision: bigint, asOf: Position): boolean {
    if (isBefore(asOf, this.since)) return false;
    const head = this.heads.get(stream);
    return head === undefined || head.revision <= revision;
  }
}
