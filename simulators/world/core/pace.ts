import type { Random } from '../../../platform/clock';

/** The speed of a world that was not told another. */
export const DEFAULT_SPEED = 100;

// At the default speed a warehouse is a second or so busy with an order, and a truck takes 12 steps a second: with ways of
// 10 to 50 steps an order is at the door within 5 to 10 seconds. Ten times the speed takes a tenth of the time.
const WORK_MS = { purchase: 1000, packing: 1000, loading: 500 };
const STEP_MS = 80;

/** How long a piece of work takes: half as long as usual to half as long again, as chance will have it. */
export const workMs = (work: keyof typeof WORK_MS, speed: number, random: Random): number =>
  (WORK_MS[work] * (0.5 + random.next()) * DEFAULT_SPEED) / speed;

export const travelMs = (steps: number, speed: number): number => (steps * STEP_MS * DEFAULT_SPEED) / speed;

/**
 * How long a truck that was called away from its deliveries waits at the warehouse for something to load before it takes
 * them up again by itself. It is not scaled: the other side of the wire does not get faster with the World.
 */
export const WAIT_FOR_LOAD_MS = 20_000;
