import type { CarrierInboundId, CarrierMessageId } from '../../domain/kernel';
import { realClock } from '../../platform/clock';
import { signWebhook } from '../../platform/webhook-signing';
import { exchangeLog, type ExchangeLogEntry } from '../../projections/exchange-log';
import { carrier, CarrierBench, event, secret } from '../../tests/support/carrier/carrier-fixture';
import { until } from '../../tests/support/commands/live-platform';

let bench: CarrierBench;
beforeEach(() => {
  bench = new CarrierBench();
});
afterEach(() => bench.stop());

describe('signed messages of a carrier', () => {
  it('move a shipment to its delivery, with one effect for each, even if repeated', async () => {
    await bench.start([carrier()]);
    const { shipmentId, number: shipment, warehouseId } = await bench.ship();
    const about = { shipmentId: shipment };
    const truck = { ...about, truckId: 7 };
    // The truck may be there before the goods are packed.
    for (const [type, data] of [
      ['carrier.truck.dispatched', truck],
      ['carrier.truck.arrived', { ...truck, warehouseId }],
      ['carrier.tracking.assigned', { ...about, trackingNumber: '1Z42' }],
    ] as const) {
      const answers = await Promise.all([1, 2, 3].map(() => bench.say(type, data, type)));
      answers.push(await bench.say(type, data, type));
      for (const each of answers) expect(each).toMatchObject({ status: 200, body: { status: 'applied' } });
    }
    await bench.pack(shipmentId);
    await bench.platform.demand('recordLoaded', { shipmentId });
    await bench.say('carrier.delivery.started', about, 'started');
    await bench.say('carrier.shipment.delivered', about, 'delivered');
    await until('fulfilled', async () => (await bench.count('OrderFulfilled')) === 1);
    for (const type of ['ShipmentTruckDispatched', 'ShipmentTruckArrived', 'ShipmentTrackingAssigned'])
      expect({ type, count: await bench.count(type) }).toEqual({ type, count: 1 });
    expect(await bench.count('CarrierInboundReceived')).toBe(5);
  });

  it('are parked if they do not fit, until an operator retries them', async () => {
    await bench.start([carrier()]);
    const { shipmentId, number, warehouseId } = await bench.ship();
    const delivered = await bench.say('carrier.shipment.delivered', { shipmentId: number });
    expect(delivered).toMatchObject({
      status: 202,
      body: { status: 'parked', code: 'SHIPMENT_WRONG_STATUS' },
    });
    expect(await bench.count('ShipmentDelivered')).toBe(0);
    await bench.pack(shipmentId);
    await bench.say('carrier.truck.arrived', { shipmentId: number, truckId: 1, warehouseId }, 'm2');
    await bench.platform.demand('recordLoaded', { shipmentId });
    // The copy gets the same answer.
    const copy = await bench.say('carrier.shipment.delivered', { shipmentId: number });
    expect(copy.text).toBe(delivered.text);
    const parked = (await bench.platform.events()).find(({ type }) => type === 'CarrierInboundParked')!;
    const { carrierInboundId } = parked.data as { carrierInboundId: CarrierInboundId };
    expect((parked.data as { reason: string }).reason).toBe(
      'This is not possible for a shipment that is PACKING. Retry it when the shipment has reached the required status, or ignore it if the shipment is past that.',
    );
    await bench.retry(carrierInboundId);
    await until('it is applied', async () => (await bench.count('CarrierInboundApplied')) === 2);
    expect(await bench.count('ShipmentDelivered')).toBe(1);
    for (const [messageId, code] of [
      [carrierInboundId, 'CARRIER_MESSAGE_SETTLED'],
      ['c0ffee00-0000-5000-8000-00000000abcd', 'CARRIER_MESSAGE_NOT_FOUND'],
    ])
      expect(
        await bench.platform.send('retryCarrierMessage', { messageId: messageId as CarrierMessageId }),
      ).toMatchObject({ rejection: { code } });
  });

  it('wait for staff no longer when these have dealt with them, and can still be applied', async () => {
    await bench.start([carrier()]);
    const { number } = await bench.ship();
    await bench.say('carrier.shipment.delivered', { shipmentId: number });
    const parked = (await bench.platform.events()).find(({ type }) => type === 'CarrierInboundParked')!;
    const { carrierInboundId } = parked.data as { carrierInboundId: string };
    const messageId = carrierInboundId as CarrierMessageId;
    await bench.platform.demand('markCarrierMessageHandled', { messageId });
    expect(await bench.count('CarrierInboundHandled')).toBe(1);
    await bench.retry(messageId);
    await until('it is parked again', async () => (await bench.count('CarrierInboundParked')) === 2);
  });

  it('are retried by the process that takes over, and parked again if they still do not fit', async () => {
    await bench.start([carrier()], undefined, true);
    const { number } = await bench.ship();
    await bench.say('carrier.shipment.delivered', { shipmentId: number });
    const parked = (await bench.platform.events()).find(({ type }) => type === 'CarrierInboundParked')!;
    await bench.retry((parked.data as { carrierInboundId: CarrierInboundId }).carrierInboundId);
    bench.gateway.takeOver();
    await until('it is parked again', async () => (await bench.count('CarrierInboundParked')) === 2);
  });

  it('wait for a read model that lags, instead of being reported as unknown', async () => {
    await bench.start([carrier()]);
    const { readModels } = bench.durable;
    const write = readModels.write.bind(readModels);
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    readModels.write = (batch) => held.then(() => write(batch));
    const { number, warehouseId } = await bench.ship();
    const arrived = { shipmentId: number, truckId: 1, warehouseId };
    expect(await bench.say('carrier.truck.arrived', arrived)).toMatchObject({
      status: 202,
      body: { status: 'stored' },
    });
    expect(bench.gateway.status().receiving).toBe(1);
    goOn();
    await until('the truck', async () => (await bench.count('ShipmentTruckArrived')) === 1);
    await until('its outcome', async () => bench.gateway.status().receiving === 0);
    expect(await bench.count('CarrierInboundParked')).toBe(0);
  });

  it.each([
    ['an unknown shipment', { shipmentId: 4_711, truckId: 1, warehouseId: 1 }, 'SHIPMENT_NOT_FOUND'],
    ['an unknown warehouse', { shipmentId: 1, truckId: 1, warehouseId: 99 }, 'WAREHOUSE_NOT_FOUND'],
  ])('are parked if they name %s', async (_, data, code) => {
    await bench.start([carrier()]);
    await bench.ship();
    expect(await bench.say('carrier.truck.arrived', data)).toMatchObject({ status: 202, body: { code } });
  });

  it('are parked if a truck is at another warehouse', async () => {
    await bench.start([carrier()]);
    const { number } = await bench.ship();
    const elsewhere = await bench.platform.registerWarehouse(50, 50);
    const data = { shipmentId: number, truckId: 1, warehouseId: elsewhere };
    expect(await bench.say('carrier.truck.arrived', data)).toMatchObject({
      body: { code: 'WRONG_WAREHOUSE' },
    });
  });

  it('are refused and not stored if they are forged, stale, unsigned or of an unknown sender', async () => {
    await bench.start([carrier()]);
    const { body, headers } = event('carrier.delivery.started', { shipmentId: 1 });
    const forged = { ...headers, 'webhook-id': 'other' };
    const then = new Date(Date.now() - 301_000).toISOString();
    const stale = { ...signWebhook('m', Buffer.from(body), [secret], then as never) };
    for (const bad of [forged, stale, {}])
      expect(await bench.call('/webhooks/ups', body, bad)).toMatchObject({
        status: 401,
        body: { error: { code: 'UNAUTHENTICATED' } },
      });
    expect((await bench.call('/webhooks/dhl', body, headers)).status).toBe(401);
    expect(await bench.count('CarrierInboundReceived')).toBe(0);
  });

  it('are refused if they are too large, no JSON, or of an unknown type', async () => {
    await bench.start([carrier()]);
    const signedAs = (body: string) => ({
      ...signWebhook('m', Buffer.from(body), [secret], realClock.now()),
    });
    expect((await bench.call('/webhooks/ups', 'x'.repeat(70_000), {})).status).toBe(413);
    for (const body of ['{', '[]', '{"specversion":"1.0","type":"carrier.truck.lost"}'])
      expect((await bench.call('/webhooks/ups', body, signedAs(body))).status).toBe(400);
  });

  it('may choose the world only if the carrier has that permission', async () => {
    await bench.start([carrier(), carrier({ name: 'boss', operator: true })]);
    const { body, headers } = event('carrier.world.chosen', { worldId: '7' });
    expect((await bench.call('/webhooks/ups', body, headers)).status).toBe(403);
    expect((await bench.call('/webhooks/boss', body, headers)).status).toBe(200);
    expect(await bench.count('WorldChosen')).toBe(1);
  });
});

describe('the exchange log', () => {
  it('contains the messages that were sent and received', async () => {
    await bench.start([carrier()]);
    const { number } = await bench.ship();
    await bench.say('carrier.shipment.delivered', { shipmentId: number });
    const entries = async (): Promise<readonly ExchangeLogEntry[]> =>
      (
        await bench.durable.readModels.list<ExchangeLogEntry>(exchangeLog.collection, {
          ...{ index: 'by_link', where: { link: 'carrier:ups' }, order: 'ascending', first: 10 },
        })
      ).items.map(({ document }) => document);
    await until('it is written down', async () => {
      const statuses = (await entries()).map(({ kind, status }) => `${kind} ${status}`).sort();
      return statuses.join() === 'created acked,delivered parked';
    });
  });
});
