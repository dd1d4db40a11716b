import { z } from 'zod';
import type { AccountId } from '../../domain/kernel';
import {
  endpointOf,
  platformOwner,
  webhookEndpoints,
  type WebhookEndpointsCommand,
  type WebhookOwner,
} from '../../domain/webhook-endpoints';
import type { CommandContext } from '../../platform/execution';
import type { PublicUrls } from '../../platform/http-client';
import { webhookEndpointId } from '../../platform/ids';
import { demandMerchant, type AllowedContext } from '../use-case/authorization';
import {
  instantSchema,
  textSchema,
  webhookDeliveryIdSchema,
  webhookEndpointIdSchema,
  webhookOwnerSchema,
} from '../use-case/input';
import { demandEnabledMerchant } from '../merchant';
import { notAccepted, nothing, outcomeOf, rejected } from '../use-case/outcome';
import { useCase, type UseCaseDeps } from '../use-case/use-case';
import { webhookSecret, type SecretDeps } from './webhook-secret';

export type WebhookDeps = SecretDeps & { readonly webhookUrls: Pick<PublicUrls, 'problemOf'> };

const allow = { by: 'merchant', or: 'webhook:change' } as const;

const ownerId = webhookOwnerSchema.exactOptional();
const ofEndpoint = { ownerId, endpointId: webhookEndpointIdSchema };

const target = {
  url: textSchema(2_000).describe('The URL: `https`, without credentials, on a host with public addresses.'),
  types: z
    .array(textSchema(100))
    .max(100)
    .readonly()
    .describe('The types of the events that it receives, from the query webhookEventTypes.'),
  description: textSchema(200).describe('A text by which you recognise it.').exactOptional(),
};

const secretSchema = z
  .string()
  .describe('The signing secret, `whsec_…`. It is shown here alone: nothing can read it later.');

/** @throws Fault `NOT_PERMITTED` unless the endpoints are the caller's own, or the caller may change all. */
const ownerOf = async (
  given: WebhookOwner | undefined,
  context: AllowedContext,
  deps: UseCaseDeps,
): Promise<WebhookOwner> => {
  const { kind, id } = context.principal;
  const owner = given ?? (kind === 'system' ? platformOwner : (id as AccountId));
  demandMerchant(context, owner, allow.or);
  if (owner !== platformOwner && !context.forAll) await demandEnabledMerchant(deps, owner);
  return owner;
};

const executeOn = (command: WebhookEndpointsCommand, context: CommandContext, { aggregates }: UseCaseDeps) =>
  aggregates.of(webhookEndpoints).execute(command.ownerId, command, context);

/** The commands that name an endpoint and nothing else. */
type Plain = 'EnableEndpoint' | 'RemoveEndpoint';

const plain =
  (type: Plain) =>
  async (
    input: { readonly ownerId?: WebhookOwner } & Pick<WebhookEndpointsCommand, 'endpointId'>,
    context: AllowedContext,
    deps: UseCaseDeps,
  ) => {
    const owner = await ownerOf(input.ownerId, context, deps);
    const command = { type, ownerId: owner, endpointId: input.endpointId, at: deps.clock.now() } as const;
    return outcomeOf(await executeOn(command, context, deps), nothing);
  };

const targetRejections = [
  'WEBHOOK_URL_REFUSED',
  'WEBHOOK_EVENT_TYPES_MISSING',
  'WEBHOOK_EVENT_TYPE_UNKNOWN',
] as const;

