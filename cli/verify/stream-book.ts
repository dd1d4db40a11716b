import type { Position, StreamName } from '../../platform/event-store';
import type { Book, Breach } from './breach';

export type StreamBook = Book & {
  readonly counts: () => { readonly streams: number; readonly events: number };
};

/** V5: the revisions of a stream have no gaps, positions rise. */
export const streamBook = (): StreamBook => {
  const revisions = new Map<StreamName, bigint>();
  const found: Breach[] = [];
  let events = 0;
  let position: Position | undefined;
  return {
    see: (event) => {
      events += 1;
      const { stream, revision } = event;
      const expected = (revisions.get(stream) ?? -1n) + 1n;
      if (revision !== expected) {
        const detail = `revision ${revision} stands where ${expected} was expected`;
        found.push({ invariant: 'V5', subject: stream, detail });
      }
      if (position !== undefined && event.position <= position) {
        const detail = `position ${event.position} comes after ${position}`;
        found.push({ invariant: 'V5', subject: stream, detail });
      }
      revisions.set(stream, revision);
      position = event.position;
    },
    breaches: () => found,
    counts: () => ({ streams: revisions.size, events }),
  };
};
