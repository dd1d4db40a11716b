import { isDeepStrictEqual } from 'node:util';
import type { RecordedEvent } from '../../platform/event-store';

/** The parts of an event that two stores have in common. Each has positions of its own, and EventStoreDB also its own times of storing. */
const common = ({ stream, revision, id, type, data, metadata }: RecordedEvent) => ({
  ...{ stream, revision, id, type, data },
  metadata: JSON.parse(JSON.stringify(metadata)) as unknown,
});

/** Tests whether two stores have the same event at the same place of the same stream. */
export const isSameEvent = (one: RecordedEvent, other: RecordedEvent): boolean =>
  isDeepStrictEqual(common(one), common(other));

export const placeOf = ({ stream, revision, type }: RecordedEvent): string =>
  `${type}, revision ${revision} of ${stream}`;
