import { LRUCache } from 'lru-cache';
import type { Clock } from '../../clock';
import { atMostEntries } from '../../lru';

/** Ids that are remembered for `ttlMs`, so that the same message published twice is delivered once. */
export type RecentIds = Pick<LRUCache<string, true>, 'has' | 'set'>;

/** @param idsMax - of more ids, the oldest are forgotten. */
export const createRecentIds = (clock: Clock, ttlMs: number, idsMax: number): RecentIds =>
  new LRUCache<string, true>({
    ...atMostEntries(idsMax),
    ttl: ttlMs,
    ttlResolution: 0,
    // To lru-cache an entry of time 0 has no time.
    perf: { now: () => clock.monotonicMs() + 1 },
  });
