import Fastify from 'fastify';
import { signWebhook } from '../../platform/webhook-signing';
import { createLogger } from '../../platform/telemetry';
import { carrier, secret } from '../../tests/support/carrier/carrier-fixture';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { carrierRoutes, type RoutesDeps } from './routes';
import { upsGatewayLimits, type UpsGatewayLimits } from './settings';

const body = '{"specversion":"1.0","type":"carrier.truck.lost"}';

/** Nothing that is sent here gets as far as the inbox. */
const setUp = async (limits: Partial<UpsGatewayLimits> = {}) => {
  const clock = createVirtualClock();
  const lines: string[] = [];
  const deps = {
    carriers: [carrier()],
    clock,
    logger: createLogger('info', { write: (line: string) => void lines.push(line) }),
    limits: { ...upsGatewayLimits, ...limits },
  };
  const server = Fastify();
  await server.register(carrierRoutes(deps as unknown as RoutesDeps));
  const send = (remoteAddress: string, headers: object) =>
    server.inject({
      ...{ method: 'POST', url: '/webhooks/ups', payload: body, remoteAddress },
      headers: { 'content-type': 'application/json', ...headers },
    });
  const forge = (remoteAddress = '203.0.113.1') => send(remoteAddress, {});
  const sign = (remoteAddress: string) =>
    send(remoteAddress, { ...signWebhook('m', Buffer.from(body), [secret], clock.now()) });
  return { clock, lines, forge, sign };
};

it('refuses an address that sends forged messages for a while, and no other address', async () => {
  const { clock, forge, sign } = await setUp({
    refusedPerAddress: { perSecond: 1, burst: 3, clientsMax: 10 },
  });
  for (let time = 0; time < 3; time += 1) expect((await forge()).statusCode).toBe(401);
  const refused = await forge();
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '1']);
  expect((await forge('203.0.113.2')).statusCode).toBe(401);
  // Its signature is right, and its type is none that there is.
  expect((await sign('203.0.113.3')).statusCode).toBe(400);
  await clock.advance(1_000);
  expect((await forge()).statusCode).toBe(401);
});

it('does not count a message with a valid signature', async () => {
  const { sign } = await setUp({ refusedPerAddress: { perSecond: 0.001, burst: 1, clientsMax: 10 } });
  for (let time = 0; time < 5; time += 1) expect((await sign('203.0.113.3')).statusCode).toBe(400);
});

it('logs few lines of a flood of forged messages, and then their number', async () => {
  const { clock, lines, forge } = await setUp();
  for (let at = 0; at < 500; at += 1) await forge(`203.0.${at >> 8}.${at & 255}`);
  expect(lines.length).toBeLessThan(30);
  await clock.advance(10_000);
  const entries = lines.map((line) => JSON.parse(line) as { notLogged?: number });
  expect(entries.at(-1)?.notLogged).toBeGreaterThan(450);
});
