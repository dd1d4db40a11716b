import type { EventHistory } from '../../platform/event-store';

/** Streams whose states are in memory at once. */
const STREAMS_MAX = 50_000;

const bucketOf = (name: string, buckets: number): number => {
  let hash = 0;
  for (let at = 0; at < name.length; at += 1) hash = (Math.imul(hash, 31) + name.charCodeAt(at)) | 0;
  return Math.abs(hash % buckets);
};

/** Returns the number of streams of a history. */
export const streamsIn = async (history: EventHistory): Promise<number> => {
  let streams = 0;
  for await (const { revision } of history.readAll()) if (revision === 0n) streams += 1;
  return streams;
};

/**
 * Divides streams and documents among rounds, so that a history of any length is folded in bounded memory: it is read once in each
 * round, for a part of the names.
 */
export const roundsFor = (streams: number): readonly ((name: string) => boolean)[] => {
  const rounds = Math.max(1, Math.ceil(streams / STREAMS_MAX));
  return Array.from({ length: rounds }, (_, round) => (name: string) => bucketOf(name, rounds) === round);
};
