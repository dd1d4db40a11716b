export { createGate } from './gate';
export type { Gate, GateLimits } from './gate';
export { singleFlight } from './single-flight';
