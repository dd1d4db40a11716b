export { inProcessBus } from './bus';
export type { InProcessBusOptions } from './bus';
