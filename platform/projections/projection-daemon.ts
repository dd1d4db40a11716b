import { epochMsOf, type Millis } from '../../domain/kernel';
import type { Bus } from '../bus';
import type { Clock, Random } from '../clock';
import { waitingSeconds, type EventStore, type Head, type Position } from '../event-store';
import { Fault } from '../faults';
import type { ReadModels } from '../read-models';
import { silentLogger, type Logger } from '../telemetry';
import { collectionOf, projectionBuilds } from './builds';
import { collectionSource, compare, type Comparison } from './compare';
import { detailOf } from './detail';
import { EventDensityEstimate } from './distance';
import { SharedSubscription } from './shared-subscription';
import { runtimeLimits, type RuntimeLimits } from './limits';
import { ReadModelVersions, type ReadModelBuild } from './read-model-versions';
import { parkedEvents } from './parked';
import type { ProjectionWorkerView } from './projection-worker';
import type { AnyProjection, Projection } from './projection';
import { lagOf, progressOf, type RebuildProgress } from './progress';
import { verifyProjection, type Verification } from './verify';

export type ProjectionDaemonOptions = {
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly projections: readonly AnyProjection[];
  /** Called for every changed document that readers can see, after it was written. */
  readonly bus?: Pick<Bus, 'announce'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger?: Logger;
  /** Overrides of `runtimeLimits`. */
  readonly limits?: Partial<RuntimeLimits>;
};

export type ProjectionStatus = {
  readonly name: string;
  readonly version: number;
  readonly position: Position | undefined;
  readonly head: Head;
  /** Exact when live, else estimated from the positions. */
  readonly lagEvents: number;
  /** The age of the oldest waiting event; 0 if there is none. */
  readonly lagSeconds: number;
  readonly status: ProjectionWorkerView['state'];
  readonly rebuild: RebuildProgress | null;
  /** A sentence about the serving copy, if there is more to report. */
  readonly detail: string | null;
};

/**
 * The running projections of this process, by their collections' names, without version. An unknown name or a missing
 * build is Fault `INPUT_INVALID`.
 */
export interface ProjectionDaemon {
  status(): Promise<readonly ProjectionStatus[]>;
  /**
   * Waits until the serving copy includes everything up to `position`; false after the timeout.
   *
   * @throws Fault `OVERLOADED` if too many wait.
   */
  waitFor(name: string, position: Position, timeoutMs: number): Promise<boolean>;
  /** The same for all of them. */
  waitForAll(position: Position, timeoutMs: number): Promise<boolean>;
  /** Pauses a build, also over restarts; others go on. @param version - default: the serving one. */
  pause(name: string, version?: number): Promise<void>;
  resume(name: string, version?: number): Promise<void>;
  /**
   * Rebuilds the read model beside the serving copy; continues after a restart.
   *
   * @param promotes - true to promote it as soon as it has caught up, false to wait for `promote`.
   * @returns the new build's version.
   */
  rebuild(name: string, options?: { readonly promotes?: boolean }): Promise<number>;
  /** Returns the differences between the serving build (`actual`) and the other one (`expected`). */
  diff(name: string): Promise<Comparison>;
  /** Promotes the other build at once. @returns its version. */
  promote(name: string): Promise<number>;
  /** Promotes the build from before the last promotion. @returns its version. */
  rollBack(name: string): Promise<number>;
  /** Drops every build except the serving one. */
  retire(name: string): Promise<void>;
  /** Compares the serving copy with a fold of all events; if that is a copy of other code, the next one. */
  verify(name: string): Promise<Verification>;
  /** Ends after the present batch, with all positions stored. */
  stop(): Promise<void>;
}

type Deps = Omit<ProjectionDaemonOptions, 'projections' | 'limits' | 'logger'> & {
  readonly logger: Logger;
  readonly limits: RuntimeLimits;
};

class Runtime implements ProjectionDaemon {
  private readonly stopping = new AbortController();
  private readonly density = new EventDensityEstimate();
  private readonly hub: SharedSubscription;
  private readonly projections: ReadonlyMap<string, Projection>;
  private readonly lines: ReadonlyMap<string, ReadModelVersions>;
  private hubRun: Promise<void> = Promise.resolve();

  constructor(
    projections: readonly Projection[],
    private readonly deps: Deps,
  ) {
    const shared = { ...deps, density: this.density };
    this.hub = new SharedSubscription(shared);
    this.projections = new Map(projections.map((projection) => [projection.collection.name, projection]));
    this.lines = new Map(
      projections.map((projection) => [
        projection.collection.name,
        new ReadModelVersions(projection, this.hub, shared),
      ]),
    );
  }

