import type { Backoff } from '../../platform/faults';

const HOUR_MS = 3_600_000;

/** The time for which deliveries are kept, in any state: a week. */
export const KEPT_MS = 7 * 24 * HOUR_MS;

export type WebhookLimits = {
  /** The delays before a failed delivery is sent again. */
  readonly retries: Backoff;
  /** The attempts of a delivery; with the delays, they take about a day. */
  readonly attemptsMax: number;
  /** The pauses of an endpoint between its failures, whichever deliveries fail. */
  readonly pauses: Backoff;
  /** The time limit of an attempt, in milliseconds. */
  readonly timeoutMs: number;
  readonly bodyBytesMax: number;
  /** The attempts at once: to one endpoint, to all of an owner, and to all. */
  readonly ofEndpointMax: number;
  readonly ofOwnerMax: number;
  readonly ofAllMax: number;
  /** An endpoint is disabled after failing for so long, and so often, without a success. */
  readonly disableAfterMs: number;
  readonly disableAfterFailures: number;
  /** The number of waiting deliveries at which an endpoint is disabled. */
  readonly backlogMax: number;
  /** The number of delivered and of failed deliveries that are kept of an endpoint. */
  readonly settledMax: number;
  /** The interval at which old deliveries are removed, in milliseconds. */
  readonly tidyEveryMs: number;
};

export const webhookLimits: WebhookLimits = {
  retries: { baseMs: 30_000, factor: 3, maxMs: 6 * HOUR_MS },
  attemptsMax: 11,
  pauses: { baseMs: 5_000, factor: 2, maxMs: HOUR_MS / 4 },
  timeoutMs: 15_000,
  bodyBytesMax: 512 * 1024,
  ofEndpointMax: 4,
  ofOwnerMax: 8,
  ofAllMax: 64,
  disableAfterMs: 24 * HOUR_MS,
  disableAfterFailures: 15,
  backlogMax: 50_000,
  settledMax: 1_000,
  tidyEveryMs: HOUR_MS / 6,
};
