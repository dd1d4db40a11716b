export { startWorldSimulator } from './start';
export type { WorldSimulator, WorldSimulatorOptions } from './start';
export type { Counters } from './counters';
export type { WireFaults } from './faults';
export type { WorldStats, WorldSummary, WorldView } from './view';
