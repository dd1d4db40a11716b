import type { Upcasters } from '../../domain/kernel';
import type { RecordedEvent } from './event-store';

/** Returns the schema version that events of the type are written with now, from 1. */
export const schemaOf = (upcasters: Upcasters | undefined, eventType: string): number =>
  (upcasters?.[eventType]?.length ?? 0) + 1;

/** Returns the event in the newest shape. An event of a newer version is returned unchanged. */
export const upcast = (upcasters: Upcasters, event: RecordedEvent): RecordedEvent => {
  const steps = upcasters[event.type]?.slice(event.metadata.schema - 1) ?? [];
  if (steps.length === 0) return event;
  const data = steps.reduce<object>((older, step) => step(older), event.data);
  return { ...event, data, metadata: { ...event.metadata, schema: event.metadata.schema + steps.length } };
};
