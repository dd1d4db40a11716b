import { z } from 'zod';
import type { WebhookEndpointId } from '../domain/kernel';
import type {
  DisabledBecause,
  WebhookEndpointsEvent,
  WebhookOwner,
  WebhookRedeliveryRequested,
} from '../domain/webhook-endpoints';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, text, uuid } from './fields';

export const WebhookEndpoint = z
  .strictObject({
    id: uuid<WebhookEndpointId>().describe('The unique identifier.'),
    ownerId: text<WebhookOwner>('id').describe(
      'The owner: a merchant, or `platform` for the events of all merchants.',
    ),
    url: z.string().describe('The URL that messages are posted to.'),
    types: z.array(z.string().describe('A type.')).describe('The types of the events that it receives.'),
    description: z.string().describe('A text by which people recognise it; may be empty.'),
    disabledBecause: text<DisabledBecause>('text')
      .nullable()
      .describe(
        'The reason why it receives nothing: `owner`, a person disabled it; `failing`, it failed for too long; `backlog`, too many events waited for it; `gone`, it answered with 410. Null while it is enabled.',
      ),
    addedAt: instant.describe('The time when it was added.'),
    secretRotatedAt: instant
      .nullable()
      .describe('The time when its secret was replaced the last time; null before.'),
    previousSecretUntil: instant
      .nullable()
      .describe('The time until which the previous secret signs too; null where there is none.'),
  })
  .describe('An endpoint of others that receives integration events.');
export type WebhookEndpoint = DocumentOf<typeof WebhookEndpoint>;

/** A request to send again concerns a delivery, not the endpoint. */
type Shown = Exclude<WebhookEndpointsEvent, WebhookRedeliveryRequested>;

export const webhookEndpoints = readModel<WebhookEndpoint, Shown>('webhook_endpoints', {
  question: 'Which endpoints of others receive which integration events?',
  version: 1,
  document: WebhookEndpoint,
  indexes: { by_owner: ['ownerId', 'addedAt'], by_time: ['addedAt'] },
  key: ({ data }) => data.endpointId,
  on: {
    WebhookEndpointAdded: (_, { data: { endpointId: id, ownerId, url, types, description, addedAt } }) => ({
      ...{ id, ownerId, url, types: [...types], description, disabledBecause: null, addedAt },
      ...{ secretRotatedAt: null, previousSecretUntil: null },
    }),
    WebhookEndpointChanged: (found, { data: { url, types, description } }) =>
      found && { ...found, url, types: [...types], description },
    WebhookSecretRotated: (found, { data: { rotatedAt, previousUntil } }) =>
      found && { ...found, secretRotatedAt: rotatedAt, previousSecretUntil: previousUntil },
    WebhookEndpointDisabled: (found, { data }) => found && { ...found, disabledBecause: data.because },
    WebhookEndpointEnabled: (found) => found && { ...found, disabledBecause: null },
    WebhookEndpointRemoved: () => undefined,
  },
});
