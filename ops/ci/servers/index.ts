export { startEngine } from './engines';
export type { EngineName } from './engines';
export { eventStoreClientBinary } from './eventstore-client';
export { ferretDbBinary, startFerretDb } from './ferretdb';
export { natsServerBinary, startNatsServer } from './nats-server';
export { pythonBinary } from './python';
export { startServer } from './server-process';
export type { Server } from './server-process';
export { startWaybillEventStore } from './waybill-eventstore';
