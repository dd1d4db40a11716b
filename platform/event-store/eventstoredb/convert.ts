import type { EventData, EventType, RecordedEvent as StoreEvent } from '@eventstore/db-client';
import { instantOf } from '../../../domain/kernel';
import { Fault } from '../../faults';
import { completeMetadata, foreignBytes, foreignData } from '../foreign';
import type { NewEvent, RecordedEvent, StreamName } from '../port';
import { positionOf } from './position';

const EVENT_BYTES_MAX = 1024 * 1024;

/** @throws Fault `EVENT_TOO_LARGE`. */
export const eventDataOf = ({ id, type, data, metadata }: NewEvent): EventData => {
  const characters = JSON.stringify(data).length + JSON.stringify(metadata).length;
  // A character is at most three bytes, so most events need no counting.
  const isLarge =
    characters * 3 > EVENT_BYTES_MAX &&
    Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata)) > EVENT_BYTES_MAX;
  if (isLarge) throw tooLarge(`The event ${id} (${type}) is over 1 MiB`);
  return {
    id,
    contentType: 'application/json',
    type,
    data: data as Record<string, unknown>,
    metadata: { ...metadata },
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
