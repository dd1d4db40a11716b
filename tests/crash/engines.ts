import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ferretDbBinary,
  natsServerBinary,
  startFerretDb,
  startNatsServer,
  type Server,
} from '../../ops/ci/servers';
import type { Environment } from '../../platform/config';
import { startWaybillEventStore } from '../support/waybill-eventstore';

export const engineNames = ['eventstore', 'mongodb', 'nats'] as const;
export type EngineName = (typeof engineNames)[number];

/** What readiness calls each of them. */
export const partOf = {
  eventstore: 'eventStore',
  mongodb: 'readModels',
  nats: 'bus',
} as const satisfies Record<EngineName, string>;

/** The three engines, each a process of its own. */
export type RunningEngines = {
  readonly servers: Readonly<Record<EngineName, Server>>;
  /** Names them to a platform. */
  readonly environment: Environment;
  readonly stop: () => Promise<void>;
};

const starters: Readonly<Record<EngineName, (directory: string) => Promise<Server>>> = {
  eventstore: startWaybillEventStore,
  mongodb: async (directory) => startFerretDb(await ferretDbBinary(), directory),
  nats: async (directory) => startNatsServer(await natsServerBinary(), directory),
};

/**
 * @param directory - where they keep their files, each in a folder of its own.
 * @throws Error that says what to install, where a server's program is missing.
 */
export const startEngines = async (directory: string): Promise<RunningEngines> => {
  const started: Server[] = [];
  const start = async (name: EngineName): Promise<Server> => {
    const files = join(directory, name);
    await mkdir(files);
    const server = await starters[name](files);
    started.push(server);
    return server;
  };
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((server) => server.stop()));
  };
  try {
    const servers = {
      mongodb: await start('mongodb'),
      nats: await start('nats'),
      eventstore: await start('eventstore'),
    };
    const environment = {
      WAYBILL_EVENT_STORE: `${servers.eventstore.url}?tls=false`,
      WAYBILL_READ_MODELS: `${servers.mongodb.url}/waybill`,
      WAYBILL_BUS: servers.nats.url,
    };
    return { servers, environment, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