export const webhookUseCases = {
  addWebhookEndpoint: useCase({
    summary:
      'Adds an endpoint that receives integration events as Standard Webhooks: of a merchant those about own goods, of the platform all.',
    allow,
    input: z.object({ ownerId, ...target }),
    success: z.object({ endpointId: webhookEndpointIdSchema, secret: secretSchema }),
    rejections: ['TOO_MANY_WEBHOOK_ENDPOINTS', ...targetRejections],
    handle: async ({ url, types, description = '', ...input }, context, deps: WebhookDeps) => {
      const owner = await ownerOf(input.ownerId, context, deps);
      const problem = await deps.webhookUrls.problemOf(url);
      if (problem !== undefined) return rejected({ code: 'WEBHOOK_URL_REFUSED', url, problem });
      const endpointId = webhookEndpointId(context.commandId);
      const { kind, id } = context.principal;
      const addedBy = kind === 'system' ? undefined : (id as AccountId);
      const added = { ownerId: owner, endpointId, url, types, description, addedBy } as const;
      const command = { type: 'AddEndpoint', ...added, at: deps.clock.now() } as const;
      const secret = await webhookSecret(deps, endpointId, 1);
      return outcomeOf(await executeOn(command, context, deps), { endpointId, secret });
    },
  }),

  changeWebhookEndpoint: useCase({
    summary: 'Replaces the URL, the event types and the description of a webhook endpoint.',
    allow,
    input: z.object({ ...ofEndpoint, ...target }),
    success: z.object({}),
    rejections: ['WEBHOOK_ENDPOINT_NOT_FOUND', ...targetRejections],
    handle: async ({ endpointId, url, types, description = '', ...input }, context, deps: WebhookDeps) => {
      const owner = await ownerOf(input.ownerId, context, deps);
      const problem = await deps.webhookUrls.problemOf(url);
      if (problem !== undefined) return rejected({ code: 'WEBHOOK_URL_REFUSED', url, problem });
      const changed = { ownerId: owner, endpointId, url, types, description };
      const command = { type: 'ChangeEndpoint', ...changed, at: deps.clock.now() } as const;
      return outcomeOf(await executeOn(command, context, deps), nothing);
    },
  }),

  rotateWebhookSecret: useCase({
    summary:
      'Makes a new signing secret for a webhook endpoint. For a day, messages are signed with the new and the previous one.',
    allow,
    input: z.object(ofEndpoint),
    success: z.object({
      secret: secretSchema,
      previousUntil: instantSchema.describe('The time until which the previous secret signs too.'),
    }),
    rejections: ['WEBHOOK_ENDPOINT_NOT_FOUND'],
    handle: async ({ endpointId, ...input }, context, deps: WebhookDeps) => {
      const owner = await ownerOf(input.ownerId, context, deps);
      const command = { type: 'RotateSecret', ownerId: owner, endpointId, at: deps.clock.now() } as const;
      const executed = await executeOn(command, context, deps);
      if (executed.kind !== 'accepted') return notAccepted(executed);
      // A repeat of the command has the events of its first time. Without events, another one did the same at the same moment.
      const [event] = executed.events;
      const rotated =
        event?.type === 'WebhookSecretRotated'
          ? event.data
          : endpointOf(await deps.aggregates.of(webhookEndpoints).load(owner), endpointId);
      if (rotated?.previousUntil === undefined)
        return rejected({ code: 'WEBHOOK_ENDPOINT_NOT_FOUND', endpointId });
      const { secretNumber, previousUntil } = rotated;
      const secret = await webhookSecret(deps, endpointId, secretNumber);
      return outcomeOf(executed, { secret, previousUntil });
    },
  }),

  disableWebhookEndpoint: useCase({
    summary: 'Stops sending to a webhook endpoint. Events that happen until it is enabled are not sent.',
    allow,
    input: z.object(ofEndpoint),
    success: z.object({}),
    rejections: ['WEBHOOK_ENDPOINT_NOT_FOUND'],
    handle: async ({ endpointId, ...input }, context, deps) => {
      const owner = await ownerOf(input.ownerId, context, deps);
      const command = { type: 'DisableEndpoint', ownerId: owner, endpointId, because: 'owner' } as const;
      return outcomeOf(await executeOn({ ...command, at: deps.clock.now() }, context, deps), nothing);
    },
  }),

  enableWebhookEndpoint: useCase({
    summary:
      'Sends to a webhook endpoint again, also what waited when it was disabled. One that is enabled is no error.',
    allow,
    input: z.object(ofEndpoint),
    success: z.object({}),
    rejections: ['WEBHOOK_ENDPOINT_NOT_FOUND'],
    handle: plain('EnableEndpoint'),
  }),

  removeWebhookEndpoint: useCase({
    summary:
      'Removes a webhook endpoint with its secret and its deliveries. An endpoint that is not there is no error.',
    allow,
    input: z.object(ofEndpoint),
    success: z.object({}),
    rejections: [],
    handle: plain('RemoveEndpoint'),
  }),

  redeliverWebhook: useCase({
    summary: 'Sends a delivery of a webhook endpoint again, under the same message id, in any state of it.',
    allow,
    input: z.object({ ...ofEndpoint, deliveryId: webhookDeliveryIdSchema }),
    success: z.object({}),
    rejections: ['WEBHOOK_ENDPOINT_NOT_FOUND', 'WEBHOOK_ENDPOINT_DISABLED'],
    handle: async ({ endpointId, deliveryId, ...input }, context, deps) => {
      const owner = await ownerOf(input.ownerId, context, deps);
      const requested = { ownerId: owner, endpointId, deliveryId, at: deps.clock.now() };
      const command = { type: 'RequestRedelivery', ...requested } as const;
      return outcomeOf(await executeOn(command, context, deps), nothing);
    },
  }),
};
