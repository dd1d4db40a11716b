import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import { backoffDelay, isFault } from '../../platform/faults';
import type { Engines, Surroundings } from './engines';
import { composeOperationsDoor } from './http';
import { ensureCollections } from './read-side';
import { enginesParts } from './readiness';

export type Waiting = {
  readonly metrics: Registry;
  /** Opens a door to stand at meanwhile. */
  readonly listen: (door: FastifyInstance) => Promise<void>;
  /** Ends the wait; its reason is thrown. */
  readonly signal: AbortSignal;
};

const ASK_AGAIN = { baseMs: 200, factor: 2, maxMs: 5_000 };

/**
 * Resolves when the event store answers and every collection is there. While they do not, the process stays, says so in its
 * log and at a door that knows health and metrics only, and asks again.
 *
 * @throws what will not pass by itself, e.g. Fault `CONFIG_INVALID`.
 */
export const awaitEngines = async (
  engines: Engines,
  { metrics, listen, signal }: Waiting,
  surroundings: Surroundings,
): Promise<void> => {
  const { clock, random, logger } = surroundings;
  let door: FastifyInstance | undefined;
  const openDoor = async (): Promise<FastifyInstance> => {
    const readiness = async () => ({ ready: false, parts: await enginesParts(engines, surroundings) });
    const opened = composeOperationsDoor({ readiness, metrics, plugins: [] });
    await listen(opened);
    return opened;
  };
  try {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await engines.store.head();
        await ensureCollections(engines.readModels);
        return;
      } catch (error) {
        if (!isFault(error) || !error.retryable) throw error;
        logger.warn({ error, attempt }, 'The start waits for an engine that is away');
      }
      door ??= await openDoor();
      await clock.sleep(backoffDelay(attempt, ASK_AGAIN, random), signal);
    }
  } finally {
    await door?.close();
  }
};
