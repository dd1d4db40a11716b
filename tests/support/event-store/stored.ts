import { realClock } from '../../../platform/clock';
import { openEmbeddedEventStore, type RecordedEvent } from '../../../platform/event-store';

/** Returns all events of a data directory that no process uses. */
export const storedEvents = async (directory: string): Promise<readonly RecordedEvent[]> => {
  const store = await openEmbeddedEventStore({ directory, clock: realClock });
  const events: RecordedEvent[] = [];
  for await (const event of store.readAll()) events.push(event);
  await store.close();
  return events;
};
