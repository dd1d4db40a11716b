import type { Millis } from '../../domain/kernel';
import type { Clock } from './clock';

/**
 * Waits for some work, but no longer than so many milliseconds; then throws what `tooLate` makes. The work goes on. The wait
 * keeps no process alive.
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
 * Waits for some work, but no longer than so many milliseconds; then goes on without it. For the end of things: the process
 * stays for as long as this waits.
 */
export const atMost = async (clock: Clock, limitMs: number, work: Promise<unknown>): Promise<void> => {
  const waited = new AbortController();
  const limit = clock.sleep(limitMs as Millis, waited.signal).catch(() => undefined);
  await Promise.race([work, limit]).finally(() => waited.abort());
};
