export { reportAbandonedMessages } from './abandoned-messages';
export { inProcessBus } from './in-process';
export type { InProcessBusOptions } from './in-process';
export { topics } from './bus';
export type {
  Bus,
  DocumentChanged,
  AbandonedMessage,
  Handler,
  IntegrationEvent,
  Subscription,
  Topic,
} from './bus';
