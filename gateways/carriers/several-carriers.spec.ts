import { realClock } from '../../platform/clock';
import { LOOPBACK } from '../../platform/network-list';
import { signBody, signWebhook } from '../../platform/webhook-signing';
import { envelopeTime } from '../../proto/carrier';
import { carrier, CarrierBench, event, secret } from '../../tests/support/carrier/carrier-fixture';
import { until } from '../../tests/support/commands/live-platform';

const of = (name: string) => ({
  name,
  baseUrl: `https://${name}.example`,
  secrets: [`the secret of ${name}`],
});
const signed = carrier();
const plain = carrier({ ...of('snail'), dialect: 'plain', unsignedFrom: LOOPBACK });
const enveloped = carrier({ ...of('swift'), dialect: 'enveloped', prefix: '/api' });

let bench: CarrierBench;
beforeEach(async () => {
  bench = new CarrierBench();
  await bench.start([signed, plain, enveloped]);
});
afterEach(() => bench.stop());

const envelope = (message_type: string, payload: object) =>
  JSON.stringify({ message_type, timestamp: envelopeTime(realClock.now()), payload });

/** Says it as `swift`, under the signature of its dialect. */
const asSwift = (path: string, body: string, by = enveloped) =>
  bench.call(`/api/webhooks/${path}`, body, {
    'x-amazon-signature': signBody(Buffer.from(body), by.secrets[0]!),
  });

describe('three carriers of three dialects on one port', () => {
  /** One parcel with each, all packed at the same warehouse. */
  const shipWithEach = async () => {
    const ups = await bench.ship();
    const [{ productId }] = ups.items as [(typeof ups.items)[number]];
    const snail = await bench.shipMore(productId, 'snail/ann');
    const swift = await bench.shipMore(productId, 'swift/ann');
    for (const { shipmentId } of [ups, snail, swift]) await bench.pack(shipmentId);
    return { ups, snail, swift, warehouseId: ups.warehouseId };
  };
  const loadedOn = async () => {
    const loading = (await bench.platform.events()).filter(({ type }) => type === 'ShipmentLoadingStarted');
    return loading.map(({ data }) => data as unknown as { number: number; truckId: number });
  };

  it('each get notices about the shipments of their accounts, and the first about all others', async () => {
    const { ups, snail, swift } = await shipWithEach();
    await until(
      'all are acknowledged',
      () => bench.gateway.status().unacked === 0 && bench.sent.length === 5,
    );
    const notices = bench.sent.map(({ url, body }) => {
      const { data, shipment_id, payload } = body as Record<string, { shipmentId: number } & typeof body>;
      return [url, data?.shipmentId ?? shipment_id ?? payload?.['shipment_id']];
    });
    expect(notices.sort()).toEqual([
      ['https://carrier.example', ups.number],
      ['https://carrier.example', ups.number],
      ['https://snail.example/package-created', snail.number],
      ['https://snail.example/package-packed', snail.number],
      ['https://swift.example/api/shipment', swift.number],
    ]);
  });

  it('each move only their own shipments, also with a truck that names no shipment', async () => {
    const { ups, snail, swift, warehouseId } = await shipWithEach();
    expect(
      await bench.call('/api/ups/truck-arrived', { truck_id: 2, warehouse_id: warehouseId }),
    ).toMatchObject({ status: 200 });
    expect(await loadedOn()).toMatchObject([{ number: snail.number, truckId: 2 }]);
    await bench.say('carrier.truck.arrived', { shipmentId: ups.number, truckId: 1, warehouseId });
    const arrived = { truck_id: 3, warehouse_id: warehouseId, shipment_id: swift.number };
    await asSwift('truck-arrived', envelope('TruckArrived', arrived));
    expect(await loadedOn()).toMatchObject([
      { number: snail.number, truckId: 2 },
      { number: ups.number, truckId: 1 },
      { number: swift.number, truckId: 3 },
    ]);
  });

  it('can neither move nor read the shipments of others', async () => {
    const { ups, snail, swift, warehouseId } = await shipWithEach();
    const before = await bench.count('ShipmentLoadingStarted');
    const notOurs = { truckId: 1, warehouseId };
    expect(await bench.say('carrier.truck.arrived', { ...notOurs, shipmentId: swift.number })).toMatchObject({
      body: { status: 'parked', code: 'SHIPMENT_NOT_FOUND' },
    });
    const tracked = { shipment_id: ups.number, tracking_id: 'S1' };
    expect((await bench.call('/api/ups/tracking', tracked)).status).toBe(404);
    const question = envelope('PackageDetailRequest', { shipment_id: snail.number });
    expect((await asSwift('shipment-detail-request', question)).body).toMatchObject({
      payload: { code: 2000 },
    });
    expect(await bench.count('ShipmentTrackingAssigned')).toBe(0);
    expect(await bench.count('ShipmentLoadingStarted')).toBe(before);
  });

  it('cannot use the secret of another, or omit a required signature', async () => {
    const delivered = envelope('ShipmentDelivered', { shipment_id: 1 });
    expect((await asSwift('shipment-delivered', delivered, signed)).status).toBe(401);
    expect((await bench.call('/api/webhooks/shipment-delivered', delivered)).status).toBe(401);
    for (const other of [plain, enveloped]) {
      const { body, headers } = event('carrier.delivery.started', { shipmentId: 1 }, 'm', other.secrets[0]);
      expect((await bench.call('/webhooks/ups', body, headers)).status).toBe(401);
      // Its own secret, at an endpoint of another dialect.
      expect((await bench.call(`/webhooks/${other.name}`, body, headers)).status).toBe(401);
    }
    const body = JSON.stringify({ shipment_id: 1 });
    const headers = { ...signWebhook('m', Buffer.from(body), [secret], realClock.now()) };
    expect((await bench.call('/api/ups/package-delivered', body, headers)).status).toBe(401);
    expect(await bench.count('CarrierInboundReceived')).toBe(0);
  });
});
