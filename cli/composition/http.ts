import Fastify, { type FastifyInstance } from 'fastify';
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
  type Readiness,
} from '../../gateways/graphql';
import type { Clock } from '../../platform/clock';
import type { Position } from '../../platform/event-store';
import type { ReadModels } from '../../platform/read-models';
import {
  openReader,
  type ProjectionDaemon,
  type ProjectionStatus,
  type Reader,
} from '../../platform/projections';
import type { Engines, Surroundings } from './engines';
import { historyOf } from './history';
import { allProjections, projectionStatus } from './read-side';

/** What mutations and their callers read back; the others may lag without anybody noticing. */
const shown = new Set([
  'accounts',
  'carts',
  'catalogue',
  'order_details',
  'reviews',
  'seller_ratings',
  'shipments',
  'stock_levels',
  'warehouses',
]);

const POLL_MS_MIN = 10;
const POLL_MS_MAX = 80;

/** For an edge whose projections run in another process: looks at their checkpoints until they are far enough. */
const waitForCheckpoints = (
  readModels: ReadModels,
  { clock }: Surroundings,
): ((position: Position, withinMs: Millis) => Promise<boolean>) => {
  const readers = allProjections
    .filter(({ collection }) => shown.has(collection.name))
    .map((projection) => openReader(readModels, projection, clock));
  return async (position, withinMs) => {
    const giveUpAt = clock.monotonicMs() + withinMs;
    let behind: readonly Pick<Reader<never>, 'checkpoint'>[] = readers;
    for (let pauseMs = POLL_MS_MIN; ; pauseMs = Math.min(2 * pauseMs, POLL_MS_MAX)) {
      const checkpoints = await Promise.all(behind.map((reader) => reader.checkpoint()));
      behind = behind.filter((_, at) => (checkpoints[at] ?? '') < position);
      if (behind.length === 0) return true;
      if (clock.monotonicMs() >= giveUpAt) return false;
      await clock.sleep(pauseMs as Millis);
    }
  };
};

const waitForRuntime = async (
  runtime: ProjectionDaemon,
  position: Position,
  withinMs: Millis,
): Promise<boolean> => {
  const reached = await Promise.all([...shown].map((name) => runtime.waitFor(name, position, withinMs)));
  return reached.every(Boolean);
};

const reportOf = ({ position, head, ...status }: ProjectionStatus): ProjectionReport => ({
  ...status,
  position: position ?? null,
  head: head ?? null,
});

export type EdgeParts = {
  readonly engines: Engines;
  readonly commands: CommandClient;
  /** Tells none while another process keeps the projections. */
  readonly runtime: () => ProjectionDaemon | undefined;
  readonly tokenSecrets: readonly [string, ...string[]];
  readonly trustProxy: boolean;
  readonly allowedOrigins: readonly string[];
  readonly readiness: () => Promise<Readiness>;
  readonly plugins: NonNullable<EdgeDeps['plugins']>;
  readonly metrics: Registry;
} & Pick<EdgeDeps, 'simulatedWorld'>;

export const composeEdge = (parts: EdgeParts, surroundings: Surroundings): FastifyInstance => {
  const { engines, runtime, tokenSecrets, ...rest } = parts;
  const waitForOther = waitForCheckpoints(engines.readModels, surroundings);
  return createEdge({
    ...rest,
    ...surroundings,
    readers: readersOf(engines.readModels, surroundings.clock),
    history: historyOf(engines.store, engines.readModels, surroundings.clock),
    waitFor: (position, withinMs) => {
      const here = runtime();
      return here ? waitForRuntime(here, position, withinMs) : waitForOther(position, withinMs);
    },
    changes: engines.bus,
    events: engines.store,
    projections: async () => (await projectionStatus(runtime(), engines, surroundings)).map(reportOf),
    tokens: { secrets: tokenSecrets },
  });
};

/** The door of a process without the edge: health, metrics, and carriers' webhooks where they are its business. */
export const composeOperationsDoor = (
  parts: Pick<EdgeParts, 'readiness' | 'metrics' | 'plugins'> & { readonly trustProxy?: boolean },
  { clock }: { readonly clock: Clock },
): FastifyInstance => {
  const app = Fastify({
    trustProxy: parts.trustProxy === true && ((_address, hop) => hop === 0),
    bodyLimit: 64 * 1024,
    requestTimeout: 15_000,
    connectionTimeout: 30_000,
    forceCloseConnections: 'idle',
  });
  closeWhenAnswered(app);
  registerHealth(app, { ...parts, clock });
  for (const plugin of parts.plugins) void app.register(plugin);
  return app;
};
