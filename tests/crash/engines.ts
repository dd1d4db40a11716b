import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startEngine, type EngineName, type Server } from '../../ops/ci/servers';
import type { Random } from '../../platform/clock';
import type { Environment } from '../../platform/config';
import { openTcpProxy } from '../support/process/tcp-proxy';

export const engineNames: readonly EngineName[] = ['eventstore', 'mongodb', 'nats'];

/** The names of the engines in readiness. */
export const partOf = {
  eventstore: 'eventStore',
  mongodb: 'readModels',
  nats: 'bus',
} as const satisfies Record<EngineName, string>;

/** The kinds of failure: the server is killed, or its connection is cut, stalls, or loses the answers. */
export type Trouble = 'kills' | 'lines';

/** An engine whose server is a process of its own. */
type RunningEngine = {
  readonly url: string;
  /** @returns what brings it back. */
  readonly takeAway: (random: Random) => Promise<() => Promise<void>>;
  readonly stop: () => Promise<void>;
};

export type RunningEngines = Readonly<Record<EngineName, RunningEngine>> & {
  /** Names them to a platform. */
  readonly environment: Environment;
  readonly stop: () => Promise<void>;
};

const mortal = (server: Server): RunningEngine => ({
  url: server.url,
  takeAway: async () => {
    await server.kill();
    return () => server.restart();
  },
  stop: () => server.stop(),
});

const lineFaults = ['cut', 'stall', 'swallowAnswers'] as const;

const farAway = async (server: Server): Promise<RunningEngine> => {
  const proxy = await openTcpProxy(server.port);
  return {
    url: server.url.replace(`:${server.port}`, `:${proxy.port}`),
    takeAway: async (random) => {
      proxy[lineFaults[Math.floor(random.next() * lineFaults.length)] ?? 'cut']();
      return async () => proxy.mend();
    },
    stop: async () => {
      await proxy.close();
      await server.stop();
    },
  };
};

/**
 * @param directory - where they keep their files, each in a folder of its own.
 * @throws Error that says what to install, where a server's program is missing.
 */
export const startEngines = async (directory: string, trouble: Trouble): Promise<RunningEngines> => {
  const started: RunningEngine[] = [];
  const start = async (name: EngineName): Promise<RunningEngine> => {
    const files = join(directory, name);
    await mkdir(files);
    const server = await startEngine[name](files);
    const engine = trouble === 'kills' ? mortal(server) : await farAway(server);
    started.push(engine);
    return engine;
  };
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((engine) => engine.stop()));
  };
  try {
    const engines = {
      mongodb: await start('mongodb'),
      nats: await start('nats'),
      eventstore: await start('eventstore'),
    };
    const environment = {
      WAYBILL_EVENT_STORE: engines.eventstore.url,
      WAYBILL_READ_MODELS: `${engines.mongodb.url}/waybill`,
      WAYBILL_BUS: engines.nats.url,
    };
    return { ...engines, environment, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
