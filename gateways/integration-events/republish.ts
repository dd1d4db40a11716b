import type { Instant } from '../../domain/kernel';
import type { Topic } from '../../platform/bus';
import type { EventStore, Position, RecordedEvent } from '../../platform/event-store';
import { integrationDefaults } from './limits';
import { publishAll, type PublishDeps } from './publish';
import { IntegrationEventMapper } from './integration-event-mapper';

export type RepublishDeps = Omit<PublishDeps, 'republish'> & {
  readonly store: Pick<EventStore, 'read' | 'readAll'>;
};

/** The messages to publish again: those of events after a position, or recorded since a time; all if absent. */
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
 * Publishes the messages of past events again, up to the last event of now, for a bus that has lost them. Each message
 * keeps its id, so a bus that still has it drops the copy.
 *
 * @param signal - ends it; its reason is thrown.
 * @returns the number of messages.
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
