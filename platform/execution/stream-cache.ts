import type { StreamName } from '../event-store';
import type { CachedStream } from './cached-stream';

/** The streams that were in use last; the rest is read again when it is needed. */
export interface KnownStreams {
  get(stream: StreamName): CachedStream | undefined;
  put(stream: StreamName, known: CachedStream): void;
  drop(stream: StreamName): void;
}

/** @param weightMax - each stream weighs 1, and 1 for each command id that it remembers. */
export const createStreamCache = (weightMax: number): KnownStreams => {
  // A Map iterates in the order of insertion: the first key is the one that was not used for longest.
  const entries = new Map<StreamName, { readonly known: CachedStream; readonly weight: number }>();
  let total = 0;

  const drop = (stream: StreamName): void => {
    total -= entries.get(stream)?.weight ?? 0;
    entries.delete(stream);
  };

  return {
    drop,
    get: (stream) => {
      const entry = entries.get(stream);
      if (!entry) return undefined;
      entries.delete(stream);
      entries.set(stream, entry);
      return entry.known;
    },
    put: (stream, known) => {
      drop(stream);
      const weight = 1 + known.effects.size;
      entries.set(stream, { known, weight });
      total += weight;
      for (const oldest of entries.keys()) {
        if (total <= weightMax || oldest === stream) break;
        drop(oldest);
      }
    },
  };
};
