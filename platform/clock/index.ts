export { realClock, realRandom } from './real';
export { atMost, Deferred, settledBy, within } from './waiting';
export { Wake } from './wake';
export type { Clock, Random, Timer } from './clock';
