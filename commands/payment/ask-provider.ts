import { within, type Clock, type Random } from '../../platform/clock';
import { backoffDelay } from '../../platform/faults';
import type { Logger } from '../../platform/telemetry';

export type ProviderDeps = { readonly clock: Clock; readonly random: Random; readonly logger: Logger };

const TRIES_MAX = 4;
const TRY_TIMEOUT_MS = 5_000;
const BACKOFF = { baseMs: 50, factor: 4, maxMs: 2_000 };

type Unknown = { readonly kind: 'unknown'; readonly reason: string };

const once = <Result>(clock: Clock, ask: () => Promise<Result>): Promise<Result | Unknown> =>
  within(clock, TRY_TIMEOUT_MS, ask(), () => new Error('no answer in time')).catch(
    (error: unknown): Unknown => ({ kind: 'unknown', reason: String(error) }),
  );

/**
 * Repeats a request until the provider gives a definite answer, a few times at most. Each attempt has the same
 * idempotency key.
 */
export const askProvider = async <Result extends { readonly kind: string }>(
  { clock, random, logger }: ProviderDeps,
  ask: () => Promise<Result>,
): Promise<Result | Unknown> => {
  for (let attempt = 0; ; attempt += 1) {
    const result = await once(clock, ask);
    if (result.kind !== 'unknown' || attempt + 1 >= TRIES_MAX) return result;
    logger.warn({ attempt, result }, 'The payment provider gave no definite answer');
    await clock.sleep(backoffDelay(attempt, BACKOFF, random));
  }
};
