import type { MutationName } from '../../../commands';
import type { Rejection } from '../../../commands/rejections';
import type { Instant, WebhookDeliveryId, WebhookEndpointId } from '../../../domain/kernel';
import type { Example } from './account-examples';

const endpointId = '00000090-0000-4000-8000-000000000000' as WebhookEndpointId;
const deliveryId = '00000091-0000-4000-8000-000000000000' as WebhookDeliveryId;
const at = '2026-01-31T08:00:00.000Z' as Instant;

const target = { url: 'https://shop.example/hooks', types: ['order.paid'], description: 'Books' };
const secret = `whsec_${'A'.repeat(43)}=`;
const of = { ownerId: 'platform', endpointId } as const;
const shows = { value: {}, select: 'endpoint { id }', shows: { endpoint: null } };

type Name = Extract<MutationName, `${string}Webhook${string}`>;

/** The examples of the mutations of webhook endpoints. */
export const webhookExamples: { readonly [One in Name]: Example<One> } = {
  addWebhookEndpoint: {
    input: { ownerId: 'platform', ...target },
    sends: { ownerId: 'platform', ...target },
    value: { endpointId, secret },
    ...{ select: 'secret endpoint { id }', shows: { secret, endpoint: null } },
  },
  changeWebhookEndpoint: { input: { ...of, ...target }, sends: { ...of, ...target }, ...shows },
  rotateWebhookSecret: {
    ...{ input: of, sends: of, value: { secret, previousUntil: at } },
    ...{ select: 'secret previousUntil', shows: { secret, previousUntil: at } },
  },
  disableWebhookEndpoint: { input: of, sends: of, ...shows },
  enableWebhookEndpoint: { input: of, sends: of, ...shows },
  removeWebhookEndpoint: {
    ...{ input: of, sends: of, value: {}, select: 'endpointId', shows: { endpointId } },
  },
  redeliverWebhook: {
    ...{ input: { ...of, deliveryId }, sends: { ...of, deliveryId }, value: {} },
    ...{ select: 'deliveryId', shows: { deliveryId } },
  },
};

type Code = Extract<Rejection['code'], `${string}WEBHOOK${string}`>;

/** One rejection of each code, with figures. */
export const webhookSamples: { readonly [C in Code]: Omit<Extract<Rejection, { code: C }>, 'code'> } = {
  WEBHOOK_ENDPOINT_NOT_FOUND: { endpointId },
  WEBHOOK_ENDPOINT_DISABLED: { endpointId },
  TOO_MANY_WEBHOOK_ENDPOINTS: { max: 20 },
  WEBHOOK_EVENT_TYPES_MISSING: {},
  WEBHOOK_EVENT_TYPE_UNKNOWN: { type: 'order.painted' },
  WEBHOOK_URL_REFUSED: { url: 'http://shop.example/', problem: 'not-https' },
};
