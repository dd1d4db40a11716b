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
  const waiting: (() => void)[] = [];
  let running = 0;

  const enter = async (): Promise<void> => {
    if (running < concurrentMax) {
      running += 1;
      return;
    }
    if (waiting.length >= waitingMax) {
      throw new Fault('OVERLOADED', `Too much waits for ${name} (${waitingMax}); try again later`);
    }
    // The finished work passes its place on, so `running` stays the same.
    await new Promise<void>((resolve) => waiting.push(resolve));
  };

  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  };

  return {
    running: () => running,
    run: async (work) => {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
};
