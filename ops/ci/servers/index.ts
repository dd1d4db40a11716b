export { eventStoreClientBinary } from './eventstore-client';
export { ferretDbBinary, startFerretDb } from './ferretdb';
export { natsServerBinary, startNatsServer } from './nats-server';
export { startServer } from './server-process';
export type { Server } from './server-process';
