/** What an aggregate that stands at some status can still come to. */
export type WayOut = {
  /** Nothing has to follow: it may rest here for good. */
  readonly isFinal: boolean;
  /** What leads out of it, in a sentence or two. */
  readonly leadsOut: string;
  /** The alert in `ops/observability/alerts.yml` that calls people where nothing leads out of it in time. */
  readonly alert: string | null;
};
