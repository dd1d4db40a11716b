import type { Clock } from '../../platform/clock';
import type { Rate } from './limits';

type Bucket = { tokens: number; atMs: number };

/** @returns whether the client may go on; each call that may takes a token. */
export type RateLimit = (client: string) => boolean;

/**
 * A token bucket a client. Memory is bounded: the client that was quiet for longest is forgotten first, and with it the
 * little it owed.
 */
export const createRateLimit = ({ perSecond, burst, clientsMax }: Rate, clock: Clock): RateLimit => {
  const buckets = new Map<string, Bucket>();

  const bucketOf = (client: string, nowMs: number): Bucket => {
    const known = buckets.get(client);
    // Put back at the end, so that a map's order is the order of last use.
    if (known) buckets.delete(client);
    else if (buckets.size >= clientsMax) buckets.delete(buckets.keys().next().value ?? client);
    const bucket = known ?? { tokens: burst, atMs: nowMs };
    buckets.set(client, bucket);
    return bucket;
  };

  return (client) => {
    const nowMs = clock.monotonicMs();
    const bucket = bucketOf(client, nowMs);
    bucket.tokens = Math.min(burst, bucket.tokens + ((nowMs - bucket.atMs) / 1_000) * perSecond);
    bucket.atMs = nowMs;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  };
};
