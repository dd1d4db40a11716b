import type { Backoff } from '../../platform/faults';

export type IntegrationLimits = {
  /** Events whose messages are on their way to the bus at once. */
  readonly batchSize: number;
  /** How soon, and at most how late, what the bus did not take is published again. There is no last try. */
  readonly republish: Backoff;
  /** How often the checkpoint is written at most, in milliseconds. */
  readonly checkpointEveryMs: number;
  /** Nobody is notified of what is older than that, in milliseconds: a rebuild is no news. */
  readonly notifyWithinMs: number;
};

export const integrationDefaults: IntegrationLimits = {
  batchSize: 256,
  republish: { baseMs: 50, factor: 2, maxMs: 5_000 },
  checkpointEveryMs: 250,
  notifyWithinMs: 86_400_000,
};
