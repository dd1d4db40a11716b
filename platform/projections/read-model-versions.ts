import type { Position } from '../event-store';
import { Fault, supervise } from '../faults';
import { collectionOf, nextVersion, readBuilds, writeBuilds, type Build, type Builds } from './builds';
import type { SharedSubscription } from './shared-subscription';
import { ProjectionWorker, type ProjectionWorkerDeps } from './projection-worker';
import type { Projection } from './projection';

export type ReadModelBuild = Build & { readonly pipeline: ProjectionWorker; readonly serving: boolean };

const refuse = (message: string): Fault => new Fault('INPUT_INVALID', message);

/** One read model with its copies: the one that serves, and any that is being built or kept beside it. */
export class ReadModelVersions {
  readonly name: string;
  private readonly pipelines = new Map<number, ProjectionWorker>();
  private readonly ends = new Map<number, AbortController>();
  private readonly running = new Set<Promise<void>>();
  private record: Builds;
  private promoted: number | undefined;
  private signal: AbortSignal = AbortSignal.abort();
  /** Changes of the record, one after the other. */
  private changing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly projection: Projection,
    private readonly hub: SharedSubscription,
    private readonly deps: ProjectionWorkerDeps,
  ) {
    this.name = projection.collection.name;
    this.record = { id: this.name, builds: [], previous: null, revision: 0 };
  }

  /** Finds out what there is, and makes what is missing; runs nothing yet. @returns the positions of what there is. */
  async open(): Promise<readonly (Position | undefined)[]> {
    const { readModels } = this.deps;
    const { collection } = this.projection;
    this.record = await readBuilds(readModels, this.name);
    this.promoted = await readModels.promoted(this.name);
    if (this.own.length === 0) await this.addBuild(this.promoted !== undefined);
    for (const build of this.own) this.pipelines.set(build.version, this.pipelineOf(build));
    // Before the first promotion there is nothing to be kept from readers.
    if (this.promoted === undefined) await this.promoteTo(this.own[0]?.version ?? collection.version);
    return Promise.all(
      this.own.map(async (build) => {
        await readModels.ensure(collectionOf(collection, build));
        return readModels.checkpoint(collectionOf(collection, build));
      }),
    );
  }

  /** @returns a promise that all builds have begun, or failed to. */
  start(signal: AbortSignal): Promise<unknown> {
    this.signal = signal;
    for (const version of this.pipelines.keys()) this.run(version);
    return Promise.all([...this.pipelines.values()].map(({ begun }) => begun));
  }

  /** Resolves when all that ran has ended. */
  async ended(): Promise<void> {
    await this.changing.catch(() => undefined);
    await Promise.all(this.running);
  }

  get builds(): readonly ReadModelBuild[] {
    return this.own.flatMap((build) => {
      const pipeline = this.pipelines.get(build.version);
      return pipeline ? [{ ...build, pipeline, serving: build.version === this.promoted }] : [];
    });
  }

  /** The build that readers see; while they still see one of other code, the one that is to follow it. */
  get current(): ReadModelBuild {
    const { builds } = this;
    const current = builds.find(({ serving }) => serving) ?? builds.at(-1);
    if (!current) throw new Error(`${this.name} was not opened`);
    return current;
  }

  /** The build that readers don't see, where there is one beside the one that they do. */
  get candidate(): ReadModelBuild | undefined {
    return this.builds.findLast((build) => build !== this.current && build.version !== this.current.version);
  }

  reaches(position: Position, timeoutMs: number): Promise<boolean> {
    const { serving, pipeline } = this.current;
    // Readers see documents of other code, which nobody keeps: they never get there.
    return serving ? pipeline.reaches(position, timeoutMs) : Promise.resolve(false);
  }

  setPaused(version: number, paused: boolean): Promise<void> {
    return this.change(async () => {
      const pipeline = this.pipelines.get(version);
      if (!pipeline) throw refuse(`${this.name} has no build ${version}`);
      if (paused) pipeline.pause();
      else pipeline.resume();
      await this.save({
        builds: this.record.builds.map((build) => (build.version === version ? { ...build, paused } : build)),
      });
    });
  }

  /** Begins a new copy beside the one that serves; an older one that waited beside it goes. */
  rebuild(promotes: boolean): Promise<number> {
    return this.change(async () => {
      if (this.candidate?.pipeline.view().state === 'catching-up')
        throw refuse(`${this.name} is being built already; retire that build first`);
      await this.retireAll();
      const version = await this.addBuild(promotes);
      const build = this.own.find((one) => one.version === version);
      if (build) this.pipelines.set(version, this.pipelineOf(build));
      this.run(version);
      return version;
    });
  }

  /** Readers see the other build from now on. */
  promote(): Promise<number> {
    return this.change(async () => {
      const { candidate } = this;
      if (!candidate) throw refuse(`${this.name} has no other build to promote`);
      if (candidate.pipeline.view().state !== 'live')
        throw refuse(`The build ${candidate.version} of ${this.name} has not caught up`);
      await this.promoteTo(candidate.version);
      return candidate.version;
    });
  }

  /** Readers see again what they saw before the last promotion. */
  rollBack(): Promise<number> {
    return this.change(async () => {
      const { previous } = this.record;
      if (previous === null || !this.pipelines.has(previous))
        throw refuse(`${this.name} has no build to go back to`);
      await this.promoteTo(previous);
      return previous;
    });
  }

  /** Lets go of every build that readers don't see, those of older code included. */
  retire(): Promise<void> {
    return this.change(() => this.retireAll());
  }

  private get own(): readonly Build[] {
    const { version } = this.projection.collection;
    return this.record.builds.filter(({ declared }) => declared === version);
  }

  private change<Result>(work: () => Promise<Result>): Promise<Result> {
    const next = this.changing.catch(() => undefined).then(work);
    this.changing = next;
    return next;
  }

  private async save(change: Partial<Pick<Builds, 'builds' | 'previous'>>): Promise<void> {
    this.record = await writeBuilds(this.deps.readModels, { ...this.record, ...change });
  }

  private async addBuild(promotes: boolean): Promise<number> {
    const { version: declared } = this.projection.collection;
    const version = nextVersion(this.record, declared, this.promoted);
    const build = { version, declared, startedAt: this.deps.clock.now(), paused: false, promotes };
    await this.save({ builds: [...this.record.builds, build] });
    return version;
  }

  private async promoteTo(version: number): Promise<void> {
    await this.deps.readModels.promote(collectionOf(this.projection.collection, { version }));
    const previous = this.promoted ?? null;
    this.promoted = version;
    await this.save({ previous });
    for (const [each, pipeline] of this.pipelines) pipeline.serve(each === version);
  }

  private async retireAll(): Promise<void> {
    const { collection } = this.projection;
    for (const { version } of this.record.builds) {
      if (version === this.promoted) continue;
      this.ends.get(version)?.abort();
      await this.pipelines.get(version)?.ended;
      this.pipelines.delete(version);
      await this.deps.readModels.drop(collectionOf(collection, { version }));
    }
    await this.save({ builds: this.record.builds.filter(({ version }) => version === this.promoted) });
  }

  private pipelineOf(build: Build): ProjectionWorker {
    const collection = collectionOf(this.projection.collection, build);
    const pipeline = new ProjectionWorker(this.projection, collection, this.hub, this.deps);
    pipeline.serve(build.version === this.promoted);
    if (build.paused) pipeline.pause();
    return pipeline;
  }

  private run(version: number): void {
    const pipeline = this.pipelines.get(version);
    const build = this.own.find((one) => one.version === version);
    if (!pipeline || !build) return;
    const end = new AbortController();
    this.ends.set(version, end);
    const run = pipeline
      .run(AbortSignal.any([this.signal, end.signal]))
      .finally(() => this.running.delete(run));
    this.running.add(run);
    if (build.promotes && version !== this.promoted) void this.promoteWhenLive(version, pipeline);
  }

  private async promoteWhenLive(version: number, pipeline: ProjectionWorker): Promise<void> {
    if (!(await pipeline.becomesLive())) return;
    const { clock, random, logger } = this.deps;
    const done = new AbortController();
    const promote = (): Promise<void> =>
      this.change(async () => {
        if (this.pipelines.has(version)) await this.promoteTo(version);
        done.abort();
      });
    await supervise(promote, {
      clock,
      random,
      signal: AbortSignal.any([done.signal, this.signal]),
      backoff: { baseMs: 200, factor: 2, maxMs: 10_000 },
      onFailure: (error) => logger.error({ error, projection: this.name, version }, 'A promotion failed'),
    });
  }
}
