import { setImmediate as nextTurn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Instant } from '../../domain/kernel';
import { within, type Clock } from '../clock';
import { createGate } from '../concurrency';
import { positionOf, type EventStore, type Position, type RecordedEvent } from '../event-store';
import { Fault } from '../faults';
import { memoryReadModels, type ReadModels } from '../read-models';
import { factsAsOf } from './as-of';
import { distance } from './distance';
import { foldInto, handles, targetsOf, type LoadedDocument } from './fold';
import type { AnyProjection, Projection } from './projection';

export type PastLimits = {
  /** The JSON of the documents of one read model. */
  readonly bytesMax: number;
  readonly buildMs: number;
  /** The longest wait of a reader for a build, which goes on after it. */
  readonly waitMs: number;
  /** The read models that stay in memory. */
  readonly keptMax: number;
};

export const pastLimits: PastLimits = {
  bytesMax: 32 * 1024 * 1024,
  buildMs: 300_000,
  waitMs: 5_000,
  keptMax: 2,
};

/** Builds that wait for the running one. */
const WAITING_MAX = 3;
/** Documents are weighed each time that so many bytes of events were folded. */
const WEIGHED_EVERY_BYTES = 8 * 1024 * 1024;
const WRITE_MAX = 500;

/** Read models as of moments of the past, each folded from all events into memory, on the side. */
export type PastReadModels = {
  /**
   * Returns a store with one read model as it was at a moment. It waits a little; the build goes on after that, and the same
   * call later finds it. One is built at a time, and the latest ones are kept.
   *
   * @throws Fault `PAST_BEING_BUILT` with how far it is, `HISTORY_TOO_LONG`, `OVERLOADED`.
   */
  at(projection: AnyProjection, asOf: Instant): Promise<ReadModels>;
};

type Deps = { readonly events: Pick<EventStore, 'readAll' | 'head'>; readonly clock: Clock };

const tooLong = (what: string): Fault =>
  new Fault(
    'HISTORY_TOO_LONG',
    `${what}. Make a data directory as of the moment with waybill fork --at, and read it there.`,
  );

/** One build: a fold of the whole history up to a moment. */
class Build {
  private readonly documents = new Map<string, LoadedDocument>();
  private read = 0;
  private position: Position | undefined;
  private head: Position | undefined;
  private taken = 0;
  private foldedBytes = 0;
  private weighedAt = 0;

  constructor(
    private readonly deps: Deps,
    private readonly limits: PastLimits,
    private readonly projection: Projection,
    private readonly asOf: Instant,
  ) {}

  /** Returns how far it is, as the end of a sentence. */
  progress(): string {
    const all = distance(undefined, this.head);
    const share = all === 0 ? 0 : Math.floor((100 * distance(undefined, this.position)) / all);
    return `${this.read} events read, ${share} % of the history`;
  }

  async run(): Promise<ReadModels> {
    this.head = await this.deps.events.head();
    for await (const event of factsAsOf(this.events(), this.asOf)) this.fold(event);
    this.weigh();
    return this.written();
  }

  private async *events(): AsyncIterable<RecordedEvent> {
    const { clock, events } = this.deps;
    const endMs = clock.monotonicMs() + this.limits.buildMs;
    for await (const event of events.readAll()) {
      this.read += 1;
      this.position = event.position;
      if (clock.monotonicMs() > endMs)
        throw tooLong(`It was not built within ${Math.round(this.limits.buildMs / 1_000)} s`);
      yield event;
    }
  }

  private fold(event: RecordedEvent): void {
    if (!handles(this.projection, event)) return;
    this.taken += 1;
    // A fact that was withheld comes after later ones, so the facts are numbered as they come.
    const { targets } = targetsOf(this.projection, [{ ...event, position: positionOf(this.taken) }]);
    foldInto(this.documents, this.projection, targets);
    for (const { ids } of targets) this.foldedBytes += ids.length * JSON.stringify(event.data).length;
    if (this.foldedBytes - this.weighedAt >= WEIGHED_EVERY_BYTES) this.weigh();
  }

  private weigh(): void {
    this.weighedAt = this.foldedBytes;
    let bytes = 0;
    for (const { document } of this.documents.values())
      bytes += document === undefined ? 0 : JSON.stringify(document).length;
    if (bytes > this.limits.bytesMax)
      throw tooLong(`Its documents are over ${Math.round(this.limits.bytesMax / 1024 / 1024)} MiB`);
  }

  private async written(): Promise<ReadModels> {
    const { collection } = this.projection;
    const readModels = memoryReadModels();
    await readModels.ensure(collection);
    const position = positionOf(this.taken);
    const upserts = [...this.documents.values()].flatMap(({ document }) =>
      document === undefined ? [] : [{ document, position }],
    );
    for (let at = 0; at < upserts.length; at += WRITE_MAX) {
      await readModels.write({
        collection,
        upserts: upserts.slice(at, at + WRITE_MAX),
        deletes: [],
        position,
      });
      await nextTurn();
    }
    return readModels;
  }
}

type Built = { readonly build: Build; readonly readModels: Promise<ReadModels> };

export const createPastReadModels = (deps: Deps, limits: PastLimits = pastLimits): PastReadModels => {
  const kept = new LRUCache<string, Built>({ max: limits.keptMax });
  const gate = createGate('a read model of the past', { concurrentMax: 1, waitingMax: WAITING_MAX });

  const begin = (key: string, projection: AnyProjection, asOf: Instant): Built => {
    const build = new Build(deps, limits, projection as unknown as Projection, asOf);
    const built = { build, readModels: gate.run(() => build.run()) };
    kept.set(key, built);
    // A build that failed is not kept. Its readers get the error.
    built.readModels.catch(() => kept.get(key) === built && kept.delete(key));
    return built;
  };

  return {
    at: (projection, asOf) => {
      const { name, version } = projection.collection;
      const key = `${name} ${version} ${asOf}`;
      const { build, readModels } = kept.get(key) ?? begin(key, projection, asOf);
      const notYet = (): Fault =>
        new Fault(
          'PAST_BEING_BUILT',
          `${name} as of ${asOf} is being built: ${build.progress()}. Send the same query again.`,
        );
      return within(deps.clock, limits.waitMs, readModels, notYet);
    },
  };
};
