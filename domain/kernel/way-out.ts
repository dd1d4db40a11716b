/** The possible exits from one status of an aggregate. */
export type WayOut = {
  /** The aggregate may stay at this status for ever. */
  readonly isFinal: boolean;
  /** The ways out of the status, in one or two sentences. */
  readonly leadsOut: string;
  /** The alert in `ops/observability/alerts.yml` that fires where an aggregate stays too long at this status. */
  readonly alert: string | null;
};
