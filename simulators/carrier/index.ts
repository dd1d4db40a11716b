export { startCarrierSimulator } from './start';
export type { CarrierSimulator, CarrierSimulatorOptions } from './start';
