import type { RecordedEvent } from '../../platform/event-store';
import type { Cell, Column } from '../../platform/read-models/flat';

/** A column of the event log: as any column, with its value of an event. */
type LogColumn = Omit<Column, 'value' | 'events'> & {
  readonly of: (event: RecordedEvent, localTime: (at: string) => string) => Cell;
};

const column = (
  name: string,
  { type = 'text', unit, meaning, of }: Partial<LogColumn> & Pick<LogColumn, 'meaning' | 'of'>,
): LogColumn => ({ name, type, unit, meaning, of });

/**
 * The event log: one row a stored event, without its data, which may hold personal data. It is made of the event store itself, so
 * no read model writes a document for each event.
 */
export const eventLog = {
  name: 'event_log',
  meaning: 'The event log: one row a stored event, without its data.',
  key: 'position',
  time: 'recorded_at',
  columns: [
    column('position', {
      meaning: 'The position of the event in the store: digits of the same length, in order.',
      of: ({ position }) => position,
    }),
    column('event_id', { meaning: 'The unique identifier of the event. A UUID.', of: ({ id }) => id }),
    column('stream', { meaning: 'The stream: `<category>-<id>`.', of: ({ stream }) => stream }),
    column('category', {
      meaning: 'The kind of the stream, such as `order`.',
      of: ({ stream }) => stream.slice(0, Math.max(stream.indexOf('-'), 0)),
    }),
    column('revision', {
      type: 'integer',
      meaning: 'The number of the event in its stream, from 0.',
      of: ({ revision }) => Number(revision),
    }),
    column('type', { meaning: 'The type of the event.', of: ({ type }) => type }),
    column('recorded_at', {
      type: 'timestamp',
      unit: 'UTC',
      meaning: 'The time when the event was stored.',
      of: ({ recordedAt }) => recordedAt,
    }),
    column('recorded_at_local', {
      type: 'local-timestamp',
      unit: "shop's time zone",
      meaning: "`recorded_at` in the time of the shop's zone.",
      of: ({ recordedAt }, localTime) => localTime(recordedAt),
    }),
    column('actor', {
      meaning: 'The account or the part of the platform that caused the event.',
      of: ({ metadata }) => metadata.actor,
    }),
    column('correlation_id', {
      meaning: 'Identifies the request that began the chain of events.',
      of: ({ metadata }) => metadata.$correlationId,
    }),
    column('causation_id', {
      meaning: 'Identifies the command or event that led to the event.',
      of: ({ metadata }) => metadata.$causationId,
    }),
    column('traceparent', {
      meaning: 'The W3C trace context; null where there was none.',
      of: ({ metadata }) => metadata.traceparent ?? null,
    }),
  ],
} as const;
