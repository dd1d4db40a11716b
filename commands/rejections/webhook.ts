import { type SomeRows } from './row';

const endpoint = { endpointId: { type: 'ID', text: 'The ID of the webhook endpoint.' } };

export const webhookRejections = {
  WEBHOOK_ENDPOINT_NOT_FOUND: {
    kind: 'not-found',
    why: 'The owner has no such webhook endpoint.',
    remedy: 'Use an id from the query webhookEndpoints, with the owner of the endpoint.',
    figures: endpoint,
    about: ['endpointId'],
  },
  WEBHOOK_ENDPOINT_DISABLED: {
    kind: 'wrong-state',
    why: 'The webhook endpoint is disabled: nothing is sent to it.',
    remedy: 'Wait until it is enabled, or enable it.',
    figures: endpoint,
    about: ['endpointId'],
  },
  TOO_MANY_WEBHOOK_ENDPOINTS: {
    kind: 'wrong-state',
    why: 'The owner has the maximum number of webhook endpoints.',
    remedy: 'Remove one that is not needed, or add its event types to another one.',
    figures: { max: { type: 'Int', text: 'The maximum number.', as: 'endpointsMax' } },
  },
  WEBHOOK_EVENT_TYPES_MISSING: {
    kind: 'invalid',
    why: 'The list of event types is empty.',
    remedy: 'Choose at least one type from the query webhookEventTypes.',
    figures: {},
    about: ['types'],
  },
  WEBHOOK_EVENT_TYPE_UNKNOWN: {
    kind: 'invalid',
    why: 'There is no such event type for this owner.',
    says: ({ type }) => `There is no event type ${type} for this owner.`,
    remedy: 'Choose from the query webhookEventTypes. Some types are only for endpoints of the platform.',
    figures: { type: { type: 'String', text: 'The type that was given.', as: 'eventType' } },
    about: ['types'],
  },
  WEBHOOK_URL_REFUSED: {
    kind: 'invalid',
    why: 'Messages are not sent to this URL.',
    says: ({ url, problem }) => `Messages are not sent to ${url}: ${problem}.`,
    remedy: 'Give an https URL without credentials, whose host has public addresses only.',
    figures: {
      url: { type: 'String', text: 'The URL that was given.' },
      problem: {
        type: 'String',
        text: 'The reason: `malformed`, `not-https`, `credentials`, `unresolvable` or `not-public`.',
      },
    },
    about: ['url'],
  },
} satisfies SomeRows;
