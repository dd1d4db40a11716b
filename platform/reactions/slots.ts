import { createGate, type Gate } from '../concurrency';

/** Runs work as soon as one of its kind's slots is free; kinds do not wait for each other. */
export type Slots = (kind: string, work: () => Promise<void>) => Promise<void>;

/** @param concurrentMax - of one kind. The caller limits the waiting work. */
export const createSlots = (concurrentMax: number): Slots => {
  const gates = new Map<string, Gate>();
  return (kind, work) => {
    const gate = gates.get(kind) ?? createGate(kind, { concurrentMax, waitingMax: Number.MAX_SAFE_INTEGER });
    gates.set(kind, gate);
    return gate.run(work);
  };
};
