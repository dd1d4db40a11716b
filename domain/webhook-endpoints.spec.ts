import { given } from '../tests/support/domain/given';
import { alongEveryWalk, recordsOnce } from '../tests/support/domain/walk';
import {
  later,
  type AccountId,
  type Instant,
  type WebhookDeliveryId,
  type WebhookEndpointId,
} from './kernel';
import {
  endpointsMax,
  platformOwner,
  secretNumbersAt,
  secretOverlapMs,
  webhookEndpoints,
  type WebhookEndpointsCommand,
  type WebhookEndpointsEvent,
  type WebhookOwner,
} from './webhook-endpoints';

const sam = '5d0b6c3e-0000-5000-8000-000000000001' as AccountId;
const at = '2026-11-02T09:00:00.000Z' as Instant;
const until = later(at, secretOverlapMs);
const one = 'one' as WebhookEndpointId;
const url = 'https://sam.example/hooks';
const deliveryId = 'd' as WebhookDeliveryId;

const of = (endpointId = one, ownerId: WebhookOwner = sam) => ({ ownerId, endpointId });
const add = (types: readonly string[] = ['order.paid'], to = of()): WebhookEndpointsCommand => ({
  type: 'AddEndpoint',
  ...to,
  url,
  types,
  description: '',
  addedBy: sam,
  at,
});
const change = (types: readonly string[], changedUrl = url): WebhookEndpointsCommand => ({
  ...{ type: 'ChangeEndpoint', ...of(), url: changedUrl, types, description: '', at },
});
const plain = (
  type: 'RotateSecret' | 'EnableEndpoint' | 'RemoveEndpoint',
  to = of(),
  when = at,
): WebhookEndpointsCommand => ({ type, ...to, at: when });
const disable = (because: 'owner' | 'failing' = 'owner'): WebhookEndpointsCommand => ({
  ...{ type: 'DisableEndpoint', ...of(), because, at },
});
const redeliver: WebhookEndpointsCommand = { type: 'RequestRedelivery', ...of(), deliveryId, at };

const added: WebhookEndpointsEvent = {
  type: 'WebhookEndpointAdded',
  data: { ...of(), url, types: ['order.paid'], description: '', addedBy: sam, addedAt: at },
};
const disabled: WebhookEndpointsEvent = {
  type: 'WebhookEndpointDisabled',
  data: { ...of(), because: 'owner', disabledAt: at },
};

describe('AddEndpoint', () => {
  it('adds it, with each type once', () => {
    given(webhookEndpoints, [])
      .when(add(['order.paid', 'order.paid']))
      .then([added]);
  });

  it.each([
    ['no type', [], { code: 'WEBHOOK_EVENT_TYPES_MISSING' }],
    ['an unknown type', ['order.painted'], { code: 'WEBHOOK_EVENT_TYPE_UNKNOWN', type: 'order.painted' }],
    ['a type of every object', ['toString'], { code: 'WEBHOOK_EVENT_TYPE_UNKNOWN', type: 'toString' }],
    [
      'a type of the platform',
      ['user.registered'],
      { code: 'WEBHOOK_EVENT_TYPE_UNKNOWN', type: 'user.registered' },
    ],
  ] as const)('refuses %s', (_name, types, rejection) => {
    given(webhookEndpoints, []).when(add(types)).thenRejected(rejection);
  });

  it('offers the platform every type', () => {
    const to = of(one, platformOwner);
    given(webhookEndpoints, [])
      .when(add(['user.registered'], to))
      .then([
        { ...added, data: { ...added.data, ...to, types: ['user.registered'] } } as WebhookEndpointsEvent,
      ]);
  });

  it('refuses more endpoints than an owner may have', () => {
    const many = Array.from({ length: endpointsMax }, (_, index) => ({
      ...added,
      data: { ...added.data, endpointId: `e${index}` as WebhookEndpointId },
    })) as WebhookEndpointsEvent[];
    given(webhookEndpoints, many)
      .when(add())
      .thenRejected({ code: 'TOO_MANY_WEBHOOK_ENDPOINTS', max: endpointsMax });
  });
});

