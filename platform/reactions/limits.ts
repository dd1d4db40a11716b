import type { Backoff } from '../faults';

export type ReactionLimits = {
  /** Reactions of one workflow to one type of event that are at work at once. */
  readonly concurrentMax: number;
  /** The same for parked ones that are tried again, so that they take no place from others. */
  readonly concurrentRetriesMax: number;
  /** Events that were read and are not done, and those behind them that are. */
  readonly keptMax: number;
  /** Tries of a reaction that meets a fault which may pass; then it is parked and tried again from time to time. */
  readonly faultTriesMax: number;
  /** Tries of a reaction that fails otherwise; then it is parked until somebody looks at it. */
  readonly errorTriesMax: number;
  readonly backoff: Backoff;
  /** How often what is parked by itself is tried again, in milliseconds. */
  readonly retryEveryMs: number;
  /** How many parked reactions of one workflow are tried again at a time. */
  readonly retryMax: number;
  /** How often the checkpoint is written at most, in milliseconds. */
  readonly checkpointEveryMs: number;
  /** How long `stop` waits for what is at work, in milliseconds. */
  readonly drainMs: number;
};

export const reactionLimits: ReactionLimits = {
  concurrentMax: 64,
  concurrentRetriesMax: 16,
  keptMax: 20_000,
  faultTriesMax: 8,
  errorTriesMax: 3,
  backoff: { baseMs: 50, factor: 3, maxMs: 10_000 },
  retryEveryMs: 5_000,
  retryMax: 1_000,
  checkpointEveryMs: 250,
  drainMs: 5_000,
};
