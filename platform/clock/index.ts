export { realClock, realRandom } from './real';
export { atMost, within } from './waiting';
export type { Clock, Random, Timer } from './port';
