import { notifyWithinMs } from '../../commands/notification';
import type { Backoff } from '../../platform/faults';

export type IntegrationLimits = {
  /** The number of events whose messages are in flight at once. */
  readonly batchSize: number;
  /** The delays before a message that the bus did not accept is published again. There is no last attempt. */
  readonly republish: Backoff;
  /** The shortest time between two checkpoints, in milliseconds. */
  readonly checkpointEveryMs: number;
  /** The age in milliseconds beyond which an event causes no notification, so that a rebuild does not notify again. */
  readonly notifyWithinMs: number;
};

export const integrationDefaults: IntegrationLimits = {
  batchSize: 256,
  republish: { baseMs: 50, factor: 2, maxMs: 5_000 },
  checkpointEveryMs: 250,
  notifyWithinMs,
};
