import {
  accept,
  epochMsOf,
  integrationEventTypes,
  isIntegrationEventType,
  later,
  plainState,
  reject,
  unreachable,
  type AccountId,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
  type IntegrationEventType,
  type Millis,
  type WebhookDeliveryId,
  type WebhookEndpointId,
} from './kernel';

/** The owner of the endpoints that receive the events of all merchants. */
export const platformOwner = 'platform';

/** A merchant, or the platform. */
export type WebhookOwner = AccountId | typeof platformOwner;

/** The events that an endpoint receives, and its URL. */
export type EndpointTarget = {
  readonly url: string;
  readonly types: readonly IntegrationEventType[];
  /** A text by which people recognise it; may be empty. */
  readonly description: string;
};

/**
 * The reason why an endpoint receives nothing. `owner`: its owner, or staff, disabled it; `failing`: it failed for too long;
 * `backlog`: too many events waited for it; `gone`: it answered that it does not exist any more.
 */
export type DisabledBecause = 'owner' | 'failing' | 'backlog' | 'gone';

type OfEndpoint = { ownerId: WebhookOwner; endpointId: WebhookEndpointId };

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** `addedBy`: the account that is notified where the platform disables it. */
export type WebhookEndpointAdded = Fact<
  'WebhookEndpointAdded',
  OfEndpoint & {
    url: string;
    types: readonly IntegrationEventType[];
    description: string;
    addedBy?: AccountId | undefined;
    addedAt: Instant;
  }
>;

/** All that it receives after the change. */
export type WebhookEndpointChanged = Fact<
  'WebhookEndpointChanged',
  OfEndpoint & {
    url: string;
    types: readonly IntegrationEventType[];
    description: string;
    changedAt: Instant;
  }
>;

/** Secrets are derived from the endpoint and `secretNumber`, and are not stored. The previous one signs too until `previousUntil`. */
export type WebhookSecretRotated = Fact<
  'WebhookSecretRotated',
  OfEndpoint & { secretNumber: number; previousUntil: Instant; rotatedAt: Instant }
>;

export type WebhookEndpointDisabled = Fact<
  'WebhookEndpointDisabled',
  OfEndpoint & { because: DisabledBecause; disabledAt: Instant }
>;

export type WebhookEndpointEnabled = Fact<'WebhookEndpointEnabled', OfEndpoint & { enabledAt: Instant }>;

export type WebhookEndpointRemoved = Fact<'WebhookEndpointRemoved', OfEndpoint & { removedAt: Instant }>;

/** A person wants a delivery sent again, in any state of it. */
export type WebhookRedeliveryRequested = Fact<
  'WebhookRedeliveryRequested',
  OfEndpoint & { deliveryId: WebhookDeliveryId; requestedAt: Instant }
>;

export type WebhookEndpointsEvent =
  | WebhookEndpointAdded
  | WebhookEndpointChanged
  | WebhookSecretRotated
  | WebhookEndpointDisabled
  | WebhookEndpointEnabled
  | WebhookEndpointRemoved
  | WebhookRedeliveryRequested;

export const webhookEndpointsEventTypes = {
  WebhookEndpointAdded: true,
  WebhookEndpointChanged: true,
  WebhookSecretRotated: true,
  WebhookEndpointDisabled: true,
  WebhookEndpointEnabled: true,
  WebhookEndpointRemoved: true,
  WebhookRedeliveryRequested: true,
} as const satisfies Record<WebhookEndpointsEvent['type'], true>;

type To = { readonly ownerId: WebhookOwner; readonly endpointId: WebhookEndpointId; readonly at: Instant };

/** `types`: as the caller gave them. */
type Target = { readonly url: string; readonly types: readonly string[]; readonly description: string };

type AddEndpoint = To & Target & { readonly type: 'AddEndpoint'; readonly addedBy?: AccountId | undefined };
type ChangeEndpoint = To & Target & { readonly type: 'ChangeEndpoint' };
type RotateSecret = To & { readonly type: 'RotateSecret' };
type DisableEndpoint = To & { readonly type: 'DisableEndpoint'; readonly because: DisabledBecause };
type EnableEndpoint = To & { readonly type: 'EnableEndpoint' };
type RemoveEndpoint = To & { readonly type: 'RemoveEndpoint' };
type RequestRedelivery = To & {
  readonly type: 'RequestRedelivery';
  readonly deliveryId: WebhookDeliveryId;
};

export type WebhookEndpointsCommand =
  | AddEndpoint
  | ChangeEndpoint
  | RotateSecret
  | DisableEndpoint
  | EnableEndpoint
  | RemoveEndpoint
  | RequestRedelivery;