describe('ChangeEndpoint', () => {
  it('replaces the target', () => {
    given(webhookEndpoints, [added])
      .when(change(['order.shipped'], 'https://sam.example/new'))
      .then([
        {
          type: 'WebhookEndpointChanged',
          data: {
            ...of(),
            url: 'https://sam.example/new',
            types: ['order.shipped'],
            description: '',
            changedAt: at,
          },
        },
      ]);
  });
  it('records nothing where nothing changes', () =>
    given(webhookEndpoints, [added])
      .when(change(['order.paid']))
      .then([]));
  it.each(['__proto__', 'constructor'] as WebhookEndpointId[])(
    'refuses %s, a name of every object',
    (endpointId) =>
      given(webhookEndpoints, [added])
        .when(plain('RotateSecret', of(endpointId)))
        .thenRejected({ code: 'WEBHOOK_ENDPOINT_NOT_FOUND', endpointId }),
  );
  it('refuses an unknown endpoint', () =>
    given(webhookEndpoints, [])
      .when(change(['order.paid']))
      .thenRejected({ code: 'WEBHOOK_ENDPOINT_NOT_FOUND', endpointId: one }));
});

describe('RotateSecret', () => {
  const rotated: WebhookEndpointsEvent = {
    type: 'WebhookSecretRotated',
    data: { ...of(), secretNumber: 2, previousUntil: until, rotatedAt: at },
  };
  it('lets two secrets sign for a day', () => {
    given(webhookEndpoints, [added]).when(plain('RotateSecret')).then([rotated]);
    const endpoint = { secretNumber: 2, previousUntil: until };
    expect(secretNumbersAt(endpoint, at)).toEqual([2, 1]);
    expect(secretNumbersAt(endpoint, until)).toEqual([2]);
    expect(secretNumbersAt({ secretNumber: 1, previousUntil: undefined }, at)).toEqual([1]);
  });
});

describe('DisableEndpoint and EnableEndpoint', () => {
  it('stop and resume it', () => {
    given(webhookEndpoints, [added]).when(disable()).then([disabled]);
    given(webhookEndpoints, [added, disabled])
      .when(plain('EnableEndpoint'))
      .then([{ type: 'WebhookEndpointEnabled', data: { ...of(), enabledAt: at } }]);
  });
  it('keep the first reason', () =>
    given(webhookEndpoints, [added, disabled]).when(disable('failing')).then([]));
});

describe('RequestRedelivery', () => {
  it('is recorded', () => {
    given(webhookEndpoints, [added])
      .when(redeliver)
      .then([{ type: 'WebhookRedeliveryRequested', data: { ...of(), deliveryId, requestedAt: at } }]);
  });
  it('is refused of a disabled endpoint', () =>
    given(webhookEndpoints, [added, disabled])
      .when(redeliver)
      .thenRejected({ code: 'WEBHOOK_ENDPOINT_DISABLED', endpointId: one }));
});

it('RemoveEndpoint removes it, and what is not there is no error', () => {
  given(webhookEndpoints, [added])
    .when(plain('RemoveEndpoint'))
    .then([{ type: 'WebhookEndpointRemoved', data: { ...of(), removedAt: at } }]);
  given(webhookEndpoints, []).when(plain('RemoveEndpoint')).then([]);
});

it('any command, sent twice, is recorded once, and no owner has too many endpoints', () => {
  alongEveryWalk(
    webhookEndpoints,
    ({ endpoints }) => {
      const ids = Object.keys(endpoints) as WebhookEndpointId[];
      const next = Array.from({ length: 6 }, (_, index) =>
        of(`e${ids.length}-${index}` as WebhookEndpointId),
      );
      const first = ids.slice(0, 1).flatMap((id) => {
        const to = of(id);
        const move = later(at, ids.length as never);
        return [
          ...(['RotateSecret', 'EnableEndpoint', 'RemoveEndpoint'] as const).map((type) =>
            plain(type, to, move),
          ),
          { ...disable(), ...to },
          { ...redeliver, ...to, at: move },
          { ...change(['order.shipped', 'order.paid']), ...to },
        ] as WebhookEndpointsCommand[];
      });
      return [...next.map((to) => add(['order.paid'], to)), ...first];
    },
    (step) => {
      recordsOnce(webhookEndpoints, step);
      expect(Object.keys(step.after.endpoints).length).toBeLessThanOrEqual(endpointsMax);
    },
  );
});
