import { Fault } from '../faults';

/** Lets so many pieces of work run at once; the others wait their turn, first come first served. */
export interface Gate {
  /** @throws Fault `OVERLOADED` when too many wait already, and whatever `work` throws. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** How many run now. */
  running(): number;
}

export type GateLimits = { readonly concurrentMax: number; readonly waitingMax: number };

/** @param name - what is scarce, for the fault's message: `password hashing`. */
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
    // Whoever leaves hands over the place, so `running` stays as it is.
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
