import type { Millis } from '../../../domain/kernel';
import type { Clock, Timer } from '../../clock';

/** Waits for some work, but no longer than so many milliseconds; then throws what `tooLate` makes. */
export const within = async <Result>(
  clock: Clock,
  limitMs: number,
  work: Promise<Result>,
  tooLate: () => Error,
): Promise<Result> => {
  let timer: Timer | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = clock.after(limitMs as Millis, () => reject(tooLate()));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    timer?.cancel();
  }
};
