import { ferretDbBinary, startFerretDb } from './ferretdb';
import { natsServerBinary, startNatsServer } from './nats-server';
import type { Server } from './server-process';
import { startWaybillEventStore } from './waybill-eventstore';

export type EngineName = 'eventstore' | 'mongodb' | 'nats';

/** Starts the server of each engine on an empty directory. Throws Error that says what to install, if it is missing. */
export const startEngine: Readonly<Record<EngineName, (directory: string) => Promise<Server>>> = {
  eventstore: (directory) => startWaybillEventStore(directory),
  mongodb: async (directory) => startFerretDb(await ferretDbBinary(), directory),
  nats: async (directory) => startNatsServer(await natsServerBinary(), directory),
};
