export { openEventStoreDb } from './store';
export type { EventStoreDb, EventStoreDbOptions } from './store';
