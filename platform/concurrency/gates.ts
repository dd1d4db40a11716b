import { createGate, type Gate, type GateLimits } from './gate';

/** A gate for each key, e.g. for each client, so that one cannot take the places of another. */
export interface Gates {
  /** @throws Fault `OVERLOADED` if too many of that key wait already, and any error of `work`. */
  run<Result>(key: string, work: () => Promise<Result>): Promise<Result>;
  /** True if `run` would refuse this key now. */
  isFull(key: string): boolean;
}

/** Creates the gates. A gate exists only while it has work. */
export const createGates = (name: string, limits: GateLimits): Gates => {
  const open = new Map<string, { readonly gate: Gate; entered: number }>();

  return {
    isFull: (key) => (open.get(key)?.entered ?? 0) >= limits.concurrentMax + limits.waitingMax,
    run: async (key, work) => {
      const place = open.get(key) ?? { gate: createGate(name, limits), entered: 0 };
      open.set(key, place);
      place.entered += 1;
      try {
        return await place.gate.run(work);
      } finally {
        place.entered -= 1;
        if (place.entered === 0) open.delete(key);
      }
    },
  };
};
