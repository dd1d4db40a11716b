export { ferretDbBinary, startFerretDb } from './ferretdb';
export { startNatsServer } from './nats-server';
export type { Server } from './server-process';
