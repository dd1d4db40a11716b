import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../clock';
import type { Position, RecordedEvent } from '../event-store';
import { DocumentsRefused, type CollectionSpec, type ReadModels, type WriteBatch } from '../read-models';
import type { Logger } from '../telemetry';
import type { FailedEvent, LoadedDocument } from './fold';
import { park } from './parked';

export type BatchWriterDeps = {
  readonly readModels: ReadModels;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** The reasons why documents are not stored, by their ids. */
type Refused = ReadonlyMap<string, string>;

/** Returns the write of the documents that a fold has changed. */
export const batchOf = (
  collection: CollectionSpec,
  documents: ReadonlyMap<string, LoadedDocument>,
  changed: ReadonlySet<string>,
  position: Position,
): WriteBatch => {
  const upserts: WriteBatch['upserts'][number][] = [];
  const deletes: WriteBatch['deletes'][number][] = [];
  for (const id of changed) {
    const { document, lastPosition = position } = documents.get(id) ?? {};
    if (document) upserts.push({ document, position: lastPosition });
    else deletes.push({ id, position: lastPosition });
  }
  return { collection, upserts, deletes, position };
};

/** The most documents of one write. */
const DOCUMENTS_MAX = 512;

/**
 * Returns a batch in pieces, of which the last has the position: until then its events are folded again after a restart, and
 * change only what is not written.
 */
const piecesOf = (batch: WriteBatch): WriteBatch[] => {
  const { upserts } = batch;
  const pieces: WriteBatch[] = [];
  let at = 0;
  for (; upserts.length - at > DOCUMENTS_MAX; at += DOCUMENTS_MAX)
    pieces.push({
      ...batch,
      upserts: upserts.slice(at, at + DOCUMENTS_MAX),
      deletes: [],
      position: undefined,
    });
  return [...pieces, at === 0 ? batch : { ...batch, upserts: upserts.slice(at) }];
};

/**
 * Writes the batches of one collection. If the engine can never store a document, e.g. one that is too large, the event
 * that changed it so is parked and the document keeps its value before that event; everything else is written.
 */
export class BatchWriter {
  private eventsMax: number;

  constructor(
    private readonly collection: CollectionSpec,
    private readonly deps: BatchWriterDeps,
    private readonly batchMax: number,
  ) {
    this.eventsMax = batchMax;
  }

  /** Returns the limit of the next batch: fewer events while the cause of a refusal is searched. */
  get size(): number {
    return this.eventsMax;
  }

  /**
   * @param events - the events of the batch.
   * @returns the omitted documents; undefined if the engine refused some and one of several events is the cause. Then
   * fewer events must be tried: documents that were written ignore their events the second time.
   */
  async write(batch: WriteBatch, events: readonly RecordedEvent[]): Promise<ReadonlySet<string> | undefined> {
    const [event] = events;
    const omitted =
      event && events.length === 1 ? await this.writeStorable(batch, event) : await this.writeAll(batch);
    this.eventsMax = omitted ? Math.min(this.batchMax, this.eventsMax * 2) : Math.max(1, events.length >> 1);
    return omitted;
  }

  /** Logs the omitted events. */
  report(parked: readonly FailedEvent[]): void {
    for (const { event, reason, document } of parked)
      this.deps.logger.error(
        { projection: this.collection.name, eventId: event.id, type: event.type, document, reason },
        'A projection omits an event',
      );
  }

  private async writeAll(batch: WriteBatch): Promise<ReadonlySet<string> | undefined> {
    const [last, ...others] = piecesOf(batch).reverse();
    const written: Promise<Refused>[] = [];
    for (const piece of others) {
      const refused = this.refusedOf(piece);
      // Awaited below; a failure meanwhile is no unhandled one.
      refused.catch(() => undefined);
      written.push(refused);
      await nextTurn();
    }
    const isStored = (refused: Refused): boolean => refused.size === 0;
    if (!(await Promise.all(written)).every(isStored)) return undefined;
    // After the others, because it has the position.
    return last === undefined || isStored(await this.refusedOf(last)) ? new Set() : undefined;
  }

  private async writeStorable(batch: WriteBatch, event: RecordedEvent): Promise<ReadonlySet<string>> {
    const omitted = new Set<string>();
    for (;;) {
      const upserts = batch.upserts.filter(({ document }) => !omitted.has(document.id));
      const deletes = batch.deletes.filter(({ id }) => !omitted.has(id));
      const refused = await this.refusedOf({ ...batch, upserts, deletes });
      if (refused.size === 0) return omitted;
      const parked = [...refused].map(([document, reason]): FailedEvent => ({ event, reason, document }));
      // Recorded before the position passes the event.
      await park(this.deps.readModels, this.collection, parked, this.deps.clock.now());
      this.report(parked);
      const before = omitted.size;
      for (const id of refused.keys()) omitted.add(id);
      if (omitted.size === before) throw new Error('The engine refused documents that were not in the batch');
    }
  }

  /** Tries a write. If the result is not empty, the position was not written. */
  private async refusedOf(batch: WriteBatch): Promise<Refused> {
    try {
      await this.deps.readModels.write(batch);
      return new Map();
    } catch (error) {
      if (!(error instanceof DocumentsRefused)) throw error;
      return error.refused;
    }
  }
}
