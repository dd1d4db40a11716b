import type { Clock } from '../../platform/clock';
import type { Rate } from './limits';

type Bucket = { tokens: number; atMs: number };

export type Buckets = {
  /** Takes a token of the client's; none where it has to wait. @returns 0, or how many milliseconds to wait. */
  readonly take: (client: string) => number;
  /** Puts a token back that was taken. */
  readonly giveBack: (client: string) => void;
};

/** @returns whether the client may go on; each call that may takes a token. */
export type RateLimit = (client: string) => boolean;

/**
 * A token bucket a client. Memory is bounded: the client that was quiet for longest is forgotten first, and with it the
 * little it owed.
 */
export const createBuckets = ({ perSecond, burst, clientsMax }: Rate, clock: Clock): Buckets => {
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

  return {
    take: (client) => {
      const nowMs = clock.monotonicMs();
      const bucket = bucketOf(client, nowMs);
      bucket.tokens = Math.min(burst, bucket.tokens + ((nowMs - bucket.atMs) / 1_000) * perSecond);
      bucket.atMs = nowMs;
      if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) / perSecond) * 1_000);
      bucket.tokens -= 1;
      return 0;
    },
    giveBack: (client) => {
      const bucket = buckets.get(client);
      if (bucket) bucket.tokens = Math.min(burst, bucket.tokens + 1);
    },
  };
};

export const createRateLimit = (rate: Rate, clock: Clock): RateLimit => {
  const { take } = createBuckets(rate, clock);
  return (client) => take(client) === 0;
};
