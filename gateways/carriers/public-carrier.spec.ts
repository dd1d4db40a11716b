import type { HttpAnswer } from '../../platform/http-client';
import {
  carrier,
  CarrierBench,
  enveloped,
  plainly,
  type Sent,
} from '../../tests/support/carrier/carrier-fixture';
import { until } from '../../tests/support/commands/live-platform';

let bench: CarrierBench;
beforeEach(() => {
  bench = new CarrierBench();
});
afterEach(() => bench.stop());

const STRICT_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/;
const TEXT_PATHS: ReadonlySet<string> = new Set(['/api/shipment_status', '/api/address_change']);

const said = (message_type: string, payload: object): string =>
  JSON.stringify({ message_type, timestamp: '2026-01-31T08:00:00.123456', payload });
const failed = (code: number, message: string): HttpAnswer => ({
  status: 500,
  body: said('Error', { status: 'fail', code, message }),
});
const done: HttpAnswer = { status: 200, body: said('Acknowledgement', { status: 'success', code: 200 }) };

/** Answers as the public mini-UPS of the enveloped dialect does. */
class PublicCarrier {
  readonly taken: string[] = [];
  private readonly shipments = new Set<string>();
  /** Other answers, by path. */
  readonly instead = new Map<string, HttpAnswer>();
  status: object = {};

  readonly answer = ({ url, body }: Sent): HttpAnswer => {
    const { pathname: path } = new URL(url);
    const { timestamp, payload } = body as { timestamp: string; payload: Record<string, unknown> };
    const { shipment_id: shipment } = payload;
    if (!STRICT_TIME.test(timestamp))
      return { status: 500, body: '{"status":500,"error":"Internal Server Error"}' };
    if (TEXT_PATHS.has(path) && typeof shipment !== 'string') return failed(1001, 'Missing shipment_id');
    const instead = this.instead.get(path);
    if (instead) return instead;
    if (path === '/api/shipment') {
      if (this.shipments.has(String(shipment)))
        return failed(1002, `Shipment already exists: ${String(shipment)}`);
      this.shipments.add(String(shipment));
    } else if (!this.shipments.has(String(shipment))) return failed(2000, 'Shipment not found');
    this.taken.push(path);
    if (path !== '/api/shipment_status') return done;
    const status = { shipment_id: String(shipment), estimated_delivery: null, ...this.status };
    return { status: 200, body: said('ShipmentStatusResponse', status) };
  };
}

/** Loaded, so that its carrier may be asked and may be given another destination. */
const load = async () => {
  const { shipmentId, number, warehouseId } = await bench.ship();
  await bench.pack(shipmentId);
  await bench.platform.demand('recordTruckArrived', { shipmentId, truckId: 1 as never, warehouseId });
  await bench.platform.demand('recordLoaded', { shipmentId });
  return { shipmentId, number };
};
const paths = () => bench.sent.map(({ url }) => new URL(url).pathname);
const alarms = async () =>
  (await bench.platform.events())
    .filter(({ type }) => type === 'CarrierMessageAlarmed')
    .map(({ data }) => data as { tries: number; reason: string });

