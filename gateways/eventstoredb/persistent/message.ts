import type { RawRecord } from '../../../platform/event-store';
import { originalOf } from '../links';
import type { Resolved } from '../links';

/** An event in a group. */
export type Message = {
  readonly resolved: Resolved;
  /** The event by which it was read: the link, if there is one. Acknowledgements have its id. */
  readonly original: RawRecord;
  /** The place in the source, which a checkpoint stores. */
  readonly place: number;
  /** Set for a replayed parked event: its revision among the parked ones. */
  readonly parkedAs?: number;
  retries: number;
};

export const messageOf = (
  resolved: Resolved,
  place: (original: RawRecord) => number,
): Message | undefined => {
  const original = originalOf(resolved);
  return original && { resolved, original, place: place(original), retries: 0 };
};

export const idKeyOf = (id: Uint8Array): string =>
  Buffer.from(id.buffer, id.byteOffset, id.byteLength).toString('latin1');
