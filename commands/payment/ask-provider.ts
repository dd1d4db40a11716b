import type { Millis } from '../../domain/kernel';
import type { Clock, Random } from '../../platform/clock';
import { backoffDelay } from '../../platform/faults';
import type { Logger } from '../../platform/telemetry';

export type ProviderDeps = { readonly clock: Clock; readonly random: Random; readonly logger: Logger };

const TRIES_MAX = 4;
const TRY_TIMEOUT_MS = 5_000 as Millis;
const BACKOFF = { baseMs: 50, factor: 4, maxMs: 2_000 };

type Unknown = { readonly kind: 'unknown'; readonly reason: string };

const once = <Result>(clock: Clock, ask: () => Promise<Result>): Promise<Result | Unknown> =>
  new Promise((resolve) => {
    const timer = clock.after(TRY_TIMEOUT_MS, () =>
      resolve({ kind: 'unknown', reason: 'no answer in time' }),
    );
    ask()
      .catch((error: unknown): Unknown => ({ kind: 'unknown', reason: String(error) }))
      .then((result) => {
        timer.cancel();
        resolve(result);
      }, resolve);
  });

/** Asks until the provider gives a definite answer, a few times at most; each try is the same by its key. */
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