describe('the public mini-UPS', () => {
  it('accepts each notice at the first attempt', async () => {
    await bench.start([enveloped]);
    const ups = new PublicCarrier();
    bench.answer = ups.answer;
    const { shipmentId } = await load();
    await bench.platform.demand('requestShipmentStatus', { shipmentId });
    await until('all are acknowledged', async () => (await bench.count('CarrierMessageAcked')) === 4);
    expect(ups.taken).toEqual(['/api/shipment', '/api/shipment_loaded', '/api/shipment_status']);
    expect(bench.sent).toHaveLength(3);
  });

  it('has a shipment whose first answer was lost: the error "already exists" is an acknowledgement', async () => {
    await bench.start([enveloped]);
    const ups = new PublicCarrier();
    bench.answer = (sent, tries) => {
      const answer = ups.answer(sent);
      return tries === 1 ? { status: 502, body: 'the line broke' } : answer;
    };
    await bench.ship();
    await until('it is acknowledged', async () => (await bench.count('CarrierMessageAcked')) === 1);
    expect(bench.sent).toHaveLength(2);
  });

  it('refuses permanently with any HTTP status: an operator is alerted after a few attempts, and the next notice is sent', async () => {
    await bench.start([enveloped]);
    const ups = new PublicCarrier();
    bench.answer = ups.answer;
    ups.instead.set('/api/shipment', { ...failed(1001, 'Missing required fields'), status: 200 });
    ups.instead.set('/api/shipment_loaded', done);
    const { shipmentId } = await load();
    await until('the next one is acknowledged', () => paths().includes('/api/shipment_loaded'));
    expect(await alarms()).toMatchObject([{ tries: 3, reason: expect.stringContaining('Missing required') }]);
    await bench.platform.demand('requestShipmentStatus', { shipmentId });
    await until('the error "unknown" raises an alarm, too', async () => (await alarms()).length === 2);
    expect((await alarms())[1]).toMatchObject({ reason: expect.stringContaining('2000') });
  });

  it.each([
    ['has an internal error', failed(3000, 'Internal server error')],
    ['has no free truck', failed(2001, 'No available trucks for pickup')],
    ['answers without an envelope', { status: 500, body: '' }],
    ['requests a pause', { status: 429, body: said('Busy', {}) }],
  ])('is sent the notice again while it %s', async (_, answer) => {
    await bench.start([enveloped], 50);
    const ups = new PublicCarrier();
    bench.answer = ups.answer;
    ups.instead.set('/api/shipment', answer);
    await bench.ship();
    await until('it was sent often', () => bench.sent.length > 6);
    expect(await alarms()).toEqual([]);
    ups.instead.clear();
    await until('it is acknowledged', async () => (await bench.count('CarrierMessageAcked')) === 1);
  });

  it.each([
    ['DELIVERED', ['ShipmentTrackingAssigned', 'ShipmentDelivered']],
    ['Out for Delivery', ['ShipmentTrackingAssigned', 'ShipmentDeliveryStarted']],
    ['IN_TRANSIT', ['ShipmentTrackingAssigned', 'ShipmentDeliveryStarted']],
    ['CREATED', ['ShipmentTrackingAssigned']],
  ])('answers a status request in the response: %s', async (status, expected) => {
    await bench.start([enveloped]);
    const ups = new PublicCarrier();
    bench.answer = ups.answer;
    ups.status = { status, tracking_number: '1Z17', truck_id: 4, truck_status: 'DELIVERING' };
    const { shipmentId } = await load();
    await bench.platform.demand('requestShipmentStatus', { shipmentId });
    await until('it is acknowledged', async () => (await bench.count('CarrierMessageAcked')) === 4);
    const reported = ['ShipmentTrackingAssigned', 'ShipmentDeliveryStarted', 'ShipmentDelivered'];
    const events = (await bench.platform.events()).map(({ type }) => type);
    expect(events.filter((type) => reported.includes(type))).toEqual(expected);
    // The same answer to another question changes nothing more.
    await bench.platform.send('requestShipmentStatus', { shipmentId });
    await until('all is settled', () => bench.gateway.status().unacked === 0);
    expect(await bench.count('ShipmentTrackingAssigned')).toBe(1);
  });

  it('has no effect with an answer about another shipment', async () => {
    await bench.start([enveloped], 3);
    const ups = new PublicCarrier();
    bench.answer = ups.answer;
    ups.status = { status: 'DELIVERED', tracking_number: '1Z17', shipment_id: '4711' };
    const { shipmentId } = await load();
    await bench.platform.demand('requestShipmentStatus', { shipmentId });
    await until('people are called', async () => (await alarms()).length === 1);
    expect(await bench.count('ShipmentDelivered')).toBe(0);
  });

  it('may send no tracking number yet, or an invalid one', async () => {
    await bench.start([enveloped]);
    const ups = new PublicCarrier();
    bench.answer = ups.answer;
    const { shipmentId } = await load();
    for (const tracking_number of [null, 12.5, { a: 1 }]) {
      ups.status = { status: 'IN_TRANSIT', tracking_number };
      await bench.platform.demand('requestShipmentStatus', { shipmentId });
      await until('it is acknowledged', () => bench.gateway.status().unacked === 0);
    }
    expect(await bench.count('ShipmentTrackingAssigned')).toBe(0);
    expect(await bench.count('ShipmentDeliveryStarted')).toBe(1);
  });
});

describe('a carrier of another dialect', () => {
  it.each([
    ['plain', plainly],
    ['signed', carrier()],
  ])('(%s) that refuses permanently delays no later notice', async (_, config) => {
    await bench.start([config]);
    let refused = 0;
    bench.answer = ({ url, body }) => {
      const isFirst = url.endsWith('/package-created') || body['type'] === 'waybill.shipment.created';
      if (isFirst) refused += 1;
      return isFirst
        ? { status: 422, body: '{"error":"no"}' }
        : { status: 200, body: JSON.stringify({ acks: [body['seqnum']] }) };
    };
    const { shipmentId } = await bench.ship();
    await bench.pack(shipmentId);
    await until('the next one is acknowledged', async () => (await bench.count('CarrierMessageAcked')) === 1);
    expect(refused).toBe(3);
    expect(await alarms()).toHaveLength(1);
  });

  it.each(['[true]', '[[SEQ]]', '["0SEQ"]', '{"SEQ":1}', '"SEQ"', '[null]'])(
    'acknowledges no number with %s',
    async (acks) => {
      await bench.start([plainly], 2);
      bench.answer = ({ body }) => ({
        status: 200,
        body: `{"acks":${acks.replace('SEQ', String(body['seqnum']))}}`,
      });
      await bench.ship();
      await until('people are called', async () => (await alarms()).length === 1);
      expect(await bench.count('CarrierMessageAcked')).toBe(0);
    },
  );
});
