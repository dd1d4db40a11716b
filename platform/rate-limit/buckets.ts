import type { Clock } from '../clock';

/** A bucket of `burst` tokens, refilled at `perSecond`; for `clientsMax` clients at most. */
export type Rate = { readonly perSecond: number; readonly burst: number; readonly clientsMax: number };

type Bucket = { tokens: number; atMs: number };

export type Buckets = {
  /** Takes tokens of the client's, 1 unless said; none where there are too few. @returns 0, or how many milliseconds to wait. */
  readonly take: (client: string, tokens?: number) => number;
  /** Puts a token back that was taken. */
  readonly giveBack: (client: string) => void;
  /**
   * Takes as many tokens as a piece of work turned out to cost, also those that are not there: the client is in debt until
   * they have been refilled.
   */
  readonly charge: (client: string, tokens: number) => void;
  /** How many milliseconds a client has to wait that is in debt; 0 for one that is not. Takes nothing. */
  readonly debtMs: (client: string) => number;
};

/** @returns whether the client may go on; each call that may takes a token, or as many as are said. */
export type RateLimit = (client: string, tokens?: number) => boolean;

/**
 * A token bucket a client. Memory is bounded: the client that was quiet for longest is forgotten first, and with it the
 * little it owed.
 */
export const createBuckets = ({ perSecond, burst, clientsMax }: Rate, clock: Clock): Buckets => {
  const buckets = new Map<string, Bucket>();

  const waitMsFor = (missing: number): number => Math.ceil((missing / perSecond) * 1_000);

  /** The client's bucket, filled up to now. */
  const bucketOf = (client: string): Bucket => {
    const nowMs = clock.monotonicMs();
    const known = buckets.get(client);
    // Put back at the end, so that a map's order is the order of last use.
    if (known) buckets.delete(client);
    else if (buckets.size >= clientsMax) buckets.delete(buckets.keys().next().value ?? client);
    const bucket = known ?? { tokens: burst, atMs: nowMs };
    buckets.set(client, bucket);
    bucket.tokens = Math.min(burst, bucket.tokens + ((nowMs - bucket.atMs) / 1_000) * perSecond);
    bucket.atMs = nowMs;
    return bucket;
  };

  return {
    take: (client, asked = 1) => {
      const bucket = bucketOf(client);
      // More than a full bucket holds would never be there.
      const tokens = Math.min(asked, burst);
      if (bucket.tokens < tokens) return waitMsFor(tokens - bucket.tokens);
      bucket.tokens -= tokens;
      return 0;
    },
    giveBack: (client) => {
      const bucket = buckets.get(client);
      if (bucket) bucket.tokens = Math.min(burst, bucket.tokens + 1);
    },
    charge: (client, tokens) => {
      bucketOf(client).tokens -= tokens;
    },
    debtMs: (client) => {
      const { tokens } = bucketOf(client);
      return tokens > 0 ? 0 : waitMsFor(Math.max(1, -tokens));
    },
  };
};

export const createRateLimit = (rate: Rate, clock: Clock): RateLimit => {
  const { take } = createBuckets(rate, clock);
  return (client, tokens) => take(client, tokens) === 0;
};
