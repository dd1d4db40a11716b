import type { EventStore, Head } from '../event-store';
import type { HealthPart } from '../health';
import type { ProjectionStatus } from './projection-daemon';

/** The lag above which a read model must not be read. */
const LAG_SECONDS_MAX = 10;

const wholeSeconds = (seconds: number): string => `${Math.round(seconds)} s`;

/** Describes why a read model is behind, and how long its rebuild still takes. */
const reasonOf = ({ rebuild, detail, status }: ProjectionStatus): string => {
  const reasons = [status === 'paused' ? 'it is paused' : undefined, detail ?? undefined];
  if (rebuild !== null) {
    const { version, done, total, etaSeconds } = rebuild;
    const left = etaSeconds === null ? '' : `, about ${wholeSeconds(etaSeconds)} left`;
    reasons.push(`version ${version} is being built: ${done} of ${total} events${left}`);
  }
  const given = reasons.filter((reason) => reason !== undefined);
  return given.length === 0 ? '' : ` (${given.join('; ')})`;
};

/** @param isStarting - true while the read models do not include all events that were stored at the first check. */
const lagText = (status: ProjectionStatus, isStarting: boolean): string => {
  const { name, lagEvents, lagSeconds } = status;
  const behind = isStarting
    ? `is still ${lagEvents} ${lagEvents === 1 ? 'event' : 'events'} behind since the start`
    : `is ${wholeSeconds(lagSeconds)} behind`;
  return `${name} ${behind}${reasonOf(status)}`;
};

/**
 * Creates a check that the read models are current enough to be read. At first they must include all events that were
 * stored at the first check, with those of the start itself. After that, no event may wait for more than ten seconds. The
 * serving copy of a read model counts.
 */
export const createReadModelsCheck = (
  store: Pick<EventStore, 'head'>,
  statuses: () => Promise<readonly ProjectionStatus[]>,
): (() => Promise<HealthPart>) => {
  let first: { readonly head: Head } | undefined;
  let isCurrent = false;
  return async () => {
    first ??= { head: await store.head() };
    const { head } = first;
    const isShown = ({ position }: ProjectionStatus): boolean =>
      head === undefined || (position !== undefined && position >= head);
    const found = await statuses();
    isCurrent ||= found.every(isShown);
    const behind = found.filter((one) => (isCurrent ? one.lagSeconds > LAG_SECONDS_MAX : !isShown(one)));
    if (behind.length === 0) return { ready: true };
    return { ready: false, detail: behind.map((one) => lagText(one, !isCurrent)).join(', ') };
  };
};
