import type { Millis } from '../../domain/kernel';
import type { Clock } from '../clock';
import type { EventStore } from '../event-store';
import type { Logger } from '../telemetry';
import type { EventDensityEstimate } from './distance';
import type { ProjectionWorker } from './projection-worker';
import { progressOf } from './progress';

const EVERY_MS = 10_000 as Millis;

export type BuildLogDeps = {
  readonly store: Pick<EventStore, 'head'>;
  readonly density: EventDensityEstimate;
  readonly clock: Clock;
  readonly logger: Logger;
};

/**
 * Logs the progress of a build at intervals, until the signal aborts.
 *
 * @param signal - aborts when the build has caught up, or ends.
 */
export const logBuild = async (
  worker: Pick<ProjectionWorker, 'collection' | 'view'>,
  { store, density, clock, logger }: BuildLogDeps,
  signal: AbortSignal,
): Promise<void> => {
  const { name: projection, version } = worker.collection;
  const waited = (): Promise<boolean> =>
    clock.sleep(EVERY_MS, signal).then(
      () => !signal.aborted,
      () => false,
    );
  while (await waited()) {
    try {
      const facts = { version, isFormer: false, promotes: false };
      const { status, ...figures } = progressOf(facts, worker.view(), { head: await store.head(), density });
      if (status !== 'paused') logger.info({ projection, status, ...figures }, 'A read model is being built');
    } catch (error) {
      logger.debug({ error, projection }, 'Cannot read the progress of a build');
    }
  }
};

/** Returns a signal that aborts when the promise is settled. */
export const whenSettled = (promise: Promise<unknown>): AbortSignal => {
  const settled = new AbortController();
  const abort = (): void => settled.abort();
  promise.then(abort, abort);
  return settled.signal;
};
