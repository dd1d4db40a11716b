import { statedAt, type Instant } from '../../domain/kernel';
import type { RecordedEvent } from './event-store';

/**
 * Returns the moment of an event: the time that its fact states, and the time of storing where it states none. Timelines show
 * this moment, and time travel compares it.
 */
export const momentOf = ({ data, recordedAt }: Pick<RecordedEvent, 'data' | 'recordedAt'>): Instant =>
  statedAt(data) ?? recordedAt;