  async start(): Promise<void> {
    const { readModels, store } = this.deps;
    for (const own of [parkedEvents, projectionBuilds]) await readModels.ensure(own);
    const positions: (Position | undefined)[] = [];
    for (const line of this.lines.values()) positions.push(...(await line.open()));
    const head = await store.head();
    // The furthest projections are fed from the first moment; the others read the missing events by themselves.
    const furthest = positions
      .filter((position) => position !== undefined && head !== undefined && position <= head)
      .sort()
      .at(-1);
    const { signal } = this.stopping;
    this.hub.begin(furthest);
    const begun = [...this.lines.values()].map((line) => line.start(signal));
    // So that projections at the same position share each read, without a long wait for one that cannot start.
    const patience = this.deps.clock.sleep(this.deps.limits.patienceMs as Millis, signal);
    this.hubRun = Promise.race([Promise.all(begun), patience])
      .catch(() => undefined)
      .then(() => this.hub.run(signal));
  }

  async status(): Promise<readonly ProjectionStatus[]> {
    const head = await this.deps.store.head();
    const ages = new Map<Position | undefined, Promise<number>>();
    return Promise.all([...this.lines.values()].map((line) => this.statusOf(line, head, ages)));
  }

  waitFor(name: string, position: Position, timeoutMs: number): Promise<boolean> {
    return this.line(name).reaches(position, timeoutMs);
  }

  async waitForAll(position: Position, timeoutMs: number): Promise<boolean> {
    const reached = [...this.lines.values()].map((line) => line.reaches(position, timeoutMs));
    return (await Promise.all(reached)).every(Boolean);
  }

  pause(name: string, version?: number): Promise<void> {
    const line = this.line(name);
    return line.setPaused(version ?? line.current.version, true);
  }

  resume(name: string, version?: number): Promise<void> {
    const line = this.line(name);
    return line.setPaused(version ?? line.current.version, false);
  }

  rebuild(name: string, { promotes = true }: { readonly promotes?: boolean } = {}): Promise<number> {
    return this.line(name).rebuild(promotes);
  }

  async diff(name: string): Promise<Comparison> {
    const { current, candidate } = this.line(name);
    const { collection } = this.projection(name);
    if (!candidate) throw new Fault('INPUT_INVALID', `${name} has no other build to compare with`);
    const { readModels, clock } = this.deps;
    const source = (build: ReadModelBuild) => collectionSource(readModels, collectionOf(collection, build));
    return compare(source(current), source(candidate), clock);
  }

  promote(name: string): Promise<number> {
    return this.line(name).promote();
  }

  rollBack(name: string): Promise<number> {
    return this.line(name).rollBack();
  }

  retire(name: string): Promise<void> {
    return this.line(name).retire();
  }

  async verify(name: string): Promise<Verification> {
    const { current, candidate } = this.line(name);
    const projection = this.projection(name);
    const build = current.isOwn ? current : candidate;
    if (build === undefined) throw new Fault('INPUT_INVALID', `${name} has no copy that this code has made`);
    return verifyProjection(this.deps, projection, collectionOf(projection.collection, build));
  }

  async stop(): Promise<void> {
    this.stopping.abort(new Error('The projections stop'));
    await this.hubRun;
    for (const line of this.lines.values()) await line.ended();
  }

  /** @param ages - already computed ages, because many read models are at the same position. */
  private async statusOf(
    { name, current, candidate }: ReadModelVersions,
    head: Head,
    ages: Map<Position | undefined, Promise<number>>,
  ): Promise<ProjectionStatus> {
    const { store, clock } = this.deps;
    const { density } = this;
    const view = current.pipeline.view();
    const { position, since } = view;
    const lagEvents = lagOf(view, head, density);
    const lookUp = (): Promise<number> => {
      const age = ages.get(position) ?? waitingSeconds(position, store, clock);
      ages.set(position, age);
      return age;
    };
    const age = (): number | Promise<number> =>
      since === undefined ? lookUp() : Math.max(0, epochMsOf(clock.now()) - epochMsOf(since)) / 1_000;
    return {
      name,
      version: current.version,
      position,
      head,
      lagEvents,
      lagSeconds: lagEvents === 0 ? 0 : await age(),
      status: view.state,
      rebuild: candidate ? progressOf(candidate.version, candidate.pipeline.view(), { head, density }) : null,
      detail: detailOf(current, view.stoppedBy),
    };
  }

  private line(name: string): ReadModelVersions {
    const line = this.lines.get(name);
    if (!line) throw new Fault('INPUT_INVALID', `There is no projection ${name}`);
    return line;
  }

  private projection(name: string): Projection {
    const projection = this.projections.get(name);
    if (!projection) throw new Fault('INPUT_INVALID', `There is no projection ${name}`);
    return projection;
  }
}

/** Opens existing copies, makes missing ones, and runs all projections until `stop`. */
export const startProjectionDaemon = async (options: ProjectionDaemonOptions): Promise<ProjectionDaemon> => {
  const { projections, limits, logger = silentLogger, ...rest } = options;
  const runtime = new Runtime(projections, {
    ...rest,
    logger,
    limits: { ...runtimeLimits, ...limits },
  });
  await runtime.start();
  return runtime;
};
