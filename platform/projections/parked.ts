import type { Instant } from '../../domain/kernel';
import type { Position } from '../event-store';
import type { CollectionSpec, ReadModels } from '../read-models';
import type { FailedEvent } from './fold';

/** An event that a projection left out, because its code threw. */
export type ParkedEvent = {
  /** `<collection>_v<version>:<event id>`. */
  readonly id: string;
  /** The collection's name. */
  readonly projection: string;
  readonly version: number;
  readonly position: Position;
  readonly eventId: string;
  readonly stream: string;
  readonly type: string;
  readonly reason: string;
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
      at: text,
    },
  },
};

/** Records events that a collection goes without. Done before the collection's position passes them. */
export const park = async (
  readModels: ReadModels,
  { name, version }: CollectionSpec,
  poison: readonly FailedEvent[],
  at: Instant,
): Promise<void> => {
  const documents = poison.map(({ event, reason }): ParkedEvent => ({
    id: `${name}_v${version}:${event.id}`,
    projection: name,
    version,
    position: event.position,
    eventId: event.id,
    stream: event.stream,
    type: event.type,
    reason,
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
