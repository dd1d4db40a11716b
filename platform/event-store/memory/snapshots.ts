import type { Position, StreamName } from '../event-store';
import type { Snapshots } from '../snapshots';

/** Keeps snapshots in memory, for specs and simulation. */
export const memorySnapshots = (): Snapshots => {
  const stored = new Map<StreamName, { readonly content: Uint8Array; readonly position: Position }>();
  return {
    read: (stream) => Promise.resolve(stored.get(stream)?.content),
    write: (stream, content, position) => {
      const before = stored.get(stream);
      if (before === undefined || before.position < position)
        stored.set(stream, { content: content.slice(), position });
      return Promise.resolve();
    },
  };
};
