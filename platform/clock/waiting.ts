import type { Millis } from '../../domain/kernel';
import type { Clock, Timer } from './clock';

/** When a deferred result is overdue, and the result it then has. */
export type Deadline<Result> = {
  readonly clock: Clock;
  readonly afterMs: number;
  /** Returns the result of an overdue promise, or throws its error. */
  readonly onTimeout: () => Result;
};

/**
 * A promise that other code settles: once, at the latest at its deadline. Later results are ignored. The timer keeps no
 * process alive.
 */
export class Deferred<Result> {
  readonly promise: Promise<Result>;
  private isDone = false;
  private timer: Timer | undefined;
  private fulfilPromise!: (result: Result) => void;
  private rejectPromise!: (error: unknown) => void;

  /** @param deadline - absent: it waits for as long as it takes. */
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

/** Waits for some work until the deadline, then returns or throws what the deadline says. The work goes on. */
export const settledBy = <Result>(work: Promise<Result>, deadline: Deadline<Result>): Promise<Result> => {
  const result = new Deferred<Result>(deadline);
  work.then(
    (value) => result.resolve(value),
    (error: unknown) => result.reject(error),
  );
  return result.promise;
};

/**
 * Waits for some work, but no longer than so many milliseconds; then throws the error that `tooLate` makes. The work goes on.
 * The wait keeps no process alive.
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