export type WebhookEndpointsRejection =
  | { readonly code: 'WEBHOOK_ENDPOINT_NOT_FOUND'; readonly endpointId: WebhookEndpointId }
  | { readonly code: 'WEBHOOK_ENDPOINT_DISABLED'; readonly endpointId: WebhookEndpointId }
  | { readonly code: 'TOO_MANY_WEBHOOK_ENDPOINTS'; readonly max: number }
  | { readonly code: 'WEBHOOK_EVENT_TYPES_MISSING' }
  | { readonly code: 'WEBHOOK_EVENT_TYPE_UNKNOWN'; readonly type: string };

export type WebhookEndpoint = EndpointTarget & {
  readonly addedBy: AccountId | undefined;
  readonly addedAt: Instant;
  /** The number of the secret that signs, from 1. */
  readonly secretNumber: number;
  /** The time until which the previous secret signs too. */
  readonly previousUntil: Instant | undefined;
  /** Absent while it is enabled. */
  readonly disabledBecause: DisabledBecause | undefined;
  /** The last request to send a delivery again. */
  readonly redelivery: { readonly deliveryId: WebhookDeliveryId; readonly at: Instant } | undefined;
};

/** The endpoints of one owner by their ids, the oldest first. */
export type WebhookEndpointsState = {
  readonly endpoints: Readonly<Record<WebhookEndpointId, WebhookEndpoint>>;
};

const initial: WebhookEndpointsState = { endpoints: {} };

/** The number of endpoints of one owner. */
export const endpointsMax = 20;

/** The time for which the previous secret signs too after a rotation: a day. */
export const secretOverlapMs = 86_400_000 as Millis;

/** Returns the numbers of the secrets that sign at a time, the newest first. */
export const secretNumbersAt = (
  { secretNumber, previousUntil }: Pick<WebhookEndpoint, 'secretNumber' | 'previousUntil'>,
  at: Instant,
): readonly number[] =>
  previousUntil !== undefined && epochMsOf(at) < epochMsOf(previousUntil)
    ? [secretNumber, secretNumber - 1]
    : [secretNumber];

type Endpoints = WebhookEndpointsState['endpoints'];

/** Returns an endpoint by its id; undefined if the owner has none of that id, also for names that every object has. */
export const endpointOf = (
  { endpoints }: WebhookEndpointsState,
  endpointId: WebhookEndpointId,
): WebhookEndpoint | undefined => (Object.hasOwn(endpoints, endpointId) ? endpoints[endpointId] : undefined);

const without = ({ endpoints }: WebhookEndpointsState, endpointId: WebhookEndpointId): Endpoints =>
  Object.fromEntries(Object.entries(endpoints).filter(([id]) => id !== endpointId));

const evolve = (state: WebhookEndpointsState, event: WebhookEndpointsEvent): WebhookEndpointsState => {
  const { endpointId } = event.data;
  const changed = (change: Partial<WebhookEndpoint>): WebhookEndpointsState => {
    const endpoint = endpointOf(state, endpointId);
    if (endpoint === undefined) throw new Error(`${event.type} before WebhookEndpointAdded`);
    return { endpoints: { ...state.endpoints, [endpointId]: { ...endpoint, ...change } } };
  };
  switch (event.type) {
    case 'WebhookEndpointAdded': {
      const { url, types, description, addedBy, addedAt } = event.data;
      const added: WebhookEndpoint = {
        ...{ url, types, description, addedBy, addedAt, secretNumber: 1 },
        ...{ previousUntil: undefined, disabledBecause: undefined, redelivery: undefined },
      };
      return { endpoints: { ...state.endpoints, [endpointId]: added } };
    }
    case 'WebhookEndpointChanged': {
      const { url, types, description } = event.data;
      return changed({ url, types, description });
    }
    case 'WebhookSecretRotated': {
      const { secretNumber, previousUntil } = event.data;
      return changed({ secretNumber, previousUntil });
    }
    case 'WebhookEndpointDisabled':
      return changed({ disabledBecause: event.data.because });
    case 'WebhookEndpointEnabled':
      return changed({ disabledBecause: undefined });
    case 'WebhookEndpointRemoved':
      return { endpoints: without(state, endpointId) };
    case 'WebhookRedeliveryRequested': {
      const { deliveryId, requestedAt: at } = event.data;
      return changed({ redelivery: { deliveryId, at } });
    }
    default:
      return unreachable(event);
  }
};

type WebhookEndpointsDecision = Decision<WebhookEndpointsEvent, WebhookEndpointsRejection>;

