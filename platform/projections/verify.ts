import type { Clock } from '../clock';
import type { EventStore, Position, RecordedEvent } from '../event-store';
import type { CollectionSpec, ReadModels, Stored, Document } from '../read-models';
import { collectionSource, compare, type Comparison, type Source } from './compare';
import { foldInto, targetsOf, type LoadedDocument } from './fold';
import { refusedDocuments } from './parked';
import type { AnyProjection, Projection } from './projection';

export type Verification = Comparison & {
  readonly name: string;
  readonly version: number;
  readonly events: number;
  /** The number of events on which the projection's code fails. */
  readonly failed: number;
  /** All events up to here were compared. */
  readonly position: Position | undefined;
};

const BATCH = 512;
const PAGE = 1_000;

/** A projection folded from the first event to the checkpoint of its read model, in memory. */
class Replay implements Source {
  private readonly documents = new Map<string, LoadedDocument>();
  events = 0;
  failed = 0;
  position: Position | undefined;
  private checkpoint: Position | undefined;
  private refused: ReadonlyMap<Position, ReadonlySet<string>> = new Map();

  constructor(
    private readonly store: EventStore,
    private readonly projection: Projection,
    private readonly readModels: ReadModels,
    private readonly spec: CollectionSpec,
  ) {}

  /**
   * Tests for a position beyond the checkpoint: an engine that writes a batch in pieces may have documents from an
   * interrupted one.
   */
  isBefore(position: Position): boolean {
    return this.checkpoint === undefined || position > this.checkpoint;
  }

  async refresh(): Promise<void> {
    this.checkpoint = await this.readModels.checkpoint(this.spec);
    // Read after the checkpoint, because omitted events are recorded before the checkpoint passes them.
    this.refused = await refusedDocuments(this.readModels, this.spec);
    let batch: RecordedEvent[] = [];
    for await (const event of this.store.readAll({ after: this.position })) {
      if (this.isBefore(event.position)) break;
      batch.push(event);
      if (batch.length < BATCH) continue;
      this.fold(batch);
      batch = [];
    }
    this.fold(batch);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- an iterable that others wait for
  async *pages(): AsyncIterable<readonly string[]> {
    const ids = [...this.documents.keys()];
    for (let at = 0; at < ids.length; at += PAGE) yield ids.slice(at, at + PAGE);
  }

  getMany(ids: readonly string[]): Promise<readonly Stored<Document>[]> {
    return Promise.resolve(
      ids.flatMap((id) => {
        const { document, lastPosition } = this.documents.get(id) ?? {};
        return document && lastPosition !== undefined ? [{ document, lastPosition }] : [];
      }),
    );
  }

  private fold(events: readonly RecordedEvent[]): void {
    const { targets, failed } = targetsOf(this.projection, events);
    // A document that the engine refused is as it was before the event.
    const stored = targets.map(({ event, ids }) => {
      const refused = this.refused.get(event.position);
      return { event, ids: refused ? ids.filter((id) => !refused.has(id)) : ids };
    });
    const result = foldInto(this.documents, this.projection, stored);
    this.events += events.length;
    this.failed += failed.length + result.failed.length;
    this.position = events.at(-1)?.position ?? this.position;
  }
}

/**
 * Compares a read model, up to its checkpoint, with the same read model folded from the first event; it may run
 * meanwhile. Documents that an interrupted write has put ahead of the checkpoint are ignored, because they are written
 * again. It needs memory for all documents.
 *
 * @param collection - the copy to compare: one that this code has made. Default: the declared version.
 */
export const verifyProjection = async (
  { store, readModels, clock }: { store: EventStore; readModels: ReadModels; clock: Clock },
  projection: AnyProjection,
  collection: CollectionSpec = projection.collection,
): Promise<Verification> => {
  const { name, version } = collection;
  const replay = new Replay(store, projection, readModels, collection);
  await replay.refresh();
  const comparison = await compare(collectionSource(readModels, collection), replay, clock);
  const { events, failed, position } = replay;
  return { name, version, events, failed, position, ...comparison };
};
