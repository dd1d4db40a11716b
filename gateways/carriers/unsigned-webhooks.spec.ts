import type { Millis } from '../../domain/kernel';
import { realClock } from '../../platform/clock';
import { LOOPBACK } from '../../platform/network-list';
import { signBody } from '../../platform/webhook-signing';
import { envelopeTime } from '../../proto/carrier';
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

describe('plain messages of a carrier', () => {
  it('load all packed shipments of the warehouse on the truck, and are acknowledged by number', async () => {
    await bench.start([plainly]);
    const first = await bench.ship();
    const second = await bench.shipMore(first.items[0]!.productId);
    await bench.shipMore(first.items[0]!.productId);
    await bench.pack(first.shipmentId);
    await bench.pack(second.shipmentId);
    const arrived = { truck_id: 7, warehouse_id: first.warehouseId, seqnum: 12 };
    const expected = { status: 200, body: { success: true, acks: [12] } };
    for (let copy = 0; copy < 5; copy += 1)
      expect(await bench.call('/api/ups/truck-arrived', arrived)).toMatchObject(expected);
    expect(await bench.count('ShipmentLoadingStarted')).toBe(2);
    expect(await bench.count('CarrierInboundReceived')).toBe(1);
  });

  it('are no copies if their content differs under the same number', async () => {
    await bench.start([plainly]);
    const { warehouseId } = await bench.ship();
    const arrives = (truck_id: number, acks: readonly number[] = []) =>
      bench.call('/api/ups/truck-arrived', { truck_id, warehouse_id: warehouseId, seqnum: 1, acks });
    await arrives(7);
    // What it acknowledges on the way makes no other message of it.
    await arrives(7, [4]);
    expect(await bench.count('CarrierInboundReceived')).toBe(1);
    // A carrier that counts from the beginning again.
    await arrives(8);
    expect(await bench.count('CarrierInboundReceived')).toBe(2);
  });

  it.each([
    '996003263000037805',
    '9999999999999999999999',
    '9007199254740993',
    '1e400',
    '-7',
    '1.5',
    'null',
    'true',
    '{}',
    '["1Z"]',
    '""',
    '" "',
    '"<script>"',
    '"1Z\\u0000"',
    `"${'1'.repeat(65)}"`,
  ])('are refused with the tracking number %s', async (number) => {
    await bench.start([plainly]);
    const { number: shipment } = await bench.ship();
    const body = `{"shipment_id":${shipment},"tracking_id":${number}}`;
    const refused = await bench.call('/api/ups/tracking', body);
    expect(refused).toMatchObject({ status: 400, body: { success: false } });
    expect(refused.body['error']).toContain('tracking_id');
    expect(await bench.count('CarrierInboundReceived')).toBe(0);
  });

  it.each(['{"shipment_id":1,"tracking_id":"1Z","note":["\\ud83d"]}', '{"a\\u0000":1}'])(
    'are refused with text that cannot be stored: %s',
    async (body) => {
      await bench.start([plainly]);
      const refused = await bench.call('/api/ups/tracking', body);
      expect(refused).toMatchObject({ status: 400, body: { success: false } });
      expect(refused.body['error']).toMatch(/half of a surrogate pair|NUL/);
    },
  );

  it.each([
    ['"996003263000037805"', '996003263000037805'],
    ['9007199254740991', '9007199254740991'],
    ['" 1Z 999 "', '1Z 999'],
  ])('keep the tracking number %s as it is', async (given, stored) => {
    await bench.start([plainly]);
    const { number: shipment } = await bench.ship();
    const body = `{"shipment_id":${shipment},"tracking_id":${given}}`;
    expect((await bench.call('/api/ups/tracking', body)).status).toBe(200);
    const assigned = (await bench.platform.events()).find(({ type }) => type === 'ShipmentTrackingAssigned');
    expect(assigned?.data).toMatchObject({ trackingNumber: stored });
  });

  it.each(['9007199254740993', '"9007199254740993"', '"007"', '"1e3"', '1.5', 'true', 'null', '[1]'])(
    'are refused with the shipment number %s',
    async (number) => {
      await bench.start([plainly]);
      const body = `{"shipment_id":${number}}`;
      expect((await bench.call('/api/ups/package-delivered', body)).status).toBe(400);
    },
  );

  it('get answers that name the missing field, or the unknown shipment', async () => {
    await bench.start([plainly]);
    const missing = await bench.call('/api/ups/package-delivered', {});
    expect(missing).toMatchObject({ status: 400, body: { success: false } });
    expect(missing.body['error']).toContain('shipment_id');
    expect(await bench.call('/api/ups/package-delivered', { shipment_id: 4_711, seqnum: 3 })).toMatchObject({
      status: 404,
      body: { success: false, acks: [3] },
    });
  });

  it('without a number are applied when they are sent again and fit', async () => {
    await bench.start([plainly]);
    const { shipmentId, number, warehouseId } = await bench.ship();
    const early = () => bench.call('/api/ups/status-update', { shipment_id: number, status: 'Delivered' });
    for (let copy = 0; copy < 5; copy += 1) expect(await early()).toMatchObject({ status: 409 });
    expect(await bench.count('CarrierInboundParked')).toBe(1);
    await bench.pack(shipmentId);
    await bench.call('/api/ups/truck-arrived', { truck_id: 1, warehouse_id: warehouseId });
    await bench.platform.demand('recordLoaded', { shipmentId });
    expect(await early()).toMatchObject({ status: 200, body: { success: true } });
    expect(await bench.count('ShipmentDelivered')).toBe(1);
  });

  it('are also accepted from a World that reports over HTTP', async () => {
    await bench.start([plainly]);
    const { number, warehouseId, items } = await bench.ship();
    const ready = { event_type: 'package_ready', event_data: { shipment_id: number } };
    expect((await bench.call('/api/world/event', ready)).status).toBe(200);
    const { productNumber } = items[0]!;
    const event_data = { warehouse_id: warehouseId, product_id: productNumber, quantity: 3 };
    expect((await bench.call('/api/world/event', { event_type: 'product_arrived', event_data })).status).toBe(
      200,
    );
    expect(await bench.count('StockReceived')).toBe(2);
    await bench.call('/api/ups/truck-arrived', { truck_id: 1, warehouse_id: warehouseId });
    const loaded = { event_type: 'package_loaded', event_data: { shipment_id: number } };
    expect((await bench.call('/api/world/event', loaded)).status).toBe(200);
    expect(await bench.count('ShipmentLoaded')).toBe(1);
    expect((await bench.call('/api/world/event', { event_type: 'war' })).status).toBe(400);
  });

  it('are refused if the carrier has to sign', async () => {
    await bench.start([carrier({ dialect: 'plain' })]);
    expect((await bench.call('/api/ups/package-delivered', { shipment_id: 1 })).status).toBe(401);
  });
});

