import { realClock } from '../../platform/clock';
import { createLogger } from '../../platform/telemetry';
import { signWebhook } from '../../platform/webhook-signing';
import {
  carrier,
  CarrierBench,
  enveloped,
  plainly,
  secret,
} from '../../tests/support/carrier/carrier-fixture';

let bench: CarrierBench;
beforeEach(() => {
  bench = new CarrierBench();
});
afterEach(() => bench.stop());

const body = JSON.stringify({ shipment_id: 4_711 });
const PATH = '/api/ups/package-delivered';
const signatureOf = (text: string) => ({ ...signWebhook('m', Buffer.from(text), [secret], realClock.now()) });

describe('a message without a signature', () => {
  it.each([
    ['plain', PATH, { shipment_id: 4_711 }],
    [
      'enveloped',
      '/api/webhooks/shipment-delivered',
      {
        ...{ message_type: 'ShipmentDelivered', timestamp: '2026-01-31T08:00:00' },
        payload: { shipment_id: 4_711 },
      },
    ],
  ] as const)(
    'is refused from a carrier that is %s, unless its configuration permits it',
    async (dialect, path, said) => {
      await bench.start([carrier({ dialect })]);
      expect((await bench.call(path, said)).status).toBe(401);
      await bench.stop();
      await bench.start([dialect === 'plain' ? plainly : enveloped]);
      expect((await bench.call(path, said)).status).toBe(404);
    },
  );

  it.each([
    'text/plain',
    'text/plain;charset=UTF-8',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'text/json',
  ])('is refused as "%s", which any web page may send', async (type) => {
    await bench.start([plainly]);
    expect(await bench.call(PATH, body, { 'content-type': type })).toMatchObject({ status: 415 });
    expect(await bench.call(PATH, body, { ...signatureOf(body), 'content-type': type })).toMatchObject({
      status: 415,
    });
  });

  it('is refused without a content type', async () => {
    await bench.start([plainly]);
    expect((await bench.call(PATH, body, { 'content-type': '' })).status).toBe(400);
    expect(await bench.count('CarrierInboundReceived')).toBe(0);
  });

  it.each(['application/json', 'Application/JSON; charset=utf-8', 'application/cloudevents+json'])(
    'is accepted as %s',
    async (type) => {
      await bench.start([plainly]);
      expect((await bench.call(PATH, body, { 'content-type': type })).status).toBe(404);
    },
  );

  it.each([{ origin: 'http://127.0.0.1:4000' }, { origin: 'null' }, { 'sec-fetch-site': 'same-origin' }])(
    'is refused from a web page: %j',
    async (headers) => {
      await bench.start([plainly]);
      expect((await bench.call(PATH, body, headers as Record<string, string>)).status).toBe(401);
    },
  );

  it.each([
    ['127.0.0.1', 404],
    ['::1', 404],
    ['::ffff:127.0.0.1', 404],
    ['10.0.0.7', 401],
    ['2001:db8::1', 401],
  ])('is accepted only from this machine if no address is configured: %s', async (address, status) => {
    await bench.start([plainly]);
    expect((await bench.call(PATH, body, {}, address)).status).toBe(status);
    expect((await bench.call(PATH, body, signatureOf(body), address)).status).toBe(401);
  });

  it.each([
    ['10.0.0.7', 404],
    ['10.0.1.7', 401],
    ['127.0.0.1', 401],
  ])('is accepted from the configured addresses: %s', async (address, status) => {
    await bench.start([carrier({ dialect: 'plain', unsignedFrom: ['10.0.0.0/24'] })]);
    expect((await bench.call(PATH, body, {}, address)).status).toBe(status);
    // A signed message is accepted from any address.
    expect((await bench.call(PATH, body, signatureOf(body), address)).status).toBe(404);
  });

  it.each([{ 'x-forwarded-for': '127.0.0.1' }, { forwarded: 'for=127.0.0.1' }])(
    'is refused if an unknown proxy forwarded it: %j',
    async (headers) => {
      await bench.start([plainly]);
      expect((await bench.call(PATH, body, headers as Record<string, string>)).status).toBe(401);
    },
  );

  it('is logged at the start if it would be accepted', async () => {
    const lines: string[] = [];
    await bench.start([carrier({ name: 'swift' }), plainly], undefined, false, {
      logger: createLogger('warn', { write: (line) => void lines.push(line) }),
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"from":["127.0.0.0/8","::1"]');
  });
});
