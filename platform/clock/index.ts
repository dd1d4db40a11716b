export { realClock, realRandom } from './real';
export type { Clock, Random, Timer } from './port';
