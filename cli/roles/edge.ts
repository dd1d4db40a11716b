import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import Fastify from 'fastify';
import type { Registry } from 'prom-client';
import type { CommandClient } from '../../commands/port';
import type { Millis } from '../../domain/kernel';
import {
  closeWhenAnswered,
  createEdge,
  readersOf,
  registerHealth,
  type EdgeDeps,
  type ProjectionReport,
} from '../../gateways/graphql';
import type { Bus } from '../../platform/bus';
import type { Clock } from '../../platform/clock';
import type { Config } from '../../platform/config';
import type { EventStore } from '../../platform/event-store';
import type { Readiness } from '../../platform/health';
import {
  openReader,
  type ProjectionDaemon,
  type ProjectionStatus,
  type Reader,
} from '../../platform/projections';
import type { ReadModels } from '../../platform/read-models';
import { allProjections } from '../../projections/read-models';
import type { Runtime } from '../runtime';
import type { ProjectionsRole } from './projections';

const POLL_MS_MIN = 10;
const POLL_MS_MAX = 80;

/** For an edge whose read models another process keeps: reads their checkpoints until they have reached the position. */
const waitForCheckpoints = (readModels: ReadModels, clock: Clock): EdgeDeps['waitFor'] => {
  const readers = allProjections.map((projection) => openReader(readModels, projection, clock));
  return async (names, position, withinMs) => {
    const giveUpAt = clock.monotonicMs() + withinMs;
    let behind: readonly Pick<Reader<never>, 'checkpoint'>[] = readers.filter(({ name }) =>
      names.includes(name),
    );
    for (let pauseMs = POLL_MS_MIN; ; pauseMs = Math.min(2 * pauseMs, POLL_MS_MAX)) {
      const checkpoints = await Promise.all(behind.map((reader) => reader.checkpoint()));
      behind = behind.filter((_, at) => (checkpoints[at] ?? '') < position);
      if (behind.length === 0) return true;
      if (clock.monotonicMs() >= giveUpAt) return false;
      await clock.sleep(pauseMs as Millis);
    }
  };
};

const waitForDaemon =
  (daemon: ProjectionDaemon): EdgeDeps['waitFor'] =>
  async (names, position, withinMs) => {
    const reached = await Promise.all(names.map((name) => daemon.waitFor(name, position, withinMs)));
    return reached.every(Boolean);
  };

const reportOf = ({ position, head, ...status }: ProjectionStatus): ProjectionReport => ({
  ...status,
  position: position ?? null,
  head: head ?? null,
});

/** Creates the server of the role `edge`: GraphQL, health and metrics, and the routes of `plugins`. Not listening yet. */
export const createEdgeServer = ({
  config: { trustProxy, allowedOrigins },
  commands,
  store,
  readModels,
  bus,
  projections: { daemon, statuses },
  tokenSecrets,
  simulatedWorld,
  readiness,
  metrics,
  plugins,
  runtime,
}: {
  readonly config: Pick<Config, 'trustProxy' | 'allowedOrigins'>;
  readonly commands: CommandClient;
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly bus: Bus;
  readonly projections: Pick<ProjectionsRole, 'daemon' | 'statuses'>;
  readonly tokenSecrets: readonly [string, ...string[]];
  readonly simulatedWorld: EdgeDeps['simulatedWorld'];
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: Registry;
  readonly plugins: readonly FastifyPluginAsync[];
  readonly runtime: Runtime;
}): FastifyInstance => {
  const waitForOther = waitForCheckpoints(readModels, runtime.clock);
  return createEdge({
    ...runtime,
    commands,
    readers: readersOf(readModels, runtime.clock),
    waitFor: (...waited) => {
      const here = daemon();
      return (here ? waitForDaemon(here) : waitForOther)(...waited);
    },
    changes: bus,
    events: store,
    simulatedWorld,
    projections: async () => (await statuses()).map(reportOf),
    readiness,
    tokens: { secrets: tokenSecrets },
    metrics,
    trustProxy,
    allowedOrigins,
    plugins,
  });
};

/** Creates the server of a process without the role `edge`: health and metrics, and the routes of `plugins`. */
export const createOperationsServer = ({
  readiness,
  metrics,
  plugins,
  trustProxy,
  clock,
}: {
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: Registry;
  readonly plugins: readonly FastifyPluginAsync[];
  readonly trustProxy: boolean;
  readonly clock: Clock;
}): FastifyInstance => {
  const app = Fastify({
    trustProxy: trustProxy && ((_address, hop) => hop === 0),
    bodyLimit: 64 * 1024,
    requestTimeout: 15_000,
    connectionTimeout: 30_000,
    forceCloseConnections: 'idle',
  });
  closeWhenAnswered(app);
  registerHealth(app, { readiness, metrics, clock });
  for (const plugin of plugins) void app.register(plugin);
  return app;
};
