import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Instant } from '../../domain/kernel';
import type { Clock } from '../clock';
import { positionOf, type EventStore, type RecordedEvent } from '../event-store';
import { Fault } from '../faults';
import { memoryReadModels, type ReadModels } from '../read-models';
import { factsAsOf } from './as-of';
import { foldInto, handles, targetsOf, type LoadedDocument } from './fold';
import { HistoryScan } from './history-scan';
import type { AnyProjection, Projection } from './projection';
import { createSideWork, type SideWorkLimits } from './side-work';

export type PastLimits = SideWorkLimits & {
  /** The JSON of the documents of one read model. */
  readonly bytesMax: number;
  readonly buildMs: number;
};

export const pastLimits: PastLimits = {
  bytesMax: 32 * 1024 * 1024,
  buildMs: 300_000,
  waitMs: 5_000,
  keptMax: 2,
};

/** Documents are weighed each time that so many bytes of events were folded. */
const WEIGHED_EVERY_BYTES = 8 * 1024 * 1024;
const WRITE_MAX = 500;

/** Read models as of moments of the past, each folded from all events into memory, on the side. */
export type PastReadModels = {
  /**
   * Returns a store with one read model as it was at a moment.
   *
   * @throws Fault `PAST_BEING_BUILT` with how far it is, `HISTORY_TOO_LONG`, `OVERLOADED`.
   */
  at(projection: AnyProjection, asOf: Instant): Promise<ReadModels>;
};

type Deps = { readonly events: Pick<EventStore, 'readAll' | 'head'>; readonly clock: Clock };

/** One build: a fold of the whole history up to a moment. */
class Build {
  private readonly documents = new Map<string, LoadedDocument>();
  private taken = 0;
  private foldedBytes = 0;
  private weighedAt = 0;

  constructor(
    private readonly projection: Projection,
    private readonly bytesMax: number,
  ) {}

  async run(facts: AsyncIterable<RecordedEvent>): Promise<ReadModels> {
    for await (const event of facts) this.fold(event);
    this.weigh();
    return this.written();
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
    if (bytes > this.bytesMax)
      throw new Fault(
        'HISTORY_TOO_LONG',
        `Its documents are over ${Math.round(this.bytesMax / 1024 / 1024)} MiB. Make a data directory as of the moment with waybill fork --at, and read it there.`,
      );
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

export const createPastReadModels = (deps: Deps, limits: PastLimits = pastLimits): PastReadModels => {
  const work = createSideWork<ReadModels>('a read model of the past', deps.clock, limits);
  return {
    at: (projection, asOf) => {
      const { name, version } = projection.collection;
      return work.result(`${name} (version ${version}) as of ${asOf}`, () => {
        const scan = new HistoryScan({ ...deps, scanMs: limits.buildMs });
        const build = new Build(projection, limits.bytesMax);
        return { progress: () => scan.progress(), run: () => build.run(factsAsOf(scan.events(), asOf)) };
      });
    },
  };
};
