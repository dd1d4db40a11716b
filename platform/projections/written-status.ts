import { epochMsOf, type Instant } from '../../domain/kernel';
import type { Clock } from '../clock';
import type { EventStore, Head, Position } from '../event-store';
import type { ReadModels } from '../read-models';
import { collectionOf, factsOf, isMadeBy, readBuildsOf, type Build, type Builds } from './builds';
import { EventDensityEstimate } from './distance';
import type { AnyProjection, Fingerprints, Projection } from './projection';
import { detailOf } from './detail';
import type { CopyFacts, RebuildProgress } from './progress';
import type { ProjectionStatus } from './projection-daemon';

export type WrittenStatusDeps = {
  readonly store: Pick<EventStore, 'head' | 'readAll'>;
  readonly readModels: ReadModels;
  readonly projections: readonly AnyProjection[];
  /** The fingerprints of the code of this process, by read model. */
  readonly fingerprints?: Fingerprints | undefined;
  readonly clock: Clock;
};

/** The number of events that are read to measure a lag; beyond it their number is estimated. */
const SAMPLE = 100;
/** The time by which the checkpoint of a current projection may be late. */
const KEEPS_UP_SECONDS = 2;

type Behind = Pick<ProjectionStatus, 'lagEvents' | 'lagSeconds'>;

const CURRENT: Behind = { lagEvents: 0, lagSeconds: 0 };

const secondsSince = (instant: Instant, clock: Clock): number =>
  Math.max(0, epochMsOf(clock.now()) - epochMsOf(instant)) / 1_000;

/** Computes how far positions are behind one head of the store, once for each. */
class Distances {
  private readonly density = new EventDensityEstimate();
  private readonly cache = new Map<Position | undefined, Promise<Behind>>();

  constructor(
    readonly head: Head,
    private readonly deps: WrittenStatusDeps,
  ) {}

  behind(position: Position | undefined): Promise<Behind> {
    const cached = this.cache.get(position);
    if (cached) return cached;
    const measured = this.measure(position);
    this.cache.set(position, measured);
    return measured;
  }

  /** Returns the estimated number of events up to a position. */
  async upTo(position: Position | undefined): Promise<number> {
    // This also measures the scale of the positions when nothing is behind.
    await this.behind(undefined);
    return this.density.eventsBetween(undefined, position);
  }

  private async measure(position: Position | undefined): Promise<Behind> {
    const { head, density } = this;
    const { store, clock } = this.deps;
    if (head === undefined || (position !== undefined && position >= head)) return CURRENT;
    const unseen = [];
    for await (const event of store.readAll({ after: position, limit: SAMPLE })) unseen.push(event);
    const [oldest, last] = [unseen[0], unseen.at(-1)];
    if (oldest === undefined) return CURRENT;
    density.learn(unseen.length, position, last?.position);
    const lagEvents =
      unseen.length < SAMPLE ? unseen.length : Math.max(SAMPLE, density.eventsBetween(position, head));
    return { lagEvents, lagSeconds: secondsSince(oldest.recordedAt, clock) };
  }
}

const stateOf = (build: Build | undefined, { lagSeconds }: Behind): ProjectionStatus['status'] => {
  if (build?.paused) return 'paused';
  return lagSeconds > KEEPS_UP_SECONDS ? 'catching-up' : 'live';
};

const progressOf = async (
  build: Build,
  facts: CopyFacts,
  {
    position,
    distances,
    clock,
  }: {
    readonly position: Position | undefined;
    readonly distances: Distances;
    readonly clock: Clock;
  },
): Promise<RebuildProgress> => {
  const behind = await distances.behind(position);
  const done = await distances.upTo(position);
  const elapsed = secondsSince(build.startedAt, clock);
  const eventsPerSecond = elapsed === 0 ? 0 : done / elapsed;
  const left = behind.lagEvents;
  return {
    ...facts,
    status: stateOf(build, behind),
    done,
    total: done + left,
    eventsPerSecond,
    etaSeconds: left === 0 ? 0 : eventsPerSecond > 0 ? left / eventsPerSecond : null,
  };
};

const statusOf = async (
  { collection }: Projection,
  { builds, previous, declared = collection.version }: Pick<Builds, 'builds' | 'previous' | 'declared'>,
  { distances, readModels, clock, fingerprints }: WrittenStatusDeps & { readonly distances: Distances },
): Promise<ProjectionStatus> => {
  const { name } = collection;
  const version = (await readModels.promoted(name)) ?? collection.version;
  // By the version of the code that maintains the read model, which may be newer or older than this.
  const candidate = builds.findLast((build) => isMadeBy(build, declared) && build.version !== version);
  const served = builds.find((build) => build.version === version);
  const checkpoint = (at: { readonly version: number }): Promise<Position | undefined> =>
    readModels.checkpoint(collectionOf(collection, at));
  const position = await checkpoint({ version });
  const behind = await distances.behind(position);
  return {
    name,
    version,
    position,
    head: distances.head,
    ...behind,
    status: stateOf(served, behind),
    rebuild: candidate
      ? await progressOf(candidate, factsOf(candidate, { previous }), {
          position: await checkpoint(candidate),
          distances,
          clock,
        })
      : null,
    detail: served ? detailOf(served, { code: fingerprints?.get(name) }) : null,
  };
};

/**
 * Returns the status of projections in another process, by their stored positions: for the serving copy at most a
 * moment old. Rates are averages since a build began; a failure is not visible here.
 */
export const writtenStatus = async (deps: WrittenStatusDeps): Promise<readonly ProjectionStatus[]> => {
  // The head is read first, so that a current projection does not seem to lag by later events.
  const distances = new Distances(await deps.store.head(), deps);
  const projections: readonly Projection[] = deps.projections;
  const names = projections.map(({ collection }) => collection.name);
  const builds = await readBuildsOf(deps.readModels, names);
  return Promise.all(
    projections.map((projection) =>
      statusOf(projection, builds.get(projection.collection.name) ?? { builds: [], previous: null }, {
        ...deps,
        distances,
      }),
    ),
  );
};
