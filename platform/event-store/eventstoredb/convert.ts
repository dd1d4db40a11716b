import type { EventData, EventType, RecordedEvent as StoreEvent } from '@eventstore/db-client';
import { instantOf } from '../../../domain/kernel';
import { Fault } from '../../faults';
import { charactersOfEvent } from '../event-size';
import { completeMetadata, foreignBytes, foreignData } from '../foreign';
import type { NewEvent, RecordedEvent, StreamName } from '../event-store';
import { positionOf } from './position';

const EVENT_BYTES_MAX = 1024 * 1024;

/** The most bytes of a character in JSON: `\\u0000`. */
const BYTES_A_CHARACTER_MAX = 6;
const bytesOf = ({ data, metadata }: NewEvent): number =>
  Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata));

/** Tests the size. The client writes the JSON itself, so it is written here only if it may be too large. */
const isTooLarge = (event: NewEvent): boolean =>
  charactersOfEvent(event) * BYTES_A_CHARACTER_MAX > EVENT_BYTES_MAX && bytesOf(event) > EVENT_BYTES_MAX;

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

/** @param position - of the event among all; the protocol sends it beside an event of a stream. */
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
