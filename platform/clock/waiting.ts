import type { Millis } from '../../domain/kernel';
import type { Clock, Timer } from './clock';

/** A time limit, and the result after it. */
export type Deadline<Result> = {
  readonly clock: Clock;
  readonly afterMs: number;
  /** Returns the result of an overdue promise, or throws its error. */
  readonly onTimeout: () => Result;
};

/**
 * A promise that other code settles once, at the latest at its deadline. Later results are ignored. The timer does not
 * keep the process alive.
 */
export class Deferred<Result> {
  readonly promise: Promise<Result>;
  private isDone = false;
  private timer: Timer | undefined;
  private fulfilPromise!: (result: Result) => void;
  private rejectPromise!: (error: unknown) => void;

  /** @param deadline - without one it waits without limit. */
  constructor(deadline?: Deadline<Result>) {
    this.promise = new Promise<Result>((resolve, reject) => {
      this.fulfilPromise = resolve;
      this.rejectPromise = reject;
    });
    if (deadline !== undefined) this.timer = this.startTimer(deadline);
  }

  get isSettled(): boolean {
    return this.isDone;
  }

  resolve(result: Result): void {
    if (this.isDone) return;
    this.finish();
    this.fulfilPromise(result);
  }

  reject(error: unknown): void {
    if (this.isDone) return;
    this.finish();
    this.rejectPromise(error);
  }

  private finish(): void {
    this.isDone = true;
    this.timer?.cancel();
  }

  private startTimer({ clock, afterMs, onTimeout }: Deadline<Result>): Timer {
    return clock.after(afterMs as Millis, () => {
      try {
        this.resolve(onTimeout());
      } catch (error) {
        this.reject(error);
      }
    });
  }
}

/** Waits for work until the deadline, then returns or throws the deadline's result. The work continues. */
export const settledBy = <Result>(work: Promise<Result>, deadline: Deadline<Result>): Promise<Result> => {
  const result = new Deferred<Result>(deadline);
  work.then(
    (value) => result.resolve(value),
    (error: unknown) => result.reject(error),
  );
  return result.promise;
};

/**
 * Waits for work, at most `limitMs` milliseconds; then throws the result of `tooLate`. The work continues. The wait
 * does not keep the process alive.
 */
export const within = <Result>(
  clock: Clock,
  limitMs: number,
  work: Promise<Result>,
  tooLate: () => Error,
): Promise<Result> => {
  const onTimeout = (): never => {
    throw tooLate();
  };
  return settledBy(work, { clock, afterMs: limitMs, onTimeout });
};

/**
 * Waits for work, at most `limitMs` milliseconds; then returns without it. For shutdown: the wait keeps the process
 * alive.
 */
export const atMost = async (clock: Clock, limitMs: number, work: Promise<unknown>): Promise<void> => {
  const waited = new AbortController();
  const limit = clock.sleep(limitMs as Millis, waited.signal).catch(() => undefined);
  await Promise.race([work, limit]).finally(() => waited.abort());
};
