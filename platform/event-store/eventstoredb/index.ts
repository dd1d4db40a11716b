export { openEventStoreDb } from './store';
export type { EventStoreDb, EventStoreDbOptions, SubscriptionObserver } from './store';
