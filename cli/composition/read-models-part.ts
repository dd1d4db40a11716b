import type { Readiness } from '../../gateways/graphql';
import type { Head } from '../../platform/event-store';
import type { ProjectionDaemon, ProjectionStatus } from '../../platform/projections';
import type { Engines, Surroundings } from './engines';
import { projectionStatus } from './read-side';

type Part = Readiness['parts'][string];

/** A read model that is further behind than this is not fit to be read from. */
const LAG_SECONDS_MAX = 10;

const wholeSeconds = (seconds: number): string => `${Math.round(seconds)} s`;

/** What a person who waits wants to know: why it is behind, and for how long. */
const reasonOf = ({ rebuild, detail, status }: ProjectionStatus): string => {
  const reasons = [detail ?? (status === 'paused' ? 'it is paused' : undefined)];
  if (rebuild !== null) {
    const { version, done, total, etaSeconds } = rebuild;
    const left = etaSeconds === null ? '' : `, about ${wholeSeconds(etaSeconds)} left`;
    reasons.push(`version ${version} is being built: ${done} of ${total} events${left}`);
  }
  const known = reasons.filter((reason) => reason !== undefined);
  return known.length === 0 ? '' : ` (${known.join('; ')})`;
};

/** @param isStarting - whether the process has not yet shown everything that there was when it was first asked. */
const told = (status: ProjectionStatus, isStarting: boolean): string => {
  const { name, lagEvents, lagSeconds } = status;
  const behind = isStarting
    ? `is still ${lagEvents} ${lagEvents === 1 ? 'event' : 'events'} behind since the start`
    : `is ${wholeSeconds(lagSeconds)} behind`;
  return `${name} ${behind}${reasonOf(status)}`;
};

/**
 * Whether the read models that this process shows, or keeps, are current enough. At first that takes everything that was stored
 * when it was first asked, what this start itself has stored included; from then on, nothing may wait for longer than ten
 * seconds. A read model counts by the copy that readers see.
 */
export const createReadModelsPart = (
  engines: Pick<Engines, 'store' | 'readModels'>,
  projections: () => ProjectionDaemon | undefined,
  surroundings: Surroundings,
): (() => Promise<Part>) => {
  let first: { readonly head: Head } | undefined;
  let isCurrent = false;
  return async () => {
    first ??= { head: await engines.store.head() };
    const { head } = first;
    const isShown = ({ position }: ProjectionStatus): boolean =>
      head === undefined || (position !== undefined && position >= head);
    const status = await projectionStatus(projections(), engines, surroundings);
    isCurrent ||= status.every(isShown);
    const behind = status.filter((one) => (isCurrent ? one.lagSeconds > LAG_SECONDS_MAX : !isShown(one)));
    if (behind.length === 0) return { ready: true };
    return { ready: false, detail: behind.map((one) => told(one, !isCurrent)).join(', ') };
  };
};
