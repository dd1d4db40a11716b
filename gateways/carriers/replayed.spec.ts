import { instantOf } from '../../domain/kernel';
import { realClock } from '../../platform/clock';
import { signBody } from '../../platform/webhook-signing';
import { envelopeTime } from '../../proto/carrier';
import { carrier, CarrierBench, enveloped, secret } from '../../tests/support/carrier/carrier-fixture';

let bench: CarrierBench;
beforeEach(() => {
  bench = new CarrierBench();
});
afterEach(() => bench.stop());

const signing = carrier({ dialect: 'enveloped', operator: true });

/** Says it under the signature of the dialect, which covers the body alone. */
const signed = (path: string, body: object) => {
  const text = JSON.stringify(body);
  return bench.call(path, text, { 'x-amazon-signature': signBody(Buffer.from(text), secret) });
};
const minutesAgo = (minutes: number) => instantOf(Date.parse(realClock.now()) - minutes * 60_000);
const arrived = (timestamp: string | undefined, payload: object) => ({
  ...{ message_type: 'TruckArrived', payload },
  timestamp,
});

describe('a signed enveloped message', () => {
  it.each([
    ['of years ago', '2020-03-01T08:00:00'],
    ['of six minutes ago', envelopeTime(minutesAgo(6))],
    ['of six minutes from now', minutesAgo(-6)],
    ['of now in another zone', minutesAgo(0).replace('Z', '+02:00')],
    ['of no time that can be read', 'just now'],
  ])('with a time %s is refused and changes nothing', async (_, timestamp) => {
    await bench.start([signing]);
    const { shipmentId, number, warehouseId } = await bench.ship();
    await bench.pack(shipmentId);
    const payload = { truck_id: 1, warehouse_id: warehouseId, shipment_id: number };
    const answer = await signed('/api/webhooks/truck-arrived', arrived(timestamp, payload));
    expect(answer).toMatchObject({ status: 401, body: { message_type: 'Error', payload: { code: 2002 } } });
    const question = { message_type: 'PackageDetailRequest', timestamp, payload: { shipment_id: number } };
    expect((await signed('/api/webhooks/shipment-detail-request', question)).status).toBe(401);
    expect(await bench.count('CarrierInboundReceived')).toBe(0);
  });

  it.each([
    ['without a zone', envelopeTime(minutesAgo(4))],
    ['with one', minutesAgo(4)],
    ['in another zone', minutesAgo(4 - 120).replace('Z', '+02:00')],
  ])('with the present time %s is accepted, and has one effect', async (_, timestamp) => {
    await bench.start([signing]);
    const { shipmentId, number, warehouseId } = await bench.ship();
    await bench.pack(shipmentId);
    const payload = { truck_id: 1, warehouse_id: warehouseId, shipment_id: number };
    for (let copy = 0; copy < 2; copy += 1)
      expect((await signed('/api/webhooks/truck-arrived', arrived(timestamp, payload))).status).toBe(200);
    expect(await bench.count('CarrierInboundReceived')).toBe(1);
  });

  it('chooses a world only with a time, in the body or in an envelope', async () => {
    await bench.start([signing]);
    expect((await signed('/set_worldid', { worldid: 9 })).status).toBe(401);
    const timestamp = envelopeTime(realClock.now());
    const old = { worldid: 9, timestamp };
    expect((await signed('/set_worldid', old)).status).toBe(200);
    const enclosed = { message_type: 'SetWorldId', timestamp, payload: { worldid: 10 } };
    expect((await signed('/set_worldid', enclosed)).status).toBe(200);
    expect((await signed('/set_worldid', old)).status).toBe(200);
    const chosen = (await bench.platform.events()).filter(({ type }) => type === 'WorldChosen');
    expect(chosen.map(({ data }) => (data as { worldId: string }).worldId)).toEqual(['9', '10']);
  });
});

describe('an enveloped message that needs no signature', () => {
  it('has one effect for each time in it, if it has no other identity', async () => {
    await bench.start([enveloped]);
    const { warehouseId } = await bench.ship();
    const arrives = (timestamp: string) =>
      bench.call(
        '/api/webhooks/truck-arrived',
        arrived(timestamp, { truck_id: 1, warehouse_id: warehouseId }),
      );
    for (let copy = 0; copy < 3; copy += 1) expect((await arrives('2020-03-01T08:00:00')).status).toBe(200);
    expect((await arrives('2020-03-01T08:00:01')).status).toBe(200);
    expect(await bench.count('CarrierInboundReceived')).toBe(2);
  });
});
