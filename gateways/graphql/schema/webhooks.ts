import { integrationEventTypes, type AccountId, type WebhookEndpointId } from '../../../domain/kernel';
import { platformOwner } from '../../../domain/webhook-endpoints';
import { WebhookEndpoint, webhookEndpoints as endpointsShown } from '../../../projections/webhook-endpoints';
import { WebhookAttempt, WebhookDelivery } from '../../webhooks';
import { may, signedIn } from '../access/caller';
import type { EdgeContext } from '../context';
import { mutationsConcept, shown, type Mutations } from './mutation';
import { combined, enumType, objectType } from './object-type';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { allowed, type Concept } from './resolvers';

type Status = WebhookDelivery['status'];
type EndpointsArguments = PageArguments & { readonly ownerId?: string | null };
type DeliveriesArguments = PageArguments & { readonly status?: Status | null };

/** Returns the endpoints of an owner, which the viewer must be or may see. */
const list = ({ ownerId, ...page }: EndpointsArguments, { viewer, services }: EdgeContext) => {
  const { id } = signedIn(viewer);
  const owner = may(viewer, 'webhook:read') ? (ownerId?.toLowerCase() ?? undefined) : id;
  return connectionOf(services.readers.webhookEndpoints.list(owner as AccountId | undefined), page);
};

const types = Object.entries(integrationEventTypes).map(([name, receivers]) => ({
  name,
  isForMerchants: receivers === 'merchant',
}));

const queries: Concept = {
  typeDefs: `
extend type Query {
  "The webhook endpoints of the signed-in merchant, the newest first; for staff those of all owners, or of one."
  webhookEndpoints(${pageArguments}
    "For staff: only those of this owner, a merchant or \`platform\`."
    ownerId: ID
  ): WebhookEndpointConnection
  "A webhook endpoint; null where there is none that the caller may see."
  webhookEndpoint(
    "The ID of the webhook endpoint."
    id: ID!
  ): WebhookEndpoint
  "The types of the events that webhook endpoints can receive."
  webhookEventTypes: [WebhookEventType!]
}

"A type of events that webhook endpoints can receive."
type WebhookEventType {
  "The name, as in \`order.paid\`."
  name: String!
  "Whether merchants can receive it, about their own goods; otherwise only the platform can."
  isForMerchants: Boolean!
}
`,
  resolvers: {
    Query: {
      webhookEndpoints: allowed({ by: 'merchant', or: 'webhook:read' }, list),
      webhookEndpoint: allowed(
        { by: 'merchant', or: 'webhook:read' },
        ({ id }: { readonly id: string }, { loaders, viewer }) => loaders.webhookEndpoints.load(id, viewer),
      ),
      webhookEventTypes: allowed('account', () => types),
    },
  },
};

const status = enumType<Status>('WebhookDeliveryStatus', 'The state of a delivery to a webhook endpoint.', {
  waiting: 'It is sent, or sent again.',
  delivered: 'The endpoint has answered with 2xx.',
  failed: 'It was tried for about a day. It can be sent again by hand.',
});

const attemptType = objectType('WebhookAttempt', WebhookAttempt);

const deliveryType = objectType('WebhookDelivery', WebhookDelivery, {
  omit: ['endpointId', 'ownerId', 'stream', 'revision', 'failures'],
  types: { status: 'WebhookDeliveryStatus', attempts: 'WebhookAttempt' },
});

const endpointType = objectType('WebhookEndpoint', WebhookEndpoint, {
  readModels: [endpointsShown],
  fields: {
    isOfPlatform: {
      type: 'Boolean!',
      description: 'Whether it receives the events of all merchants.',
      resolve: ({ ownerId }: WebhookEndpoint) => ownerId === platformOwner,
    },
    deliveries: {
      type: 'WebhookDeliveryConnection',
      description:
        'The log of its deliveries, the newest first: those of a week, of those that ended the latest 1,000.',
      args: `${pageArguments}
    "Only those in this state."
    status: WebhookDeliveryStatus`,
      resolve: (
        { id }: WebhookEndpoint,
        { status: wanted, ...page }: DeliveriesArguments,
        { services }: EdgeContext,
      ) => connectionOf(services.readers.webhookDeliveries.ofEndpoint(id, wanted ?? undefined), page),
    },
  },
});

const shownEndpoint = {
  shows: shown(
    'endpoint',
    'WebhookEndpoint',
    ({ endpointId }: { readonly endpointId: WebhookEndpointId }, { loaders, viewer }) =>
      loaders.webhookEndpoints.load(endpointId, viewer),
  ),
};

export const webhookMutations = {
  addWebhookEndpoint: { ...shownEndpoint, repeats: ['secret'] },
  changeWebhookEndpoint: shownEndpoint,
  rotateWebhookSecret: { ...shownEndpoint, repeats: ['secret', 'previousUntil'] },
  disableWebhookEndpoint: shownEndpoint,
  enableWebhookEndpoint: shownEndpoint,
  removeWebhookEndpoint: { repeats: ['endpointId'] },
  redeliverWebhook: { repeats: ['deliveryId'] },
} satisfies Mutations;

/** Endpoints of others that receive integration events. */
export const webhooks: Concept = combined(
  queries,
  status,
  attemptType,
  deliveryType,
  endpointType,
  connectionType('WebhookEndpoint', 'endpoints'),
  connectionType('WebhookDelivery', 'deliveries'),
  mutationsConcept(webhookMutations),
);
