import type { Backoff } from '../faults';

export type ReactionLimits = {
  /** The highest number of concurrent reactions of one reactor to one type of event. */
  readonly concurrentMax: number;
  /** The highest number for retries of parked reactions, which use slots of their own. */
  readonly concurrentRetriesMax: number;
  /** The limit of events that were read and are not done, and of done events after them. */
  readonly keptMax: number;
  /** The attempts of a reaction that fails with a temporary fault; then it is parked and retried automatically. */
  readonly faultTriesMax: number;
  /** The attempts of a reaction that fails otherwise; then it is parked for an operator. */
  readonly errorTriesMax: number;
  readonly backoff: Backoff;
  /** The interval of automatic retries, in milliseconds. */
  readonly retryEveryMs: number;
  /** The number of parked reactions of one reactor that are retried at a time. */
  readonly retryMax: number;
  /** The shortest time between two checkpoints, in milliseconds. */
  readonly checkpointEveryMs: number;
  /** The time for which `stop` waits for running reactions, in milliseconds. */
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
