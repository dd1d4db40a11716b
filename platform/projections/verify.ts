import type { Clock } from '../clock';
import type { EventStore, Position, RecordedEvent } from '../event-store';
import type { CollectionSpec, ReadModels, Stored, Document } from '../read-models';
import { collectionSource, compare, type Comparison, type Source } from './compare';
import { foldInto, touchedBy, type LoadedDocument } from './fold';
import { refusedDocuments } from './parked';
import type { AnyProjection, Projection } from './projection';

export type Verification = Comparison & {
  readonly name: string;
  readonly version: number;
  readonly events: number;
  /** Events that the projection's code could not take, then as now. */
  readonly poison: number;
  /** Everything up to here was taken into account. */
  readonly position: Position | undefined;
};

const BATCH = 512;
const PAGE = 1_000;

/** A projection folded from the first event to the checkpoint of its read model, in memory. */
class Replay implements Source {
  private readonly held = new Map<string, LoadedDocument>();
  events = 0;
  poison = 0;
  position: Position | undefined;
  private checkpoint: Position | undefined;
  private refused: ReadonlyMap<Position, ReadonlySet<string>> = new Map();

  constructor(
    private readonly store: EventStore,
    private readonly projection: Projection,
    private readonly readModels: ReadModels,
    private readonly spec: CollectionSpec,
  ) {}

  /** Where an engine writes a batch piece by piece, one that was cut short has left documents beyond the checkpoint. */
  isBefore(position: Position): boolean {
    return this.checkpoint === undefined || position > this.checkpoint;
  }

  async refresh(): Promise<void> {
    this.checkpoint = await this.readModels.checkpoint(this.spec);
    // After it: what is left out is recorded before the checkpoint passes it.
    this.refused = await refusedDocuments(this.readModels, this.spec);
    const after = this.position === undefined ? {} : { after: this.position };
    let batch: RecordedEvent[] = [];
    for await (const event of this.store.readAll(after)) {
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
    const ids = [...this.held.keys()];
    for (let at = 0; at < ids.length; at += PAGE) yield ids.slice(at, at + PAGE);
  }

  some(ids: readonly string[]): Promise<readonly Stored<Document>[]> {
    return Promise.resolve(
      ids.flatMap((id) => {
        const { document, lastPosition } = this.held.get(id) ?? {};
        return document && lastPosition !== undefined ? [{ document, lastPosition }] : [];
      }),
    );
  }

  private fold(events: readonly RecordedEvent[]): void {
    const { touching, poison } = touchedBy(this.projection, events);
    // A document that the engine refused is as it was before the event.
    const stored = touching.map(({ event, ids }) => {
      const refused = this.refused.get(event.position);
      return { event, ids: refused ? ids.filter((id) => !refused.has(id)) : ids };
    });
    const result = foldInto(this.held, this.projection, stored);
    this.events += events.length;
    this.poison += poison.length + result.poison.length;
    this.position = events.at(-1)?.position ?? this.position;
  }
}

/**
 * Whether a read model, as far as it has come, equals the same read model folded from the first event; it may be at work
 * meanwhile. What a write that was cut short has put ahead of the checkpoint is passed over: it is written again. Holds all
 * its documents in memory.
 *
 * @param collection - the copy to be looked at: one that this code has made. Default: the declared version.
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
  const { events, poison, position } = replay;
  return { name, version, events, poison, position, ...comparison };
};
