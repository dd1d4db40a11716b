import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import { retryUntilAvailable } from '../../platform/faults';
import { readinessOf, type HealthCheck } from '../../platform/health';
import type { ReadModels } from '../../platform/read-models';
import { projectionBuilds } from '../../platform/projections';
import { allProjections } from '../../projections/read-models';
import type { Engines } from './engines';
import { createOperationsServer } from '../roles/edge';
import type { Runtime } from '../program/runtime';

export type EngineWait = {
  readonly health: readonly HealthCheck[];
  readonly metrics: Registry;
  /** Makes a server listen that answers health and metrics during the wait. Absent where the platform already serves. */
  readonly listen?: ((server: FastifyInstance) => Promise<void>) | undefined;
  /** Ends the wait; its reason is thrown. */
  readonly signal: AbortSignal;
};

/**
 * Repeats work that needs the engines, and may be done twice, until they are available. Meanwhile the process stays, logs why
 * it waits, and serves health and metrics.
 *
 * @throws what will not pass by itself, e.g. Fault `CONFIG_INVALID`.
 */
export const retryWhileEnginesAreAway = async <Result>(
  work: () => Promise<Result>,
  { health, metrics, listen, signal }: EngineWait,
  { clock, random, logger }: Runtime,
): Promise<Result> => {
  let server: FastifyInstance | undefined;
  const serve = async (): Promise<void> => {
    if (listen === undefined || server !== undefined) return;
    const found = readinessOf(health, [], clock);
    const readiness = async () => ({ ready: false, parts: (await found()).parts });
    server = createOperationsServer({ readiness, metrics, plugins: [], trustProxy: false, clock });
    await listen(server);
  };
  try {
    return await retryUntilAvailable(work, {
      clock,
      random,
      signal,
      onUnavailable: async (error, attempt) => {
        logger.warn({ error, attempt }, 'The start waits for an engine that is away');
        await serve();
      },
    });
  } finally {
    await server?.close();
  }
};

/** Creates every collection that is absent, so that readers find an empty one rather than none. */
export const ensureCollections = async (readModels: ReadModels): Promise<void> => {
  await readModels.ensure(projectionBuilds);
  for (const { collection } of allProjections) await readModels.ensure(collection);
};

/**
 * Resolves when the event store answers and every collection is there. It does not wait for the bus: only live updates and
 * other systems need it.
 */
export const awaitEngines = (
  { store, readModels }: Pick<Engines, 'store' | 'readModels'>,
  wait: EngineWait,
  runtime: Runtime,
): Promise<void> =>
  retryWhileEnginesAreAway(
    async () => {
      await store.head();
      await ensureCollections(readModels);
    },
    wait,
    runtime,
  );
