export { briefly } from './briefly';
export { createGate } from './gate';
export type { Gate, GateLimits } from './gate';
export { createGates } from './gates';
export type { Gates } from './gates';
export { singleFlight } from './single-flight';
export { createTurns } from './turns';
export type { Turns } from './turns';
