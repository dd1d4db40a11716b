import type { Head } from '../event-store';
import type { EventDensityEstimate } from './distance';
import type { ProjectionWorkerView } from './projection-worker';

/** The progress of a copy beside the serving one. In events; `total` and `etaSeconds` are estimates. */
export type RebuildProgress = {
  readonly version: number;
  /** True if it served before the last promotion, and is kept for a roll-back. */
  readonly isFormer: boolean;
  /** True if it is promoted as soon as it has caught up. */
  readonly promotes: boolean;
  readonly status: ProjectionWorkerView['state'];
  readonly done: number;
  readonly total: number;
  readonly eventsPerSecond: number;
  /** Null while there is no progress. */
  readonly etaSeconds: number | null;
};

/** Returns the number of events that a worker is behind: exact when it is live, else estimated from the positions. */
export const lagOf = (
  { position, waiting, state }: ProjectionWorkerView,
  head: Head,
  density: EventDensityEstimate,
): number => {
  if (head === undefined || (position !== undefined && position >= head)) return 0;
  return state === 'live' ? Math.max(1, waiting) : density.eventsBetween(position, head);
};

/** The facts about a copy that its record has. */
export type CopyFacts = Pick<RebuildProgress, 'version' | 'isFormer' | 'promotes'>;

export const progressOf = (
  { version, isFormer, promotes }: CopyFacts,
  view: ProjectionWorkerView,
  { head, density }: { readonly head: Head; readonly density: EventDensityEstimate },
): RebuildProgress => {
  const done = density.eventsBetween(undefined, view.position);
  const left = lagOf(view, head, density);
  const { eventsPerSecond } = view;
  return {
    version,
    isFormer,
    promotes,
    status: view.state,
    done,
    total: done + left,
    eventsPerSecond,
    etaSeconds: left === 0 ? 0 : eventsPerSecond > 0 ? left / eventsPerSecond : null,
  };
};
