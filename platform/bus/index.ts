export type { Bus, DocumentChanged, Handler, IntegrationEvent, Subscription, Topic } from './port';
