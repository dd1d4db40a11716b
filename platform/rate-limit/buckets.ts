import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock';
import { atMostEntries } from '../lru';

/** A bucket of `burst` tokens, refilled at `perSecond`; for at most `clientsMax` clients. */
export type Rate = { readonly perSecond: number; readonly burst: number; readonly clientsMax: number };

type Bucket = { tokens: number; atMs: number };

export type Buckets = {
  /** Takes tokens of a client, 1 by default; none if there are too few. @returns 0, or the milliseconds to wait. */
  readonly take: (client: string, tokens?: number) => number;
  /** Returns a taken token. */
  readonly giveBack: (client: string) => void;
  /**
   * Takes the tokens that a piece of work has cost, even if there are too few: the client is in debt until they are
   * refilled.
   */
  readonly charge: (client: string, tokens: number) => void;
  /** Returns the milliseconds until a client's debt is refilled; 0 without a debt. Takes nothing. */
  readonly debtMs: (client: string) => number;
};

/** @returns true if the client may continue; each such call takes a token, or the given number. */
export type RateLimit = (client: string, tokens?: number) => boolean;

/**
 * Creates one token bucket a client. Memory is bounded: the client that was idle for longest is forgotten first, with
 * its small debt.
 */
export const createBuckets = ({ perSecond, burst, clientsMax }: Rate, clock: Clock): Buckets => {
  const buckets = new LRUCache<string, Bucket>(atMostEntries(clientsMax));

  const waitMsFor = (missing: number): number => Math.ceil((missing / perSecond) * 1_000);

  /** Returns the client's bucket, refilled up to now. */
  const bucketOf = (client: string): Bucket => {
    const nowMs = clock.monotonicMs();
    const known = buckets.get(client);
    const bucket = known ?? { tokens: burst, atMs: nowMs };
    if (!known) buckets.set(client, bucket);
    bucket.tokens = Math.min(burst, bucket.tokens + ((nowMs - bucket.atMs) / 1_000) * perSecond);
    bucket.atMs = nowMs;
    return bucket;
  };

  return {
    take: (client, asked = 1) => {
      const bucket = bucketOf(client);
      // A bucket never contains more than its size.
      const tokens = Math.min(asked, burst);
      if (bucket.tokens < tokens) return waitMsFor(tokens - bucket.tokens);
      bucket.tokens -= tokens;
      return 0;
    },
    giveBack: (client) => {
      const bucket = buckets.peek(client);
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
