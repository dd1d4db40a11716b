import { isDeepStrictEqual } from 'node:util';
import type { Position } from '../event-store';
import { supervise } from '../faults';
import { logBuild, whenSettled } from './build-log';
import {
  collectionOf,
  factsOf,
  isMadeBy,
  isOfOtherCode,
  nextVersion,
  readBuilds,
  writeBuilds,
  type Build,
  type Builds,
} from './builds';
import { wrongState, type OperationRejected, type RebuildOptions } from './operations';
import { buildsAtStart } from './opening';
import { ProjectionWorker, type ProjectionWorkerDeps } from './projection-worker';
import { forgetParked, type ParkedEvent } from './parked';
import type { Projection } from './projection';
import type { CopyFacts } from './progress';
import { NOTICE_WITHIN_MS } from './reader';
import type { SharedHistory } from './shared-history';

/** A build with its worker. `isOwn`: this code alone has made it. */
export type ReadModelBuild = Build & {
  readonly facts: CopyFacts;
  readonly worker: ProjectionWorker;
  readonly serving: boolean;
  readonly isOwn: boolean;
};

/**
 * One read model with its copies: the serving one, and others that are built or kept beside it. The serving copy of any
 * version is kept current until the one of this code's version has caught up and is promoted.
 */
export class ReadModelVersions {
  readonly name: string;
  readonly code: string | undefined;
  private readonly workers = new Map<number, ProjectionWorker>();
  private readonly stops = new Map<number, AbortController>();
  private readonly running = new Set<Promise<void>>();
  private record: Builds;
  private promoted: number | undefined;
  /** The previous serving version, and the time until which some readers may use it. */
  private superseded: { readonly version: number; readonly untilMs: number } | undefined;
  private signal: AbortSignal = AbortSignal.abort();
  /** The last change of the record; changes run one after the other. */
  private changing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly projection: Projection,
    private readonly deps: ProjectionWorkerDeps & {
      readonly history: SharedHistory;
      /** The fingerprint of the projection's code; unknown if absent. */
      readonly code: string | undefined;
    },
  ) {
    this.name = projection.collection.name;
    this.code = deps.code;
    this.record = { id: this.name, builds: [], previous: null, revision: 0 };
  }

  /** Reads the existing copies and makes missing ones, without running them. */
  async open(): Promise<void> {
    const { readModels, clock } = this.deps;
    const { collection, predecessor } = this.projection;
    const found = await readBuilds(readModels, this.name);
    this.promoted = await readModels.promoted(this.name);
    this.record = buildsAtStart(found, {
      declared: collection.version,
      predecessor: predecessor?.collection.version,
      promoted: this.promoted,
      now: clock.now(),
      code: this.code,
    });
    // Before the first event is folded, because code of the other version must know about it.
    if (!isDeepStrictEqual(this.record, found)) await this.save({});
    const kept = this.record.builds.filter((build) => this.isOwn(build) || build.version === this.promoted);
    for (const build of kept) this.workers.set(build.version, this.workerOf(build));
    // Before the first promotion there is no copy to protect.
    if (this.promoted === undefined) await this.promoteTo(this.own[0]?.version ?? collection.version);
    await Promise.all(
      kept.map(async (build) => {
        const itsCollection = collectionOf(collection, build);
        if (this.isOwn(build)) await readModels.ensure(itsCollection);
        this.workers.get(build.version)?.setPosition(await readModels.checkpoint(itsCollection));
      }),
    );
  }

  start(signal: AbortSignal): void {
    this.signal = signal;
    for (const version of this.workers.keys()) this.run(version);
    const { current, candidate } = this;
    if (!current.isOwn && candidate)
      this.deps.logger.info(
        { projection: this.name, serves: current.version, version: candidate.version },
        'A read model is built in the version of this code; the other version serves until then',
      );
    const dropped = this.change(() => this.dropUnusable())
      .catch((error: unknown) =>
        this.deps.logger.warn(
          { error, projection: this.name },
          'An old copy of a read model was not dropped',
        ),
      )
      .finally(() => this.running.delete(dropped));
    this.running.add(dropped);
  }

  /** Resolves when all workers have ended. */
  async ended(): Promise<void> {
    await this.changing.catch(() => undefined);
    await Promise.all(this.running);
  }

  get builds(): readonly ReadModelBuild[] {
    return this.record.builds.flatMap((build) => {
      const worker = this.workers.get(build.version);
      const serving = build.version === this.promoted;
      const facts = factsOf(build, this.record);
      return worker ? [{ ...build, facts, worker, serving, isOwn: this.isOwn(build) }] : [];
    });
  }

  /** Returns the serving build. */
  get current(): ReadModelBuild {
    const { builds } = this;
    const current = builds.find(({ serving }) => serving) ?? builds.at(-1);
    if (!current) throw new Error(`${this.name} was not opened`);
    return current;
  }

  /** Returns this code's build beside the serving one, if there is one. */
  get candidate(): ReadModelBuild | undefined {
    const { version } = this.current;
    return this.builds.findLast((build) => build.isOwn && build.version !== version);
  }

  /** Whether other code of this version has built the serving copy, or the one that follows it. */
  get hasOtherCode(): boolean {
    const used = this.builds.filter(({ isOwn, facts }) => isOwn && !facts.isFormer);
    return used.some((build) => isOfOtherCode(build, this.code));
  }

  /** Waits until each copy that a reader may use includes everything up to `position`; false after the timeout. */
  async waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    const { clock } = this.deps;
    const startedMs = clock.monotonicMs();
    const { version, worker } = this.current;
    const reached = [worker.waitFor(position, timeoutMs), this.waitForSuperseded(position, timeoutMs)];
    if ((await Promise.all(reached)).every(Boolean)) return true;
    // Another copy may have been promoted meanwhile.
    if (version === this.current.version) return false;
    return this.waitFor(position, Math.max(0, timeoutMs - (clock.monotonicMs() - startedMs)));
  }

  setPaused(version: number, paused: boolean): Promise<void> {
    return this.change(async () => {
      const worker = this.workers.get(version);
      if (!worker) throw this.wrongState(`it has no copy of version ${version}`);
      if (paused) worker.pause();
      else worker.resume();
      await this.save({
        builds: this.record.builds.map((build) => (build.version === version ? { ...build, paused } : build)),
      });
    });
  }

  /** @throws OperationRejected while another copy is being built. */
  demandRebuildable(): void {
    this.rejectWhileBorrowed();
    const { candidate } = this;
    const state = candidate?.worker.view().state;
    if (candidate === undefined || candidate.facts.isFormer) return;
    if (state === 'live' || state === 'failed') return;
    const isPaused = state === 'paused' ? ', and is paused' : '';
    throw this.wrongState(`version ${candidate.version} is being built already${isPaused}`);
  }

  /** Makes a new copy beside the serving one, to be run; another one that waited is dropped. @returns its version. */
  addCopy(options: RebuildOptions): Promise<number> {
    return this.change(async () => {
      this.demandRebuildable();
      await this.retireAll();
      const build = await this.addBuild(options);
      await this.deps.readModels.ensure(collectionOf(this.projection.collection, build));
      this.workers.set(build.version, this.workerOf(build));
      return build.version;
    });
  }

  /** Promotes the other build. */
  promote(): Promise<number> {
    return this.change(async () => {
      const { candidate, current } = this;
      if (!candidate) throw this.wrongState('it has no other copy to promote');
      if (current.isOwn && candidate.version < current.version)
        throw this.wrongState(`its other copy, version ${candidate.version}, is older: roll back to it`);
      if (candidate.worker.view().state !== 'live')
        throw this.wrongState(`version ${candidate.version} has not caught up`);
      await this.promoteTo(candidate.version);
      return candidate.version;
    });
  }

  /** Promotes the build from before the last promotion. */
  rollBack(): Promise<number> {
    return this.change(async () => {
      const { previous } = this.record;
      if (previous === null || !this.own.some(({ version }) => version === previous))
        throw this.wrongState('it has no earlier copy');
      await this.promoteTo(previous);
      return previous;
    });
  }

  /** Drops every build except the serving one, including those of older code. */
  retire(): Promise<void> {
    return this.change(() => {
      this.rejectWhileBorrowed();
      return this.retireAll();
    });
  }

  /** Corrects a copy by an event that it omitted. */
  async replay(parked: ParkedEvent): Promise<void> {
    const build = this.builds.find(({ version }) => version === parked.version);
    if (build === undefined) throw this.wrongState(`it has no copy of version ${parked.version}`);
    if (!build.isOwn) throw this.wrongState(`code of another version has made version ${parked.version}`);
    await build.worker.replay(parked);
  }

  /** Waits for the copy before the last promotion, while a reader may still use it. */
  private async waitForSuperseded(position: Position, timeoutMs: number): Promise<boolean> {
    if (this.superseded === undefined) return true;
    const { version, untilMs } = this.superseded;
    const leftMs = untilMs - this.deps.clock.monotonicMs();
    const worker = this.workers.get(version);
    if (leftMs <= 0 || worker === undefined) return true;
    return (await worker.waitFor(position, Math.min(timeoutMs, leftMs))) || leftMs <= timeoutMs;
  }

  /** Rejects a change that would drop the successor of a copy of other code. */
  private rejectWhileBorrowed(): void {
    const { current, candidate } = this;
    if (!current.isOwn && candidate !== undefined)
      throw this.wrongState(`version ${candidate.version}, that of this code, is being built already`);
  }

  private wrongState(reason: string): OperationRejected {
    return wrongState(this.name, reason);
  }

  private get own(): readonly Build[] {
    return this.record.builds.filter((build) => this.isOwn(build));
  }

  private isOwn(build: Build): boolean {
    return isMadeBy(build, this.projection.collection.version);
  }

  private change<Result>(work: () => Promise<Result>): Promise<Result> {
    const next = this.changing.catch(() => undefined).then(work);
    this.changing = next;
    return next;
  }

  private async save(change: Partial<Pick<Builds, 'builds' | 'previous'>>): Promise<void> {
    this.record = await writeBuilds(this.deps.readModels, { ...this.record, ...change });
  }

  private async addBuild({ promotes, budget }: RebuildOptions): Promise<Build> {
    const { version: declared } = this.projection.collection;
    const version = nextVersion(this.record, declared, this.promoted);
    const startedAt = this.deps.clock.now();
    const build = { version, declared, startedAt, paused: false, promotes, budget, code: this.code };
    await this.save({ builds: [...this.record.builds, build] });
    return build;
  }

  private async promoteTo(version: number): Promise<void> {
    await this.deps.readModels.promote(collectionOf(this.projection.collection, { version }));
    const previous = this.promoted ?? null;
    this.promoted = version;
    // Only once, so that after a later roll-back the next start does not promote it again.
    const builds = this.record.builds.map((build) =>
      build.version === version ? { ...build, promotes: false } : build,
    );
    await this.save({ previous, builds });
    for (const [each, worker] of this.workers) worker.serve(each === version);
    if (previous === null || previous === version) return;
    this.deps.logger.info({ projection: this.name, version, before: previous }, 'A read model was promoted');
    this.supersede(previous);
  }

  /**
   * Keeps the previous copy until all readers have noticed the promotion, a moment later; a borrowed copy is dropped
   * then.
   */
  private supersede(version: number): void {
    const { clock } = this.deps;
    this.superseded = { version, untilMs: clock.monotonicMs() + NOTICE_WITHIN_MS };
    const build = this.record.builds.find((one) => one.version === version);
    if (build === undefined || this.isOwn(build)) return;
    const stopped = clock
      .sleep(NOTICE_WITHIN_MS, this.signal)
      .then(() => this.change(() => this.stopWorker(version)))
      .catch(() => undefined)
      .finally(() => this.running.delete(stopped));
    this.running.add(stopped);
  }

  /** Drops copies that other code has continued and that no longer serve, because no code can use them. */
  private async dropUnusable(): Promise<void> {
    const isUsed = ({ version, continuedBy }: Build): boolean =>
      continuedBy === undefined || version === this.promoted;
    if (this.record.builds.every(isUsed)) return;
    for (const build of this.record.builds.filter((one) => !isUsed(one))) await this.drop(build);
    await this.save({ builds: this.record.builds.filter(isUsed) });
  }

  private async stopWorker(version: number): Promise<void> {
    if (version === this.promoted) return;
    this.stops.get(version)?.abort();
    await this.workers.get(version)?.ended;
    this.workers.delete(version);
  }

  private async drop(build: Build): Promise<void> {
    const { readModels } = this.deps;
    const collection = collectionOf(this.projection.collection, build);
    await readModels.drop(collection);
    await forgetParked(readModels, collection);
  }

  private async retireAll(): Promise<void> {
    for (const build of this.record.builds) {
      if (build.version === this.promoted) continue;
      await this.stopWorker(build.version);
      await this.drop(build);
    }
    const builds = this.record.builds.filter(({ version }) => version === this.promoted);
    await this.save({ builds, previous: null });
  }

  private workerOf(build: Build): ProjectionWorker {
    const { collection: declared, predecessor } = this.projection;
    const collection = collectionOf(declared, build);
    // In the collection as this code declares it, because its readers query it.
    const isExact = predecessor !== undefined && isMadeBy(build, predecessor.collection.version);
    const projection = isExact ? predecessor : this.projection;
    const isBorrowed = !isExact && !this.isOwn(build);
    const source = this.deps.history.source(build.budget);
    const worker = new ProjectionWorker(projection, collection, { ...this.deps, isBorrowed, source });
    worker.serve(build.version === this.promoted);
    if (build.paused) worker.pause();
    return worker;
  }

  /** Runs a copy. */
  run(version: number): void {
    const worker = this.workers.get(version);
    const build = this.record.builds.find((one) => one.version === version);
    if (!worker || !build) return;
    const end = new AbortController();
    const signal = AbortSignal.any([this.signal, end.signal]);
    this.stops.set(version, end);
    const run = worker.run(signal).finally(() => this.running.delete(run));
    this.running.add(run);
    if (!this.isOwn(build)) return;
    const isLive = worker.waitUntilLive();
    void logBuild(worker, this.deps, AbortSignal.any([signal, whenSettled(isLive)]));
    if (build.promotes && version !== this.promoted) void this.promoteOnce(isLive, version);
  }

  private async promoteOnce(isLive: Promise<boolean>, version: number): Promise<void> {
    if (!(await isLive)) return;
    const { clock, random, logger } = this.deps;
    const done = new AbortController();
    const promote = (): Promise<void> =>
      this.change(async () => {
        if (this.workers.has(version)) await this.promoteTo(version);
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
