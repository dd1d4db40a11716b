import type { AccountRolesGranted } from '../../domain/account';
import { epochMsOf, type AccountId, type WebhookEndpointId } from '../../domain/kernel';
import type { MerchantEnabled } from '../../domain/merchant';
import {
  webhookEndpoints,
  type WebhookEndpointEnabled,
  type WebhookEndpointRemoved,
  type WebhookRedeliveryRequested,
} from '../../domain/webhook-endpoints';
import type { RecordedEvent } from '../../platform/event-store';
import { webhookDeliveryId } from '../../platform/ids';
import { reactor, type EventOf, type Reactor } from '../../platform/reactions';
import { sourceTypes } from '../integration-events';
import type { Deliveries, WebhookDelivery } from './deliveries';
import type { Messages } from './messages';
import { recipientsOf, type RecipientDeps } from './recipients';
import type { Sender } from './sender';
import { KEPT_MS } from './limits';

export type QueueDeps = RecipientDeps & {
  readonly deliveries: Deliveries;
  readonly messages: Messages;
  readonly sender: Pick<Sender, 'wake'>;
};

/** The reactor that stores a delivery for each endpoint that receives an event. A repeated event stores nothing twice. */
export const queueDeliveries = (deps: QueueDeps): Reactor => {
  const { clock, deliveries, messages, sender } = deps;

  const queue = async (event: RecordedEvent): Promise<void> => {
    // Of a history that is followed from its beginning, endpoints receive what the log of deliveries would still have.
    if (epochMsOf(clock.now()) - epochMsOf(event.recordedAt) > KEPT_MS) return;
    const recipients = await recipientsOf(event, deps);
    if (recipients.length === 0) return;
    const message = await messages.of(event);
    if (message === undefined) return;
    const { type } = message.event;
    const now = clock.now();
    const queued = recipients
      .filter(({ endpoint }) => (endpoint.types as readonly string[]).includes(type))
      .map(({ ownerId, endpointId }): WebhookDelivery => ({
        ...{ id: webhookDeliveryId(endpointId, event.id), endpointId, ownerId, eventId: event.id, type },
        ...{ stream: event.stream, revision: String(event.revision) },
        ...{ status: 'waiting', attempts: [], failures: 0, dueAt: now, queuedAt: now },
      }));
    await deliveries.add(queued);
    for (const one of queued) sender.wake(one);
  };

  const redeliver = async ({ data }: EventOf<WebhookRedeliveryRequested>): Promise<void> => {
    const { endpointId, deliveryId } = data;
    const found = await deliveries.find(deliveryId);
    if (found?.endpointId !== endpointId) return;
    const again = { ...found, status: 'waiting', failures: 0, dueAt: clock.now() } as const;
    await deliveries.save([again]);
    sender.wake(again, { atOnce: true });
  };

  /** Sends what waited while the owner was not permitted to sell. */
  const wakeAllOf = async (ownerId: AccountId): Promise<void> => {
    const { endpoints } = await deps.aggregates.of(webhookEndpoints).load(ownerId);
    for (const endpointId of Object.keys(endpoints) as WebhookEndpointId[])
      sender.wake({ endpointId, ownerId });
  };

  const ofEndpoints = reactor<
    | WebhookRedeliveryRequested
    | WebhookEndpointEnabled
    | WebhookEndpointRemoved
    | MerchantEnabled
    | AccountRolesGranted
  >('webhooks', {
    WebhookRedeliveryRequested: redeliver,
    WebhookEndpointEnabled: async ({ data: { endpointId, ownerId } }) => {
      await deliveries.saveHealth(endpointId, undefined);
      sender.wake({ endpointId, ownerId }, { atOnce: true });
    },
    WebhookEndpointRemoved: ({ data: { endpointId } }) => deliveries.removeAllOf(endpointId),
    MerchantEnabled: ({ data: { accountId } }) => wakeAllOf(accountId),
    // The role of sellers comes back after the merchant.
    AccountRolesGranted: ({ data: { accountId } }) => wakeAllOf(accountId),
  });
  const ofMessages = Object.fromEntries(sourceTypes.map((type) => [type, queue]));
  return { name: ofEndpoints.name, reactions: { ...ofMessages, ...ofEndpoints.reactions } };
};
