export { answeredWithin } from './answered-within';
export { readinessOf } from './health';
export type { Readiness } from './health';
export type { HealthCheck, HealthPart } from './health-check';
export { untilReady } from './until-ready';
