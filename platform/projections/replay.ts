import type { EventStore, Position, RecordedEvent } from '../event-store';
import type { CollectionSpec, Document, ReadModels, Stored } from '../read-models';
import type { Source } from './compare';
import { foldInto, targetsOf, type FailedEvent, type LoadedDocument } from './fold';
import { omittedEvents, type Omitted } from './parked';
import type { AnyProjection, Projection } from './projection';

export type ReplayOptions = {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly readModels: ReadModels;
  readonly projection: AnyProjection;
  /** The copy up to whose checkpoint events are folded. */
  readonly collection: CollectionSpec;
  /** Folds these documents alone. Absent: all. */
  readonly only?: ReadonlySet<string> | undefined;
  /** The position of an omitted event that is folded again. */
  readonly again?: Position | undefined;
};

const BATCH = 512;
const PAGE = 1_000;

/** A read model folded in memory, from the first event to the checkpoint of its copy. */
export class Replay implements Source {
  private readonly documents = new Map<string, LoadedDocument>();
  private readonly projection: Projection;
  events = 0;
  failed = 0;
  /** The failure of the event that is folded again. */
  failedAgain: FailedEvent | undefined;
  position: Position | undefined;
  private checkpoint: Position | undefined;
  private omitted: Omitted = { refused: new Map(), failed: new Set() };

  constructor(private readonly options: ReplayOptions) {
    this.projection = options.projection;
  }

  /**
   * Tests for a position beyond the checkpoint: an engine that writes a batch in pieces may have documents from an
   * interrupted one.
   */
  isBefore(position: Position): boolean {
    return this.checkpoint === undefined || position > this.checkpoint;
  }

  async refresh(): Promise<void> {
    const { store, readModels, collection } = this.options;
    this.checkpoint = await readModels.checkpoint(collection);
    // Read after the checkpoint, because omitted events are recorded before the checkpoint passes them.
    this.omitted = await omittedEvents(readModels, collection);
    let batch: RecordedEvent[] = [];
    for await (const event of store.readAll({ after: this.position })) {
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
    const stored = targets.flatMap(({ event, ids }) => {
      const kept = this.keptOf(event, ids);
      return kept.length === 0 ? [] : [{ event, ids: kept }];
    });
    const result = foldInto(this.documents, this.projection, stored);
    const failures = [...failed, ...result.failed];
    this.failedAgain ??= failures.find(({ event }) => event.position === this.options.again);
    this.events += events.length;
    this.failed += failures.length;
    this.position = events.at(-1)?.position ?? this.position;
  }

  /** Returns the documents into which an event is folded: a document that the engine refused is as it was before. */
  private keptOf({ position }: RecordedEvent, ids: readonly string[]): readonly string[] {
    const { only, again } = this.options;
    const wanted = only === undefined ? ids : ids.filter((id) => only.has(id));
    if (position === again) return wanted;
    // The event failed on some document, perhaps on one that is not folded here.
    if (only !== undefined && this.omitted.failed.has(position)) return [];
    const refused = this.omitted.refused.get(position);
    return refused === undefined ? wanted : wanted.filter((id) => !refused.has(id));
  }
}
