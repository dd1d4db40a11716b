import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import { backoffDelay, isFault } from '../../platform/faults';
import type { Engines, Surroundings } from './engines';
import { composeOperationsDoor } from './http';
import { ensureCollections } from './read-side';
import { createAsking, enginesParts } from './readiness';

export type Waiting = {
  readonly engines: Engines;
  readonly metrics: Registry;
  /** Opens a door to stand at meanwhile. */
  readonly listen: (door: FastifyInstance) => Promise<void>;
  /** Ends the wait; its reason is thrown. */
  readonly signal: AbortSignal;
};

const ASK_AGAIN = { baseMs: 200, factor: 2, maxMs: 5_000 };

/**
 * Has something done that needs the engines and may be done twice. While one of them is away, the process stays, says so in
 * its log and at a door that knows health and metrics only, and tries again.
 *
 * @throws what will not pass by itself, e.g. Fault `CONFIG_INVALID`.
 */
export const insist = async <Result>(
  work: () => Promise<Result>,
  { engines, metrics, listen, signal }: Waiting,
  surroundings: Surroundings,
): Promise<Result> => {
  const { clock, random, logger } = surroundings;
  let door: FastifyInstance | undefined;
  const openDoor = async (): Promise<FastifyInstance> => {
    const asked = createAsking(surroundings);
    const readiness = async () => ({ ready: false, parts: await enginesParts(engines, asked) });
    const opened = composeOperationsDoor({ readiness, metrics, plugins: [] }, surroundings);
    await listen(opened);
    return opened;
  };
  try {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await work();
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

/** Resolves when the event store answers and every collection is there. The bus is for others to hear of us: nothing waits for it. */
export const awaitEngines = (waiting: Waiting, surroundings: Surroundings): Promise<void> =>
  insist(
    async () => {
      await waiting.engines.store.head();
      await ensureCollections(waiting.engines.readModels);
    },
    waiting,
    surroundings,
  );
