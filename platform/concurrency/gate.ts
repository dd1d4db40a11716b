import { Deferred } from '../clock';
import { Fault } from '../faults';

/** A limit of concurrent work; further work waits in order of arrival. */
export interface Gate {
  /** @throws Fault `OVERLOADED` if too many wait already, and any error of `work`. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Returns the number of running pieces. */
  running(): number;
}

export type GateLimits = { readonly concurrentMax: number; readonly waitingMax: number };

/** @param name - the limited resource, for the fault's message: `password hashing`. */
export const createGate = (name: string, { concurrentMax, waitingMax }: GateLimits): Gate => {
  const waiting: Deferred<void>[] = [];
  let running = 0;

  const enter = (): Promise<void> => {
    if (waiting.length >= waitingMax)
      throw new Fault('OVERLOADED', `Too much waits for ${name} (${waitingMax}); try again later`);
    const next = new Deferred<void>();
    waiting.push(next);
    return next.promise;
  };

  const leave = (): void => {
    // The place passes on to the next one, so `running` stays as it is.
    const next = waiting.shift();
    if (next) next.resolve();
    else running -= 1;
  };

  return {
    running: () => running,
    run: async (work) => {
      if (running < concurrentMax) running += 1;
      else await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
};
