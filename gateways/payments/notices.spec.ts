import Fastify, { type FastifyInstance } from 'fastify';
import type { CommandClient } from '../../commands';
import type { Millis } from '../../domain/kernel';
import { silentLogger } from '../../platform/telemetry';
import { demandRouteAccess } from '../../platform/route-access';
import { signWebhook } from '../../platform/webhook-signing';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock, type VirtualClock } from '../../tests/support/time/virtual-clock';
import { NOTICES_PATH, paymentNotices } from './notices';

const secret = 'a secret of the shop and its provider';
const paymentKey = '9dcb33dc-d841-54b2-bae2-739c05b675f1';
const refundKey = '22554cb8-a510-5ae5-9857-23bebf3760ca';

let app: FastifyInstance;
let clock: VirtualClock;
let sent: unknown[];
let answer: () => Promise<unknown>;

beforeEach(async () => {
  clock = createVirtualClock();
  sent = [];
  answer = async () => ({ kind: 'accepted', value: {} });
  const send = async (name: string, input: object, { principal }: { principal: object }) => {
    sent.push([name, input, principal]);
    return answer();
  };
  const commands = { send } as unknown as CommandClient;
  app = Fastify();
  demandRouteAccess(app);
  const random = seededRandom(1);
  await app.register(paymentNotices({ commands, secrets: [secret], clock, random, logger: silentLogger }));
});
afterEach(() => app.close());

type Sent = { readonly body?: string; readonly under?: string; readonly headers?: Record<string, string> };
const post = ({ body = JSON.stringify({ paymentKey }), under = secret, headers = {} }: Sent = {}) =>
  app.inject({
    ...{ method: 'POST', url: NOTICES_PATH, body },
    headers: {
      'content-type': 'application/json',
      ...signWebhook('m1', Buffer.from(body), [under], clock.now()),
      ...headers,
    },
  });

const gateway = { kind: 'gateway', id: 'payment', roles: [] };

it('has the platform ask about the payment', async () => {
  expect((await post()).statusCode).toBe(204);
  expect(sent).toEqual([['recordPaymentNotice', { paymentId: paymentKey }, gateway]]);
});

it('has the platform ask about the refund', async () => {
  expect((await post({ body: JSON.stringify({ paymentKey, refundKey }) })).statusCode).toBe(204);
  expect(sent).toEqual([['recordPaymentNotice', { paymentId: paymentKey, refundId: refundKey }, gateway]]);
});

it.each<[string, Sent]>([
  ['has no signature', { headers: { 'webhook-signature': '' } }],
  ['is signed by a stranger', { under: 'another secret, of a stranger' }],
  [
    'was signed long ago',
    { headers: signWebhook('m1', Buffer.from('{}'), [secret], '2020-01-01T00:00:00.000Z' as never) },
  ],
])('refuses a notice that %s', async (_, wrong) => {
  expect((await post(wrong)).statusCode).toBe(401);
  expect(sent).toEqual([]);
});

it.each(['', '{', '[]', '{"paymentKey":7}', '{"paymentKey":"x"}', '{"__proto__":{"paymentKey":"x"}}'])(
  'refuses the body %j',
  async (body) => {
    expect((await post({ body })).statusCode).toBe(400);
    expect(sent).toEqual([]);
  },
);

it('refuses a long body', async () => {
  expect((await post({ body: 'x'.repeat(20_000) })).statusCode).toBe(413);
});

it('answers in time although the provider does not', async () => {
  answer = () => new Promise<never>(() => undefined);
  const answered = post();
  while (sent.length === 0) await new Promise(setImmediate);
  await clock.advance(5_000 as Millis);
  expect((await answered).statusCode).toBe(204);
});
