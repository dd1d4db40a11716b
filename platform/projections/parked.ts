import type { Instant } from '../../domain/kernel';
import type { Position } from '../event-store';
import type { CollectionSpec, ReadModels } from '../read-models';
import type { FailedEvent } from './fold';

/** An event that a projection omitted, because its code threw or the engine refused the result. */
export type ParkedEvent = {
  /** `<collection>_v<version>:<event id>`, and `:<document>` where there is one. */
  readonly id: string;
  /** The collection's name. */
  readonly projection: string;
  readonly version: number;
  readonly position: Position;
  readonly eventId: string;
  readonly stream: string;
  readonly type: string;
  readonly reason: string;
  /** The only document without the event. Absent: no document has it. */
  readonly document?: string;
  readonly at: Instant;
};

const text = { type: 'string' };

export const parkedEvents: CollectionSpec = {
  name: 'parked_events',
  version: 1,
  indexes: [
    { name: 'by_projection', fields: ['projection', 'version', 'position'] },
    { name: 'by_position', fields: ['position'] },
  ],
  schema: {
    type: 'object',
    required: ['id', 'projection', 'version', 'position', 'eventId', 'stream', 'type', 'reason', 'at'],
    properties: {
      id: text,
      projection: text,
      version: { type: 'integer' },
      position: text,
      eventId: text,
      stream: text,
      type: text,
      reason: text,
      document: text,
      at: text,
    },
  },
};

/** Records omitted events of a collection, before the collection's position passes them. */
export const park = async (
  readModels: ReadModels,
  { name, version }: CollectionSpec,
  failed: readonly FailedEvent[],
  at: Instant,
): Promise<void> => {
  const documents = failed.map(({ event, reason, document }): ParkedEvent => ({
    id: `${name}_v${version}:${event.id}${document === undefined ? '' : `:${document}`}`,
    projection: name,
    version,
    position: event.position,
    eventId: event.id,
    stream: event.stream,
    type: event.type,
    reason,
    ...(document === undefined ? {} : { document }),
    at,
  }));
  const [last] = documents.slice(-1);
  if (!last) return;
  await readModels.write({
    collection: parkedEvents,
    upserts: documents.map((document) => ({ document, position: document.position })),
    deletes: [],
    position: last.position,
  });
};

const PAGE = 1_000;

/** Returns the documents that omit events because the engine refused them: ids by the events' positions. */
export const refusedDocuments = async (
  readModels: ReadModels,
  { name, version }: CollectionSpec,
): Promise<ReadonlyMap<Position, ReadonlySet<string>>> => {
  const refused = new Map<Position, Set<string>>();
  let after: string | undefined;
  do {
    const page = await readModels.list<ParkedEvent>(parkedEvents, {
      index: 'by_projection',
      where: { projection: name, version },
      first: PAGE,
      after,
    });
    for (const { document: parked } of page.items)
      if (parked.document !== undefined)
        refused.set(parked.position, (refused.get(parked.position) ?? new Set()).add(parked.document));
    after = page.hasMore ? page.items.at(-1)?.cursor : undefined;
  } while (after !== undefined);
  return refused;
};
