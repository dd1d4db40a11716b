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
  /** Told of every changed document that readers can see, after it was written. */
  readonly bus?: Pick<Bus, 'announce'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger?: Logger;
  /** What differs from `runtimeLimits`. */
  readonly limits?: Partial<RuntimeLimits>;
};

export type ProjectionStatus = {
  readonly name: string;
  readonly version: number;
  readonly position: Position | undefined;
  readonly head: Head;
  /** Exact when live, else estimated from the positions. */
  readonly lagEvents: number;
  /** The age of the oldest event that waits; 0 when none does. */
  readonly lagSeconds: number;
  readonly status: ProjectionWorkerView['state'];
  readonly rebuild: RebuildProgress | null;
  /** What else there is to say of the copy that readers see, in words. */
  readonly detail: string | null;
};

/**
 * The projections of this process, running. They go by their collections' names, without version. A name that is unknown,
 * or a build that is not there, is Fault `INPUT_INVALID`.
 */
export interface ProjectionDaemon {
  status(): Promise<readonly ProjectionStatus[]>;
  /**
   * Whether what readers see holds everything up to `position` before the time is up; answers as soon as it does.
   *
   * @throws Fault `OVERLOADED` when too many wait.
   */
  waitFor(name: string, position: Position, timeoutMs: number): Promise<boolean>;
  /** The same for all of them. */
  waitForAll(position: Position, timeoutMs: number): Promise<boolean>;
  /** Holds a build, also over restarts; others go on. @param version - default: the one that readers see. */
  pause(name: string, version?: number): Promise<void>;
  resume(name: string, version?: number): Promise<void>;
  /**
   * Builds the read model anew beside the one that serves; goes on after a restart.
   *
   * @param promotes - whether readers get it as soon as it has caught up, or when `promote` is called.
   * @returns the new build's version.
   */
  rebuild(name: string, options?: { readonly promotes?: boolean }): Promise<number>;
  /** What differs between the build that serves (`actual`) and the other one (`expected`). */
  diff(name: string): Promise<Comparison>;
  /** Gives readers the other build, at once. @returns its version. */
  promote(name: string): Promise<number>;
  /** Gives readers back what they had before the last promotion. @returns its version. */
  rollBack(name: string): Promise<number>;
  /** Drops every build that readers don't see. */
  retire(name: string): Promise<void>;
  /** Compares what readers see with a fold of all events; while that is a copy of other code, the one that is to follow it. */
  verify(name: string): Promise<Verification>;
  /** Ends after the batch at hand, with all positions written down. */
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
    // Whoever has come furthest is served from the first moment; the others read what they lack by themselves.
    const furthest = positions
      .filter((position) => position !== undefined && head !== undefined && position <= head)
      .sort()
      .at(-1);
    const { signal } = this.stopping;
    this.hub.begin(furthest);
    const begun = [...this.lines.values()].map((line) => line.start(signal));
    // So that those who are level share each read; but nobody waits long for one that can't begin.
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

  /** @param ages - what was looked up already: many read models are at the same position. */
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

/** Opens what is there, makes what is not, and runs all projections until `stop`. */
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
