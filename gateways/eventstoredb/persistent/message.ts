import type { RawRecord } from '../../../platform/event-store';
import { originalOf } from '../links';
import type { Resolved } from '../links';

/** An event on its way through a group. */
export type Message = {
  readonly resolved: Resolved;
  /** What it came as: the link, where there is one. Acknowledgements name its id. */
  readonly original: RawRecord;
  /** Among the source's: what a checkpoint remembers. */
  readonly place: number;
  /** Set for an event that was parked and is replayed: its revision among the parked. */
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
