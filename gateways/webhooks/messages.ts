import type { EventStore, RecordedEvent } from '../../platform/event-store';
import type { IntegrationEventMapper, Message } from '../integration-events';
import type { WebhookDelivery } from './deliveries';

/** The integration events that endpoints receive. They are made of the stored events again for each attempt, and not stored. */
export type Messages = {
  /** Returns the message of an event; undefined if it has none. */
  readonly of: (event: RecordedEvent) => Promise<Message | undefined>;
  /** Returns the message of a delivery; undefined if the store does not have its event any more. */
  readonly ofDelivery: (
    delivery: Pick<WebhookDelivery, 'stream' | 'revision' | 'eventId'>,
  ) => Promise<Message | undefined>;
};

export const createMessages = (
  store: Pick<EventStore, 'read'>,
  mapper: Pick<IntegrationEventMapper, 'messagesOf'>,
): Messages => {
  const of: Messages['of'] = async (event) =>
    (await mapper.messagesOf([event])).find(({ topic }) => topic !== 'notification.tasks');
  return {
    of,
    ofDelivery: async ({ stream, revision, eventId }) => {
      for await (const event of store.read(stream, { from: BigInt(revision), limit: 1 }))
        return event.id === eventId ? of(event) : undefined;
      return undefined;
    },
  };
};
