import type { EventData, EventType, RecordedEvent as StoreEvent } from '@eventstore/db-client';
import { instantOf } from '../../../domain/kernel';
import { Fault } from '../../faults';
import { completeMetadata, foreignBytes, foreignData } from '../foreign';
import type { NewEvent, RecordedEvent, StreamName } from '../event-store';
import { positionOf } from './position';

const EVENT_BYTES_MAX = 1024 * 1024;

/** What a character may come to in JSON: `\\u0000`. */
const BYTES_A_CHARACTER_MAX = 6;
const DEPTH_MAX = 32;
/** A number, a boolean, a null, with a comma. */
const SCALAR = 26;

/** At least as many characters as a value has in JSON, or infinity where only writing it could tell. */
const charactersOf = (value: unknown, depth = 0): number => {
  if (typeof value === 'string') return value.length + 3;
  if (typeof value !== 'object' || value === null) return SCALAR;
  if (depth === DEPTH_MAX || 'toJSON' in value) return Number.POSITIVE_INFINITY;
  let sum = 3;
  // Not by entries: this is done for every event, and `in` allocates nothing.
  for (const key in value)
    sum += key.length + 3 + charactersOf((value as Record<string, unknown>)[key], depth + 1);
  return sum;
};

const bytesOf = ({ data, metadata }: NewEvent): number =>
  Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata));

/** The client writes the JSON itself; it is written here, too, only where it might be too much. */
const isTooLarge = (event: NewEvent): boolean =>
  (charactersOf(event.data) + charactersOf(event.metadata)) * BYTES_A_CHARACTER_MAX > EVENT_BYTES_MAX &&
  bytesOf(event) > EVENT_BYTES_MAX;

/** @throws Fault `EVENT_TOO_LARGE`. */
export const eventDataOf = (event: NewEvent): EventData => {
  const { id, type, data, metadata } = event;
  if (isTooLarge(event)) throw tooLarge(`The event ${id} (${type}) is over 1 MiB`);
  return {
    id,
    contentType: 'application/json',
    type,
    data: data as Record<string, unknown>,
    metadata,
  };
};

export const tooLarge = (message: string, cause?: unknown): Fault =>
  new Fault('EVENT_TOO_LARGE', message, { cause });

const dataOf = (data: unknown): object =>
  data instanceof Uint8Array ? foreignBytes(data) : foreignData(data);

/** @param position - of the event among all; the protocol tells it beside an event read from a stream. */
export const recordedEventOf = (
  event: StoreEvent<EventType>,
  position: bigint | undefined,
): RecordedEvent => ({
  id: event.id,
  type: event.type,
  data: dataOf(event.data),
  metadata: completeMetadata(event.metadata instanceof Uint8Array ? undefined : event.metadata, event.id),
  stream: event.streamId as StreamName,
  revision: event.revision,
  position: positionOf(event.position ?? { commit: position ?? 0n, prepare: position ?? 0n }),
  recordedAt: instantOf(event.created.getTime()),
});
