import { epochMsOf } from '../../domain/kernel';
import type { Bus } from '../bus';
import type { Clock, Random } from '../clock';
import { createGate } from '../concurrency';
import { waitingSeconds, type EventStore, type Head, type Position } from '../event-store';
import type { ReadModels } from '../read-models';
import { silentLogger, type Logger } from '../telemetry';
import { collectionOf, projectionBuilds } from './builds';
import type { Comparison } from './compare';
import { diffCopies } from './diff';
import { detailOf } from './detail';
import { EventDensityEstimate } from './distance';
import { runtimeLimits, type RuntimeLimits } from './limits';
import { ReadModelVersions } from './read-model-versions';
import {
  OperationRejected,
  outcomeOf,
  wrongState,
  type OperatedCopy,
  type Operation,
  type OperationOutcome,
  type Operations,
  type RebuildOptions,
} from './operations';
import { parkedEvents, type ParkedEvent } from './parked';
import type { ProjectionWorkerView } from './projection-worker';
import type { AnyProjection, Fingerprints, Projection } from './projection';
import { lagOf, progressOf, type RebuildProgress } from './progress';
import { serveRequests } from './requests';
import { SharedHistory } from './shared-history';
import { verifyProjection, type Verification } from './verify';

export type ProjectionDaemonOptions = {
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly projections: readonly AnyProjection[];
  /** A copy that other code has built is reported. Absent: it is not noticed. */
  readonly fingerprints?: Fingerprints | undefined;
  /** Called for every changed document that readers can see, after it was written. */
  readonly bus?: Pick<Bus, 'announce'>;
  /** Whether other processes request operations, through the read models. Default false. */
  readonly servesRequests?: boolean | undefined;
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
 * The running projections of this process, by their collections' names, without version. The single operations throw
 * `OperationRejected`; `perform` returns it as a value.
 */
export interface ProjectionDaemon extends Operations {
  status(): Promise<readonly ProjectionStatus[]>;
  /**
   * Waits until the serving copy includes everything up to `position`; false after the timeout.
   *
   * @throws Fault `OVERLOADED` if too many wait.
   */
  waitFor(name: string, position: Position, timeoutMs: number): Promise<boolean>;
  /** Waits for all serving copies. */
  waitForAll(position: Position, timeoutMs: number): Promise<boolean>;
  /** Pauses a build, also over restarts; others continue. @param version - default: the serving one. */
  pause(name: string, version?: number): Promise<void>;
  resume(name: string, version?: number): Promise<void>;
  /** Rebuilds the read model beside the serving copy; continues after a restart. @returns the new build's version. */
  rebuild(name: string, options?: Partial<RebuildOptions>): Promise<number>;
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

/** While some large batches are written, another one is folded. */
const BULK_MAX = 4;
/** More than there are copies. */
const BULK_WAITING_MAX = 1_000;

const notFound = (readModel: string): OperationRejected =>
  new OperationRejected({ code: 'READ_MODEL_NOT_FOUND', readModel });

type Deps = Omit<ProjectionDaemonOptions, 'projections' | 'limits' | 'logger'> & {
  readonly logger: Logger;
  readonly limits: RuntimeLimits;
};

class RunningProjections implements ProjectionDaemon {
  private readonly stopping = new AbortController();
  private readonly density = new EventDensityEstimate();
  private readonly projections: ReadonlyMap<string, Projection>;
  private readonly versionsByName: ReadonlyMap<string, ReadModelVersions>;
  private requestsRun: Promise<void> = Promise.resolve();

  constructor(
    projections: readonly Projection[],
    private readonly deps: Deps,
  ) {
    const { density } = this;
    const shared = {
      ...deps,
      density,
      history: new SharedHistory({
        store: deps.store,
        clock: deps.clock,
        density,
        limits: { eventsMax: deps.limits.historyPageMax },
      }),
      bulk: createGate('large batches of read models', {
        concurrentMax: BULK_MAX,
        waitingMax: BULK_WAITING_MAX,
      }),
    };
    this.projections = new Map(projections.map((projection) => [projection.collection.name, projection]));
    this.versionsByName = new Map(
      projections.map((projection) => [
        projection.collection.name,
        new ReadModelVersions(projection, {
          ...shared,
          code: deps.fingerprints?.get(projection.collection.name),
        }),
      ]),
    );
  }

  async start(): Promise<void> {
    const { signal } = this.stopping;
    for (const internal of [parkedEvents, projectionBuilds]) await this.deps.readModels.ensure(internal);
    for (const versions of this.versionsByName.values()) await versions.open();
    this.reportOtherCode();
    for (const versions of this.versionsByName.values()) versions.start(signal);
    if (this.deps.servesRequests) this.requestsRun = serveRequests(this.deps, this, signal);
  }

  async status(): Promise<readonly ProjectionStatus[]> {
    const head = await this.deps.store.head();
    const ages = new Map<Position | undefined, Promise<number>>();
    return Promise.all(
      [...this.versionsByName.values()].map((versions) => this.statusOf(versions, head, ages)),
    );
  }

  waitFor(name: string, position: Position, timeoutMs: number): Promise<boolean> {
    return this.versionsOf(name).waitFor(position, timeoutMs);
  }

  async waitForAll(position: Position, timeoutMs: number): Promise<boolean> {
    const reached = [...this.versionsByName.values()].map((versions) =>
      versions.waitFor(position, timeoutMs),
    );
    return (await Promise.all(reached)).every(Boolean);
  }

  pause(name: string, version?: number): Promise<void> {
    const versions = this.versionsOf(name);
    return versions.setPaused(version ?? versions.current.version, true);
  }

  resume(name: string, version?: number): Promise<void> {
    const versions = this.versionsOf(name);
    return versions.setPaused(version ?? versions.current.version, false);
  }

  async rebuild(name: string, options: Partial<RebuildOptions> = {}): Promise<number> {
    const [copy] = await this.rebuildAll([name], { promotes: true, ...options });
    if (copy === undefined) throw notFound(name);
    return copy.version;
  }

  async diff(name: string): Promise<Comparison> {
    return diffCopies(this.deps, this.projectionOf(name));
  }

  promote(name: string): Promise<number> {
    return this.versionsOf(name).promote();
  }

  rollBack(name: string): Promise<number> {
    return this.versionsOf(name).rollBack();
  }

  retire(name: string): Promise<void> {
    return this.versionsOf(name).retire();
  }

  async verify(name: string): Promise<Verification> {
    const { current, candidate } = this.versionsOf(name);
    const projection = this.projectionOf(name);
    const build = current.isOwn ? current : candidate;
    if (build === undefined) throw wrongState(name, 'it has no copy that this code has made');
    return verifyProjection(this.deps, projection, collectionOf(projection.collection, build));
  }

  perform(operation: Operation): Promise<OperationOutcome> {
    return outcomeOf(() => this.performed(operation));
  }

  async stop(): Promise<void> {
    this.stopping.abort(new Error('The projections stop'));
    await this.requestsRun;
    for (const versions of this.versionsByName.values()) await versions.ended();
  }

  private async performed(operation: Operation): Promise<readonly OperatedCopy[]> {
    switch (operation.action) {
      case 'rebuild':
        return this.rebuildAll(operation.readModels, operation);
      case 'pause':
      case 'resume': {
        const { readModel, action } = operation;
        const version = operation.version ?? this.versionsOf(readModel).current.version;
        await this.versionsOf(readModel).setPaused(version, action === 'pause');
        return [{ readModel, version }];
      }
      case 'promote':
        return [{ readModel: operation.readModel, version: await this.promote(operation.readModel) }];
      case 'rollback':
        return [{ readModel: operation.readModel, version: await this.rollBack(operation.readModel) }];
      case 'retire': {
        const { readModel } = operation;
        await this.retire(readModel);
        return [{ readModel, version: this.versionsOf(readModel).current.version }];
      }
      case 'replay':
        return [await this.replay(operation.parkedEventId)];
    }
  }

  private reportOtherCode(): void {
    const changed = [...this.versionsByName.values()].filter(({ hasOtherCode }) => hasOtherCode);
    if (changed.length === 0) return;
    this.deps.logger.warn(
      { readModels: changed.map(({ name }) => name) },
      'The code of read models has changed since their copies were built: a rebuild applies it to all documents',
    );
  }

  /** Starts all rebuilds, or none. They run once all are made, so that they read the history together. */
  private async rebuildAll(
    names: readonly string[],
    options: RebuildOptions,
  ): Promise<readonly OperatedCopy[]> {
    const unique = [...new Set(names)];
    for (const name of unique) this.versionsOf(name).demandRebuildable();
    const copies: OperatedCopy[] = [];
    try {
      for (const readModel of unique)
        copies.push({ readModel, version: await this.versionsOf(readModel).addCopy(options) });
    } finally {
      for (const { readModel, version } of copies) this.versionsOf(readModel).run(version);
    }
    return copies;
  }

  private async replay(parkedEventId: string): Promise<OperatedCopy> {
    const parked = (await this.deps.readModels.get<ParkedEvent>(parkedEvents, parkedEventId))?.document;
    if (parked === undefined) throw new OperationRejected({ code: 'PARKED_EVENT_NOT_FOUND', parkedEventId });
    const { projection: readModel, version } = parked;
    await this.versionsOf(readModel).replay(parked);
    return { readModel, version };
  }

  /** @param ages - already computed ages, because many read models are at the same position. */
  private async statusOf(
    { name, current, candidate, code }: ReadModelVersions,
    head: Head,
    ages: Map<Position | undefined, Promise<number>>,
  ): Promise<ProjectionStatus> {
    const { store, clock } = this.deps;
    const { density } = this;
    const view = current.worker.view();
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
      rebuild: candidate ? progressOf(candidate.facts, candidate.worker.view(), { head, density }) : null,
      detail: detailOf(current, { stoppedBy: view.stoppedBy, code }),
    };
  }

  private versionsOf(name: string): ReadModelVersions {
    const versions = this.versionsByName.get(name);
    if (!versions) throw notFound(name);
    return versions;
  }

  private projectionOf(name: string): Projection {
    const projection = this.projections.get(name);
    if (!projection) throw notFound(name);
    return projection;
  }
}

/** Opens existing copies, makes missing ones, and runs all projections until `stop`. */
export const startProjectionDaemon = async (options: ProjectionDaemonOptions): Promise<ProjectionDaemon> => {
  const { projections, limits, logger = silentLogger, ...rest } = options;
  const runtime = new RunningProjections(projections, {
    ...rest,
    logger,
    limits: { ...runtimeLimits, ...limits },
  });
  await runtime.start();
  return runtime;
};
