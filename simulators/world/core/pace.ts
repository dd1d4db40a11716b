import type { Random } from '../../../platform/clock';

/** The default speed of a world. */
export const DEFAULT_SPEED = 100;

// At the default speed a warehouse needs about a second for an order, and a truck drives 12 steps a second: with
// distances of 10 to 50 steps an order is delivered within 5 to 10 seconds. Ten times the speed takes a tenth of the
// time.
const WORK_MS = { purchase: 1000, packing: 1000, loading: 500 };
const STEP_MS = 80;

/** Returns the duration of a piece of work: at random between half and one and a half times the usual one. */
export const workMs = (work: keyof typeof WORK_MS, speed: number, random: Random): number =>
  (WORK_MS[work] * (0.5 + random.next()) * DEFAULT_SPEED) / speed;

export const travelMs = (steps: number, speed: number): number => (steps * STEP_MS * DEFAULT_SPEED) / speed;

/**
 * The time for which a truck that was called away from its deliveries waits at the warehouse for goods before it
 * resumes them. It is not scaled, because clients do not become faster with the World.
 */
export const WAIT_FOR_LOAD_MS = 20_000;