/** Returns the types of a target, each once and in the order of the table, or why they are refused. */
const typesOf = (
  { types }: Target,
  ownerId: WebhookOwner,
): { readonly types: readonly IntegrationEventType[] } | WebhookEndpointsRejection => {
  if (types.length === 0) return { code: 'WEBHOOK_EVENT_TYPES_MISSING' };
  const isOffered = (type: string): boolean =>
    isIntegrationEventType(type) && (ownerId === platformOwner || integrationEventTypes[type] === 'merchant');
  const type = types.find((one) => !isOffered(one));
  if (type !== undefined) return { code: 'WEBHOOK_EVENT_TYPE_UNKNOWN', type };
  const names = Object.keys(integrationEventTypes) as IntegrationEventType[];
  return { types: names.filter((name) => types.includes(name)) };
};

const addEndpoint = (command: AddEndpoint, state: WebhookEndpointsState): WebhookEndpointsDecision => {
  const { ownerId, endpointId, url, description, addedBy, at } = command;
  // The id is derived from the command, so this is a repeat of it.
  if (endpointOf(state, endpointId) !== undefined) return accept();
  if (Object.keys(state.endpoints).length >= endpointsMax)
    return reject({ code: 'TOO_MANY_WEBHOOK_ENDPOINTS', max: endpointsMax });
  const chosen = typesOf(command, ownerId);
  if ('code' in chosen) return reject(chosen);
  const data = { ownerId, endpointId, url, types: chosen.types, description, addedBy, addedAt: at };
  return accept({ type: 'WebhookEndpointAdded', data });
};

const changeEndpoint = (command: ChangeEndpoint, endpoint: WebhookEndpoint): WebhookEndpointsDecision => {
  const { ownerId, endpointId, url, description, at } = command;
  const chosen = typesOf(command, ownerId);
  if ('code' in chosen) return reject(chosen);
  const { types } = chosen;
  const isSame =
    endpoint.url === url && endpoint.description === description && endpoint.types.join() === types.join();
  if (isSame) return accept();
  const data = { ownerId, endpointId, url, types, description, changedAt: at };
  return accept({ type: 'WebhookEndpointChanged', data });
};

const rotateSecret = (
  { ownerId, endpointId, at }: RotateSecret,
  { secretNumber, previousUntil }: WebhookEndpoint,
): WebhookEndpointsDecision => {
  const until = later(at, secretOverlapMs);
  // The previous secret is valid until this very moment of another day: a repeat of the command.
  if (previousUntil === until) return accept();
  const data = { ownerId, endpointId, secretNumber: secretNumber + 1, previousUntil: until, rotatedAt: at };
  return accept({ type: 'WebhookSecretRotated', data });
};

const requestRedelivery = (
  { ownerId, endpointId, deliveryId, at }: RequestRedelivery,
  { disabledBecause, redelivery }: WebhookEndpoint,
): WebhookEndpointsDecision => {
  if (disabledBecause !== undefined) return reject({ code: 'WEBHOOK_ENDPOINT_DISABLED', endpointId });
  if (redelivery?.deliveryId === deliveryId && redelivery.at === at) return accept();
  const data = { ownerId, endpointId, deliveryId, requestedAt: at };
  return accept({ type: 'WebhookRedeliveryRequested', data });
};

const decide = (command: WebhookEndpointsCommand, state: WebhookEndpointsState): WebhookEndpointsDecision => {
  if (command.type === 'AddEndpoint') return addEndpoint(command, state);
  const { ownerId, endpointId, at } = command;
  const endpoint = endpointOf(state, endpointId);
  if (endpoint === undefined)
    // It is removed already, or was never there: the list is as the command wants it.
    return command.type === 'RemoveEndpoint'
      ? accept()
      : reject({ code: 'WEBHOOK_ENDPOINT_NOT_FOUND', endpointId });
  switch (command.type) {
    case 'ChangeEndpoint':
      return changeEndpoint(command, endpoint);
    case 'RotateSecret':
      return rotateSecret(command, endpoint);
    case 'DisableEndpoint': {
      if (endpoint.disabledBecause !== undefined) return accept();
      const data = { ownerId, endpointId, because: command.because, disabledAt: at };
      return accept({ type: 'WebhookEndpointDisabled', data });
    }
    case 'EnableEndpoint':
      return endpoint.disabledBecause === undefined
        ? accept()
        : accept({ type: 'WebhookEndpointEnabled', data: { ownerId, endpointId, enabledAt: at } });
    case 'RemoveEndpoint':
      return accept({ type: 'WebhookEndpointRemoved', data: { ownerId, endpointId, removedAt: at } });
    case 'RequestRedelivery':
      return requestRedelivery(command, endpoint);
    default:
      return unreachable(command);
  }
};

/** The webhook endpoints of one owner. */
export const webhookEndpoints: Decider<
  WebhookEndpointsState,
  WebhookEndpointsCommand,
  WebhookEndpointsEvent,
  WebhookEndpointsRejection
> = { category: 'webhook_endpoints', initial, decide, evolve, snapshot: plainState() };
