import type { Backoff } from '../faults';
import type { StreamCacheLimits } from './stream-cache';

export type ExecutionLimits = StreamCacheLimits & {
  /** The limit of waiting commands of one stream. */
  readonly queuedPerStreamMax: number;
  /** The limit of waiting commands of all streams. */
  readonly queuedMax: number;
  /** The number of commands that are decided together and appended once. */
  readonly batchMax: number;
  /** The number of streams that are read or appended to at once: enough to fill one commit of the embedded store. */
  readonly streamsInFlightMax: number;
  /** The number of decisions of a batch while other writers append first. */
  readonly conflictAttemptsMax: number;
  /** The number of attempts of one append while its outcome is unknown. */
  readonly appendAttemptsMax: number;
  /** The default time limit of a command, in milliseconds. */
  readonly timeoutMs: number;
  readonly conflictBackoff: Backoff;
  readonly appendBackoff: Backoff;
};

/** For one process that serves a shop. */
export const defaultLimits: ExecutionLimits = {
  queuedPerStreamMax: 1_024,
  queuedMax: 10_000,
  batchMax: 256,
  streamsInFlightMax: 1_024,
  cacheBytesMax: 40 * 1024 * 1024,
  commandsRememberedMax: 4_096,
  conflictAttemptsMax: 3,
  appendAttemptsMax: 6,
  timeoutMs: 10_000,
  conflictBackoff: { baseMs: 2, factor: 4, maxMs: 50 },
  appendBackoff: { baseMs: 20, factor: 3, maxMs: 2_000 },
};
