export { inProcessBus } from './in-process';
export type { InProcessBusOptions } from './in-process';
export type { Bus, DocumentChanged, Handler, IntegrationEvent, Subscription, Topic } from './port';