describe('enveloped messages of a carrier', () => {
  const envelope = (message_type: string, payload: object, sequence_number?: number) => ({
    ...{ message_type, timestamp: '2026-01-31T08:00:00Z', payload },
    sequence_number,
  });

  it('move a shipment, and are acknowledged in an envelope, byte by byte the same for a copy', async () => {
    await bench.start([enveloped]);
    const { number, warehouseId } = await bench.ship();
    const payload = { truck_id: 7, warehouse_id: warehouseId, shipment_id: number };
    const first = await bench.call('/api/webhooks/truck-arrived', envelope('TruckArrived', payload, 1));
    expect(first).toMatchObject({
      status: 200,
      body: { message_type: 'Acknowledgement', payload: { status: 'success', code: 200 } },
    });
    await realClock.sleep(5 as Millis);
    const copy = await bench.call('/api/webhooks/truck-arrived', envelope('TruckArrived', payload, 1));
    expect(copy.text).toBe(first.text);
    // A carrier that counts from the beginning again says something else under the same number.
    const dispatched = envelope('TruckDispatched', { truck_id: 7, shipment_id: number }, 1);
    expect((await bench.call('/api/webhooks/truck-dispatched', dispatched)).status).toBe(200);
    expect(await bench.count('CarrierInboundReceived')).toBe(2);
  });

  it.each([
    [1000, 400, { nonsense: true }],
    [1000, 400, envelope('TruckDeparted', { shipment_id: 1 })],
    [1001, 400, envelope('ShipmentDelivered', {})],
    [2000, 404, envelope('ShipmentDelivered', { shipment_id: 4_711 })],
    [2002, 409, envelope('ShipmentDelivered', { shipment_id: 'ours' })],
  ])('get errors with the code %i', async (code, status, body) => {
    await bench.start([enveloped]);
    const { number } = await bench.ship();
    const text = JSON.stringify(body).replace('"ours"', String(number));
    expect(await bench.call('/api/webhooks/shipment-delivered', text)).toMatchObject({
      status,
      body: { message_type: 'Error', payload: { status: 'fail', code } },
    });
  });

  it('report a delivery with any content in the field of the tracking number', async () => {
    await bench.start([enveloped]);
    const { number } = await bench.ship();
    for (const tracking_id of [null, '', 996_003, {}]) {
      const body = envelope('ShipmentDelivered', { shipment_id: number, tracking_id });
      // Early, and not unreadable.
      expect((await bench.call('/api/webhooks/shipment-delivered', body)).status).toBe(409);
    }
  });

  it('can request the contents of a shipment', async () => {
    await bench.start([enveloped]);
    const { number, warehouseId } = await bench.ship();
    const ask = (shipment_id: number) =>
      bench.call('/api/webhooks/shipment-detail-request', envelope('PackageDetailRequest', { shipment_id }));
    expect((await ask(number)).body).toMatchObject({
      message_type: 'ShipmentDetailResponse',
      payload: {
        ...{ shipment_id: number, warehouse_id: warehouseId, destination_x: 3, destination_y: -4 },
        items: [{ description: 'the MUG', quantity: 1 }],
      },
    });
    expect((await ask(4_711)).body).toMatchObject({ payload: { code: 2000 } });
  });

  it('are refused if their signature is wrong, even if none is required', async () => {
    await bench.start([enveloped]);
    const timestamp = envelopeTime(realClock.now());
    const body = JSON.stringify({ ...envelope('ShipmentDelivered', { shipment_id: 1 }), timestamp });
    const signedBy = (key: string) => ({ 'x-amazon-signature': signBody(Buffer.from(body), key) });
    expect((await bench.call('/api/webhooks/shipment-delivered', body, signedBy('another'))).status).toBe(
      401,
    );
    expect((await bench.call('/api/webhooks/shipment-delivered', body, signedBy(secret))).status).toBe(404);
  });

  it('may choose the world if the carrier has that permission', async () => {
    await bench.start([carrier({ dialect: 'enveloped', unsignedFrom: LOOPBACK, operator: true })]);
    expect((await bench.call('/set_worldid', { worldid: '9223372036854775808' })).status).toBe(400);
    expect(await bench.call('/set_worldid', { worldid: 9 })).toMatchObject({ status: 200 });
    const [chosen] = (await bench.platform.events()).filter(({ type }) => type === 'WorldChosen');
    expect(chosen?.data).toMatchObject({ link: 'main', worldId: '9' });
  });
});
