export { inProcessBus } from './in-process/in-process-bus';
export type { InProcessBusOptions } from './in-process/in-process-bus';
export type { Bus, DocumentChanged, Handler, IntegrationEvent, Subscription, Topic } from './port';
