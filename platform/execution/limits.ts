import type { Backoff } from '../faults';

/** Everything has a limit. The defaults suit one process that serves a shop. */
export type ExecutionLimits = {
  /** Commands that wait for one stream. */
  readonly queuedPerStreamMax: number;
  /** Commands that wait for any stream. */
  readonly queuedMax: number;
  /** Commands that are decided together and appended once. */
  readonly batchMax: number;
  /** Streams that are read or appended to at once. */
  readonly streamsInFlightMax: number;
  /** What the cache holds: each stream weighs 1, and 1 for each command id that it remembers. */
  readonly cacheWeightMax: number;
  /** Command ids remembered for one stream. A repeat that is older is told by the domain's own ids only. */
  readonly commandsRememberedMax: number;
  /** How often a batch is decided when other writers come first. */
  readonly conflictAttemptsMax: number;
  /** How often the very same append is sent while its outcome is unknown. */
  readonly appendAttemptsMax: number;
  /** How long a command waits that names no time of its own, in milliseconds. */
  readonly timeoutMs: number;
  readonly conflictBackoff: Backoff;
  readonly appendBackoff: Backoff;
};

export const executionLimits: ExecutionLimits = {
  queuedPerStreamMax: 1_024,
  queuedMax: 10_000,
  batchMax: 256,
  streamsInFlightMax: 64,
  cacheWeightMax: 50_000,
  commandsRememberedMax: 4_096,
  conflictAttemptsMax: 3,
  appendAttemptsMax: 6,
  timeoutMs: 10_000,
  conflictBackoff: { baseMs: 2, factor: 4, maxMs: 50 },
  appendBackoff: { baseMs: 20, factor: 3, maxMs: 2_000 },
};
