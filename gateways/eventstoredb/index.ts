export { startEventStoreServer } from './server';
export type { EventStoreServer, EventStoreServerOptions } from './server';
