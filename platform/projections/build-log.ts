import type { Millis } from '../../domain/kernel';
import type { Clock } from '../clock';
import type { Logger } from '../telemetry';
import type { RebuildProgress } from './progress';

const EVERY_MS = 10_000 as Millis;

export type BuildLog = {
  readonly projection: string;
  readonly progress: () => Promise<RebuildProgress>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Aborts when the build has caught up, or ends. */
  readonly signal: AbortSignal;
};

/** Logs the progress of a build at intervals, until the signal aborts. */
export const logBuild = async ({ projection, progress, clock, logger, signal }: BuildLog): Promise<void> => {
  const waited = (): Promise<boolean> =>
    clock.sleep(EVERY_MS, signal).then(
      () => !signal.aborted,
      () => false,
    );
  while (await waited()) {
    try {
      const { status, ...figures } = await progress();
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
