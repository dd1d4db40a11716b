import { charactersOfEvent } from '../event-size';
import type { RecordedEvent } from '../event-store';

/** The memory of an event without its data and metadata: ids, names, positions. */
const FIXED_BYTES = 512;
/** The limit of an event's JSON in every engine; an event whose size is unknown counts as one of this size. */
const EVENT_BYTES_MAX = 1024 * 1024;

/** Estimates the memory of events, in bytes. */
export const bytesOf = (events: readonly RecordedEvent[]): number =>
  events.reduce((sum, event) => sum + FIXED_BYTES + Math.min(EVENT_BYTES_MAX, charactersOfEvent(event)), 0);
