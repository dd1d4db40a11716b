import type { Millis } from '../../domain/kernel';
import type { Clock } from './clock';

/**
 * Waits for work, at most `limitMs` milliseconds; then throws the result of `tooLate`. The work continues. The wait
 * does not keep the process alive.
 */
export const within = <Result>(
  clock: Clock,
  limitMs: number,
  work: Promise<Result>,
  tooLate: () => Error,
): Promise<Result> =>
  new Promise((resolve, reject) => {
    const timer = clock.after(limitMs as Millis, () => reject(tooLate()));
    work.finally(() => timer.cancel()).then(resolve, reject);
  });

/**
 * Waits for work, at most `limitMs` milliseconds; then returns without it. For shutdown: the wait keeps the process
 * alive.
 */
export const atMost = async (clock: Clock, limitMs: number, work: Promise<unknown>): Promise<void> => {
  const waited = new AbortController();
  const limit = clock.sleep(limitMs as Millis, waited.signal).catch(() => undefined);
  await Promise.race([work, limit]).finally(() => waited.abort());
};
