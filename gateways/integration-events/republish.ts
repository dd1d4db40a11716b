import type { Instant } from '../../domain/kernel';
import type { Topic } from '../../platform/bus';
import type { EventStore, Position, RecordedEvent } from '../../platform/event-store';
import { integrationDefaults } from './limits';
import { publishAll, type PublishDeps } from './publish';
import { IntegrationEventMapper } from './integration-event-mapper';

export type RepublishDeps = Omit<PublishDeps, 'republish'> & {
  readonly store: Pick<EventStore, 'read' | 'readAll'>;
};

/** Which messages are published again: those of events after a position, or recorded since a moment; all where absent. */
export type Republished = {
  readonly after?: Position;
  readonly since?: Instant;
  readonly topics: readonly Topic[];
};

export type RepublishProgress = {
  readonly events: number;
  readonly messages: number;
  readonly refusal: string | undefined;
};

/**
 * Tells other systems once more what they were told before, up to what is recorded now, for a bus that has lost it. Each
 * message has the id that it had, so a bus that still knows it drops it.
 *
 * @param signal - ends it; its reason is thrown.
 * @returns how much was published.
 */
export const republish = async (
  deps: RepublishDeps,
  { after, since, topics }: Republished,
  signal: AbortSignal,
  onProgress: (progress: RepublishProgress) => void,
): Promise<Pick<RepublishProgress, 'events' | 'messages'>> => {
  const { batchSize, notifyWithinMs, republish: backoff } = integrationDefaults;
  const teller = new IntegrationEventMapper({ ...deps, notifyWithinMs });
  let [events, messages] = [0, 0];

  const publish = async (batch: readonly RecordedEvent[]): Promise<void> => {
    const wanted = (await teller.messagesOf(batch)).filter(({ topic }) => topics.includes(topic));
    await publishAll(wanted, { ...deps, republish: backoff }, signal, ({ refusal }) =>
      onProgress({ events, messages, refusal }),
    );
    events += batch.length;
    messages += wanted.length;
    onProgress({ events, messages, refusal: undefined });
  };

  let batch: RecordedEvent[] = [];
  for await (const event of deps.store.readAll(after === undefined ? {} : { after })) {
    signal.throwIfAborted();
    if (since !== undefined && event.recordedAt < since) continue;
    batch.push(event);
    if (batch.length < batchSize) continue;
    await publish(batch);
    batch = [];
  }
  await publish(batch);
  return { events, messages };
};
