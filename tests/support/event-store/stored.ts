import { realClock } from '../../../platform/clock';
import { openEmbeddedEventStore, type RecordedEvent } from '../../../platform/event-store';

/** Every event of a data directory that nobody uses now. */
export const storedEvents = async (directory: string): Promise<readonly RecordedEvent[]> => {
  const store = await openEmbeddedEventStore({ directory, clock: realClock });
  const events: RecordedEvent[] = [];
  for await (const event of store.readAll()) events.push(event);
  await store.close();
  return events;
};
