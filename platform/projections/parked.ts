import type { Instant } from '../../domain/kernel';
import type { Position, StreamName } from '../event-store';
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
  readonly stream: StreamName;
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

type Copy = Pick<CollectionSpec, 'name' | 'version'>;

async function* parkedOf(readModels: ReadModels, { name, version }: Copy): AsyncGenerator<ParkedEvent> {
  let after: string | undefined;
  do {
    const page = await readModels.list<ParkedEvent>(parkedEvents, {
      index: 'by_projection',
      where: { projection: name, version },
      first: PAGE,
      after,
    });
    for (const { document } of page.items) yield document;
    after = page.hasMore ? page.items.at(-1)?.cursor : undefined;
  } while (after !== undefined);
}

/** Returns the omitted events of all copies, or of those of one read model, by their positions. */
export const listParked = async (
  readModels: ReadModels,
  { readModel, first }: { readonly readModel?: string | undefined; readonly first: number },
): Promise<readonly ParkedEvent[]> => {
  const { items } = await readModels.list<ParkedEvent>(parkedEvents, {
    ...(readModel === undefined
      ? { index: 'by_position' }
      : { index: 'by_projection', where: { projection: readModel } }),
    first,
  });
  return items.map(({ document }) => document);
};

/** The events that a copy omits. */
export type Omitted = {
  /** Documents that omit an event because the engine refused them: ids by the events' positions. */
  readonly refused: ReadonlyMap<Position, ReadonlySet<string>>;
  /** The positions of events that no document has. */
  readonly failed: ReadonlySet<Position>;
};

export const omittedEvents = async (readModels: ReadModels, copy: Copy): Promise<Omitted> => {
  const refused = new Map<Position, Set<string>>();
  const failed = new Set<Position>();
  for await (const { position, document } of parkedOf(readModels, copy)) {
    if (document === undefined) failed.add(position);
    else refused.set(position, (refused.get(position) ?? new Set()).add(document));
  }
  return { refused, failed };
};

/** Removes the records of omitted events that match: they were replayed, or their copy was dropped. */
export const forgetParked = async (
  readModels: ReadModels,
  copy: Copy,
  matches: (parked: ParkedEvent) => boolean = () => true,
): Promise<void> => {
  const found: ParkedEvent[] = [];
  for await (const parked of parkedOf(readModels, copy)) if (matches(parked)) found.push(parked);
  const last = found.at(-1);
  if (last === undefined) return;
  await readModels.write({
    collection: parkedEvents,
    upserts: [],
    deletes: found.map(({ id, position }) => ({ id, position })),
    position: last.position,
    replaces: true,
  });
};
