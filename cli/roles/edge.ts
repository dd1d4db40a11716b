import { join } from 'node:path';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import Fastify from 'fastify';
import type { Registry } from 'prom-client';
import type { CommandClient } from '../../commands';
import {
  closeWhenAnswered,
  createEdge,
  readersOf,
  registerHealth,
  type EdgeDeps,
  type ProjectionReport,
} from '../../gateways/graphql';
import { servePages } from '../../gateways/pages';
import type { Clock } from '../../platform/clock';
import { shownSettings, type Config } from '../../platform/config';
import type { Readiness } from '../../platform/health';
import type { ProjectionStatus } from '../../platform/projections';
import { openParking, retryParked } from '../../platform/reactions';
import { allProjections } from '../../projections/read-models';
import type { Engines } from '../composition/engines';
import type { Runtime } from '../program/runtime';
import { watchInvariants } from '../verify';
import { reconciliation } from './payments';
import type { ProjectionsRole } from './projections';
import { readTrustedDocuments } from './trusted-documents';

/** The folder of the built web pages, which is beside the compiled program. */
const PAGES = join(__dirname, __filename.endsWith('.ts') ? '../../dist/web' : '../../web');
const PAGES_DOCUMENTS = join(PAGES, '../trusted-documents.json');

const reportOf = ({ position, head, ...status }: ProjectionStatus): ProjectionReport => ({
  ...status,
  position: position ?? null,
  head: head ?? null,
});

/** Creates the server of the role `edge`: GraphQL, the web pages, health and metrics, and the routes of `plugins`. Not listening yet. */
export const createEdgeServer = ({
  config,
  commands,
  engines,
  projections: { statuses, waitFor, operations, diff },
  tokenSecrets,
  simulatedWorld,
  readiness,
  metrics,
  plugins,
  runtime,
}: {
  readonly config: Config;
  readonly commands: CommandClient;
  readonly engines: Pick<Engines, 'store' | 'rawStore' | 'personal' | 'readModels' | 'bus' | 'files'>;
  readonly projections: Pick<ProjectionsRole, 'statuses' | 'waitFor' | 'operations' | 'diff'>;
  readonly tokenSecrets: readonly [string, ...string[]];
  readonly simulatedWorld: EdgeDeps['simulatedWorld'];
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: Registry;
  readonly plugins: readonly FastifyPluginAsync[];
  readonly runtime: Runtime;
}): FastifyInstance => {
  const { store, readModels, bus } = engines;
  const invariants = watchInvariants({ ...engines, ...runtime, projections: allProjections });
  const app = createEdge({
    ...runtime,
    commands,
    readers: readersOf(readModels, runtime.clock),
    waitFor,
    changes: bus,
    files: engines.files,
    events: store,
    simulatedWorld,
    projections: async () => (await statuses()).map(reportOf),
    operations,
    diffReadModel: diff,
    invariants,
    reconcilePayments: reconciliation(config, readModels, runtime),
    retryReaction: async (id) => retryParked(await openParking(readModels, runtime.clock), id),
    readiness,
    tokens: { secrets: tokenSecrets, realmOfOthers: config.realmRequired ? 'customer' : undefined },
    metrics,
    trustProxy: config.trustProxy,
    allowedOrigins: config.allowedOrigins,
    trustedDocuments: readTrustedDocuments(config, PAGES_DOCUMENTS),
    settings: shownSettings(config),
    plugins: [...plugins, servePages(PAGES)],
  });
  app.addHook('onClose', () => invariants.stop());
  return app;
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
