import { carrier, CarrierBench, event } from '../../tests/support/carrier/carrier-fixture';
import { until } from '../../tests/support/commands/live-platform';

let bench: CarrierBench;
beforeEach(() => {
  bench = new CarrierBench();
});
afterEach(() => bench.stop());

const assign = (shipmentId: number, trackingNumber: string, id: string) =>
  bench.say('carrier.tracking.assigned', { shipmentId, trackingNumber }, id);
const taken = { status: 202, body: { status: 'parked', code: 'TRACKING_NUMBER_TAKEN' } };
const applied = { status: 200, body: { status: 'applied' } };

/** Returns the assigned numbers of the shipments, in order. */
const assigned = async () =>
  (await bench.platform.events())
    .filter(({ type }) => type === 'ShipmentTrackingAssigned')
    .map(({ data }) => data as { number: number; trackingNumber: string })
    .map(({ number, trackingNumber }) => [number, trackingNumber]);

const shipTwo = async () => {
  const one = await bench.ship();
  const other = await bench.shipMore(one.items[0]!.productId);
  return { one, other };
};
/** Delivers a shipment. */
const deliver = async ({ shipmentId, warehouseId }: Awaited<ReturnType<typeof shipTwo>>['one']) => {
  await bench.pack(shipmentId);
  await bench.platform.demand('recordTruckArrived', { shipmentId, truckId: 1 as never, warehouseId });
  await bench.platform.demand('recordLoaded', { shipmentId });
  await bench.platform.demand('recordDelivered', { shipmentId });
};

describe('a tracking number', () => {
  it('belongs to one open shipment of a carrier, and to another one after its delivery', async () => {
    await bench.start([carrier()]);
    const { one, other } = await shipTwo();
    expect(await assign(one.number, '1Z1', 'a')).toMatchObject(applied);
    const refused = await assign(other.number, '1Z1', 'b');
    expect(refused).toMatchObject(taken);
    expect(refused.body['reason']).toContain('1Z1');
    await deliver(one);
    expect(await assign(other.number, '1Z1', 'c')).toMatchObject(applied);
    expect(await assigned()).toEqual([
      [one.number, '1Z1'],
      [other.number, '1Z1'],
    ]);
    // Under the number that it was delivered by, it stays known.
    expect(await assign(one.number, '1Z9', 'd')).toMatchObject({ body: { code: 'SHIPMENT_WRONG_STATUS' } });
  });

  it('belongs to one shipment if two reports arrive at once', async () => {
    await bench.start([carrier()]);
    const { one, other } = await shipTwo();
    const answers = await Promise.all(
      [one, other].map(({ number }) => assign(number, '1Z1', `report ${number}`)),
    );
    expect(answers.map(({ body }) => body['status']).sort()).toEqual(['applied', 'parked']);
    expect(await assigned()).toHaveLength(1);
  });

  it('is free again if its shipment has another one, or did not get it', async () => {
    await bench.start([carrier()]);
    const { one, other } = await shipTwo();
    await assign(one.number, '1Z1', 'a');
    await assign(one.number, '1Z2', 'b');
    expect(await assign(other.number, '1Z1', 'c')).toMatchObject(applied);
    await deliver(one);
    // Refused, because it is delivered.
    await assign(one.number, '1Z3', 'd');
    expect(await assign(other.number, '1Z3', 'e')).toMatchObject(applied);
    expect(await assign(one.number, '1Z2', 'f')).toMatchObject(applied);
  });

  it('that was in use is assigned when an operator retries the report', async () => {
    await bench.start([carrier()]);
    const { one, other } = await shipTwo();
    await assign(one.number, '1Z1', 'a');
    await assign(other.number, '1Z1', 'b');
    await assign(one.number, '1Z2', 'c');
    const parked = (await bench.platform.events()).find(({ type }) => type === 'CarrierInboundParked')!;
    await bench.retry((parked.data as { carrierInboundId: never }).carrierInboundId);
    await until('it is given', async () => (await assigned()).length === 3);
    expect((await assigned()).at(-1)).toEqual([other.number, '1Z1']);
  });

  it('may be the same as one of another carrier', async () => {
    const swift = carrier({ name: 'swift', secrets: ['the secret of swift'] });
    await bench.start([carrier(), swift]);
    const one = await bench.ship();
    const other = await bench.shipMore(one.items[0]!.productId, 'swift/ann');
    await assign(one.number, '1Z1', 'a');
    const said = { shipmentId: other.number, trackingNumber: '1Z1' };
    const { body, headers } = event('carrier.tracking.assigned', said, 'b', swift.secrets[0]);
    expect(await bench.call('/webhooks/swift', body, headers)).toMatchObject(applied);
  });
});
