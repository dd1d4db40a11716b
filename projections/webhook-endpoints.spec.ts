import type { AccountId, Instant, WebhookEndpointId } from '../domain/kernel';
import { itProjects } from '../tests/support/projections/it-projects';
import { webhookEndpoints, type WebhookEndpoint } from './webhook-endpoints';

const id = 'one' as WebhookEndpointId;
const ownerId = 'sam' as AccountId;
const at = '2026-11-02T09:00:00.000Z' as Instant;
const until = '2026-11-03T09:00:00.000Z' as Instant;
const url = 'https://sam.example/hooks';
const of = { ownerId, endpointId: id };

const before: WebhookEndpoint = {
  ...{ id, ownerId, url, types: ['order.paid'], description: 'Books', disabledBecause: null, addedAt: at },
  ...{ secretRotatedAt: null, previousSecretUntil: null },
};
const disabled: WebhookEndpoint = { ...before, disabledBecause: 'failing' };

itProjects(webhookEndpoints, [
  {
    on: {
      type: 'WebhookEndpointAdded',
      data: { ...of, url, types: ['order.paid'], description: 'Books', addedAt: at },
    },
    because: 'is enabled',
    touches: [{ id, after: before }],
  },
  {
    on: {
      type: 'WebhookEndpointChanged',
      data: { ...of, url: `${url}/2`, types: ['order.shipped'], description: '', changedAt: at },
    },
    because: 'has another target',
    touches: [
      { id, before, after: { ...before, url: `${url}/2`, types: ['order.shipped'], description: '' } },
    ],
  },
  {
    on: {
      type: 'WebhookSecretRotated',
      data: { ...of, secretNumber: 2, previousUntil: until, rotatedAt: at },
    },
    because: 'has two secrets for a time',
    touches: [{ id, before, after: { ...before, secretRotatedAt: at, previousSecretUntil: until } }],
  },
  {
    on: { type: 'WebhookEndpointDisabled', data: { ...of, because: 'failing', disabledAt: at } },
    because: 'shows why it is disabled',
    touches: [{ id, before, after: disabled }],
  },
  {
    on: { type: 'WebhookEndpointEnabled', data: { ...of, enabledAt: at } },
    because: 'is enabled again',
    touches: [{ id, before: disabled, after: before }],
  },
  {
    on: { type: 'WebhookEndpointRemoved', data: { ...of, removedAt: at } },
    because: 'is no more',
    touches: [{ id, before }],
  },
  {
    on: { type: 'WebhookEndpointEnabled', data: { ...of, enabledAt: at } },
    because: 'is unknown',
    touches: [{ id }],
  },
]);
