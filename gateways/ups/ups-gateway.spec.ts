import Fastify, { type FastifyInstance } from 'fastify';
import type { CarrierInboundId, CarrierMessageId, Millis, ShipmentId } from '../../domain/kernel';
import type { ShipmentCreated } from '../../domain/shipment';
import { realClock } from '../../platform/clock';
import { Fault } from '../../platform/faults';
import type { HttpAnswer, HttpPost, PostOverHttp } from '../../platform/http-post';
import { signBody, signWebhook, verifyWebhook } from '../../platform/webhook-signing';
import { carrierInbox } from '../../projections/carrier-inbox';
import { carrierMessages } from '../../projections/carrier-messages';
import { exchangeLog, type ExchangeLogEntry } from '../../projections/exchange-log';
import { shipments } from '../../projections/shipments';
import { worldCommands } from '../../projections/world-commands';
import {
  createDurable,
  startPlatform,
  until,
  type Durable,
  type Platform,
} from '../../tests/support/live-platform';
import {
  carrierReactions,
  createShipments,
  startUpsGateway,
  type CarrierConfig,
  type UpsGateway,
} from './index';

const secret = 'a secret of sixteen or more';
const carrier = (more: Partial<CarrierConfig> = {}): CarrierConfig => ({
  name: 'ups',
  dialect: 'signed',
  baseUrl: 'https://carrier.example',
  prefix: '',
  secrets: [secret],
  acceptUnsigned: false,
  operator: false,
  ...more,
});
const plainly = carrier({ dialect: 'plain', secrets: [], acceptUnsigned: true, prefix: '/api' });
const enveloped = carrier({ dialect: 'enveloped', acceptUnsigned: true, prefix: '/api' });

type Sent = { readonly url: string; readonly body: Record<string, unknown> } & Pick<HttpPost, 'headers'>;

let durable: Durable;
let platform: Platform;
let gateway: UpsGateway;
let server: FastifyInstance;
let sent: Sent[];
let answer: (post: Sent, tries: number) => HttpAnswer;

const acknowledging = ({ body }: Sent): HttpAnswer => ({
  status: 200,
  body: JSON.stringify({ success: true, acks: [body['seqnum']] }),
});

const start = async (carriers: readonly CarrierConfig[], triesMax = 50): Promise<void> => {
  platform = startPlatform(durable, {
    reactions: (running) => [carrierReactions({ ...running, carriers, shipments: createShipments(running) })],
    projections: [carrierInbox, carrierMessages, exchangeLog, shipments, worldCommands] as never[],
  });
  const post: PostOverHttp = async ({ url, headers, body }) => {
    const one = { url, headers, body: JSON.parse(Buffer.from(body).toString()) as Record<string, unknown> };
    sent.push(one);
    return answer(one, sent.length);
  };
  gateway = startUpsGateway({
    ...platform,
    ...{ carriers, post, worldLink: 'main', shipments: createShipments(platform) },
    emailOf: async () => 'ann@example.org',
    limits: { triesMax, resend: { baseMs: 5, factor: 1, maxMs: 5 }, answerWithinMs: 2_000 },
  });
  server = Fastify();
  await server.register(gateway.routes);
};

const stop = async (): Promise<void> => {
  await server.close();
  await gateway.close();
  await platform.stop();
};

const post = async (url: string, payload: object | string, headers: Record<string, string> = {}) => {
  const response = await server.inject({
    ...{ method: 'POST', url, payload },
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: response.statusCode, body: response.json<Record<string, unknown>>(), text: response.body };
};

/** Paid, and its shipment made: the carrier is told. */
const ship = async (): Promise<ShipmentCreated['data']> => {
  const productId = await platform.registerProduct('MUG');
  const warehouseId = await platform.registerWarehouse(10, 10);
  await platform.demand('receiveStock', { warehouseId, productId, quantity: 100 });
  return shipFrom(productId);
};
const shipFrom = async (productId: Parameters<Platform['buy']>[0]): Promise<ShipmentCreated['data']> => {
  const before = await platform.count('ShipmentCreated');
  await platform.buy(productId, 1);
  await until('a shipment', async () => (await platform.count('ShipmentCreated')) > before);
  const created = (await platform.events()).filter(({ type }) => type === 'ShipmentCreated');
  return created.at(-1)!.data as ShipmentCreated['data'];
};
const packed = (shipmentId: ShipmentId) => platform.demand('recordPacked', { shipmentId });

const event = (type: string, data: object, id = 'message-1') => {
  const body = JSON.stringify({ specversion: '1.0', id, source: '/carriers/ups', type, subject: '1', data });
  return { body, headers: { ...signWebhook(id, Buffer.from(body), [secret], realClock.now()) } };
};
const say = (type: string, data: object, id?: string) => {
  const { body, headers } = event(type, data, id);
  return post('/webhooks/ups', body, headers);
};

beforeEach(() => {
  durable = createDurable();
  sent = [];
  answer = acknowledging;
});
afterEach(stop);

describe('messages to a carrier', () => {
  it('are signed CloudEvents, one after the other for each shipment, until each is acknowledged', async () => {
    await start([carrier()]);
    answer = (_, tries) => ({ status: tries % 3 === 0 ? 204 : 503, body: '' });
    const { shipmentId, number, warehouseId } = await ship();
    await packed(shipmentId);
    await until('both are acknowledged', async () => (await platform.count('CarrierMessageAcked')) === 2);
    expect(sent.map(({ body }) => body['type'])).toEqual([
      ...Array<string>(3).fill('waybill.shipment.created'),
      ...Array<string>(3).fill('waybill.shipment.packed'),
    ]);
    const [first] = sent;
    expect(first).toMatchObject({
      url: 'https://carrier.example',
      body: {
        subject: String(number),
        data: { shipmentId: number, warehouseId, destination: { x: 3, y: -4 }, items: [{ quantity: 1 }] },
      },
    });
    const bytes = Buffer.from(JSON.stringify(first!.body));
    expect(verifyWebhook(first!.headers, bytes, [secret], realClock.now()).ok).toBe(true);
    expect(gateway.status().unacked).toBe(0);
  });

  it('go plainly with a number, and are acknowledged by it, in the answer or in a later call', async () => {
    await start([plainly]);
    answer = () => ({ status: 200, body: '{"success":true,"acks":[]}' });
    const { number } = await ship();
    await until('it is sent', () => sent.length > 1);
    const [{ body, url }] = sent as [Sent];
    expect({ body, url }).toMatchObject({
      url: 'https://carrier.example/api/package-created',
      body: { shipment_id: number, destination_x: 3, destination_y: -4 },
    });
    const call = { shipment_id: number, tracking_id: '1Z', acks: [body['seqnum']] };
    expect(await post('/api/ups/tracking', call)).toMatchObject({ status: 200 });
    await until('it is acknowledged', () => gateway.status().unacked === 0);
    expect(await platform.count('CarrierMessageAcked')).toBe(1);
  });

  it('go in envelopes with a number for the customer, and without what that dialect has no word for', async () => {
    await start([enveloped]);
    answer = () => ({ status: 200, body: '{"message_type":"Acknowledgement"}' });
    const { shipmentId, number } = await ship();
    await packed(shipmentId);
    await until('both are done', async () => (await platform.count('CarrierMessageAcked')) === 2);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      url: 'https://carrier.example/api/shipment',
      body: { message_type: 'ShipmentCreated', payload: { shipment_id: number, email: 'ann@example.org' } },
    });
    const { user_id: user } = sent[0]!.body['payload'] as { user_id: number };
    expect(Number.isSafeInteger(user)).toBe(true);
    expect(sent[0]!.headers['X-Amazon-Signature']).toBe(
      signBody(Buffer.from(JSON.stringify(sent[0]!.body)), secret),
    );
  });

  it('call people after the last try, and go on when people say so', async () => {
    await start([carrier()], 3);
    answer = () => {
      throw new Fault('CARRIER_UNAVAILABLE', 'nobody is there');
    };
    await ship();
    await until('an alarm', async () => (await platform.count('CarrierMessageAlarmed')) === 1);
    expect(sent).toHaveLength(3);
    answer = acknowledging;
    const alarm = (await platform.events()).find(({ type }) => type === 'CarrierMessageAlarmed')!;
    const { carrierMessageId } = alarm.data as { carrierMessageId: CarrierMessageId };
    expect(await gateway.sendAgain(carrierMessageId)).toBe(true);
    await until('it is acknowledged', async () => (await platform.count('CarrierMessageAcked')) === 1);
    expect(await gateway.sendAgain('nothing' as CarrierMessageId)).toBe(false);
  });

  it('are sent again after a restart, under the same id', async () => {
    await start([carrier()]);
    answer = () => ({ status: 500, body: '' });
    await ship();
    await until('it is tried', () => sent.length > 0);
    await stop();
    answer = acknowledging;
    await start([carrier()]);
    await until('it is acknowledged', async () => (await platform.count('CarrierMessageAcked')) === 1);
    expect(new Set(sent.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });
});

describe('signed messages of a carrier', () => {
  it('take a shipment all its way, each once however often it comes', async () => {
    await start([carrier()]);
    const { shipmentId, number: shipment, warehouseId } = await ship();
    const about = { shipmentId: shipment };
    const truck = { ...about, truckId: 7 };
    // The truck may be there before the goods are packed.
    for (const [type, data] of [
      ['carrier.truck.dispatched', truck],
      ['carrier.truck.arrived', { ...truck, warehouseId }],
      ['carrier.tracking.assigned', { ...about, trackingNumber: '1Z42' }],
    ] as const) {
      const answers = await Promise.all([1, 2, 3].map(() => say(type, data, type)));
      answers.push(await say(type, data, type));
      for (const each of answers) expect(each).toMatchObject({ status: 200, body: { status: 'applied' } });
    }
    await packed(shipmentId);
    await platform.demand('recordLoaded', { shipmentId });
    await say('carrier.delivery.started', about, 'started');
    await say('carrier.shipment.delivered', about, 'delivered');
    await until('fulfilled', async () => (await platform.count('OrderFulfilled')) === 1);
    for (const type of ['ShipmentTruckDispatched', 'ShipmentTruckArrived', 'ShipmentTrackingAssigned'])
      expect({ type, count: await platform.count(type) }).toEqual({ type, count: 1 });
    expect(await platform.count('CarrierInboundReceived')).toBe(5);
  });

  it('are kept and not applied when they make no sense, until people try them again', async () => {
    await start([carrier()]);
    const { shipmentId, number, warehouseId } = await ship();
    const delivered = await say('carrier.shipment.delivered', { shipmentId: number });
    expect(delivered).toMatchObject({
      status: 202,
      body: { status: 'parked', code: 'SHIPMENT_WRONG_STATUS' },
    });
    expect(await platform.count('ShipmentDelivered')).toBe(0);
    await packed(shipmentId);
    await say('carrier.truck.arrived', { shipmentId: number, truckId: 1, warehouseId }, 'm2');
    await platform.demand('recordLoaded', { shipmentId });
    // The copy is told what the first was told.
    const copy = await say('carrier.shipment.delivered', { shipmentId: number });
    expect(copy.text).toBe(delivered.text);
    const parked = (await platform.events()).find(({ type }) => type === 'CarrierInboundParked')!;
    const { carrierInboundId } = parked.data as { carrierInboundId: CarrierInboundId };
    expect(await gateway.applyAgain(carrierInboundId)).toEqual({ kind: 'applied' });
    expect(await platform.count('ShipmentDelivered')).toBe(1);
    expect(await gateway.applyAgain('nothing' as CarrierInboundId)).toBeUndefined();
  });

  it.each([
    ['an unknown shipment', { shipmentId: 4_711, truckId: 1, warehouseId: 1 }, 'SHIPMENT_NOT_FOUND'],
    ['an unknown warehouse', { shipmentId: 1, truckId: 1, warehouseId: 99 }, 'WAREHOUSE_NOT_FOUND'],
  ])('are kept when they name %s', async (_, data, code) => {
    await start([carrier()]);
    await ship();
    expect(await say('carrier.truck.arrived', data)).toMatchObject({ status: 202, body: { code } });
  });

  it('are kept when a truck is at another warehouse', async () => {
    await start([carrier()]);
    const { number } = await ship();
    const elsewhere = await platform.registerWarehouse(50, 50);
    const data = { shipmentId: number, truckId: 1, warehouseId: elsewhere };
    expect(await say('carrier.truck.arrived', data)).toMatchObject({ body: { code: 'WRONG_WAREHOUSE' } });
  });

  it('are refused when they are forged, stale, unsigned or of a stranger, and nothing is kept of them', async () => {
    await start([carrier()]);
    const { body, headers } = event('carrier.delivery.started', { shipmentId: 1 });
    const forged = { ...headers, 'webhook-id': 'other' };
    const then = new Date(Date.now() - 301_000).toISOString();
    const stale = { ...signWebhook('m', Buffer.from(body), [secret], then as never) };
    for (const bad of [forged, stale, {}])
      expect(await post('/webhooks/ups', body, bad)).toMatchObject({
        status: 401,
        body: { error: { code: 'UNAUTHENTICATED' } },
      });
    expect((await post('/webhooks/dhl', body, headers)).status).toBe(401);
    expect(await platform.count('CarrierInboundReceived')).toBe(0);
  });

  it('are refused when they are too large, no JSON, or of no type that we know', async () => {
    await start([carrier()]);
    const signedAs = (body: string) => ({
      ...signWebhook('m', Buffer.from(body), [secret], realClock.now()),
    });
    expect((await post('/webhooks/ups', 'x'.repeat(70_000), {})).status).toBe(413);
    for (const body of ['{', '[]', '{"specversion":"1.0","type":"carrier.truck.lost"}'])
      expect((await post('/webhooks/ups', body, signedAs(body))).status).toBe(400);
  });

  it('may choose the world only where the carrier has that permission', async () => {
    await start([carrier(), carrier({ name: 'boss', operator: true })]);
    const { body, headers } = event('carrier.world.chosen', { worldId: '7' });
    expect((await post('/webhooks/ups', body, headers)).status).toBe(403);
    expect((await post('/webhooks/boss', body, headers)).status).toBe(200);
    expect(await platform.count('WorldChosen')).toBe(1);
  });
});

describe('plain messages of a carrier', () => {
  it('take every packed shipment at the warehouse onto the truck, and are acknowledged by number', async () => {
    await start([plainly]);
    const first = await ship();
    const second = await shipFrom(first.items[0]!.productId);
    await shipFrom(first.items[0]!.productId);
    await packed(first.shipmentId);
    await packed(second.shipmentId);
    const arrived = { truck_id: 7, warehouse_id: first.warehouseId, seqnum: 12 };
    const expected = { status: 200, body: { success: true, acks: [12] } };
    for (let copy = 0; copy < 5; copy += 1)
      expect(await post('/api/ups/truck-arrived', arrived)).toMatchObject(expected);
    expect(await platform.count('ShipmentLoadingStarted')).toBe(2);
    expect(await platform.count('CarrierInboundReceived')).toBe(1);
  });

  it('say what is missing, and which shipment is unknown', async () => {
    await start([plainly]);
    const missing = await post('/api/ups/package-delivered', {});
    expect(missing).toMatchObject({ status: 400, body: { success: false } });
    expect(missing.body['error']).toContain('shipment_id');
    expect(await post('/api/ups/package-delivered', { shipment_id: 4_711, seqnum: 3 })).toMatchObject({
      status: 404,
      body: { success: false, acks: [3] },
    });
  });

  it('that have no number are told again once they make sense', async () => {
    await start([plainly]);
    const { shipmentId, number, warehouseId } = await ship();
    const early = () => post('/api/ups/status-update', { shipment_id: number, status: 'Delivered' });
    for (let copy = 0; copy < 5; copy += 1) expect(await early()).toMatchObject({ status: 409 });
    expect(await platform.count('CarrierInboundParked')).toBe(1);
    await packed(shipmentId);
    await post('/api/ups/truck-arrived', { truck_id: 1, warehouse_id: warehouseId });
    await platform.demand('recordLoaded', { shipmentId });
    expect(await early()).toMatchObject({ status: 200, body: { success: true } });
    expect(await platform.count('ShipmentDelivered')).toBe(1);
  });

  it('come from a World that reports over HTTP, too', async () => {
    await start([plainly]);
    const { shipmentId, number, warehouseId, items } = await ship();
    const ready = { event_type: 'package_ready', event_data: { shipment_id: number } };
    expect((await post('/api/world/event', ready)).status).toBe(200);
    const { productNumber } = items[0]!;
    const event_data = { warehouse_id: warehouseId, product_id: productNumber, quantity: 3 };
    expect((await post('/api/world/event', { event_type: 'product_arrived', event_data })).status).toBe(200);
    expect(await platform.count('StockReceived')).toBe(2);
    await post('/api/ups/truck-arrived', { truck_id: 1, warehouse_id: warehouseId });
    const loaded = { event_type: 'package_loaded', event_data: { shipment_id: number } };
    expect((await post('/api/world/event', loaded)).status).toBe(200);
    expect(await platform.count('ShipmentLoaded')).toBe(1);
    expect((await post('/api/world/event', { event_type: 'war' })).status).toBe(400);
    void shipmentId;
  });

  it('are not believed where the carrier has to sign', async () => {
    await start([carrier({ dialect: 'plain' })]);
    expect((await post('/api/ups/package-delivered', { shipment_id: 1 })).status).toBe(401);
  });
});

describe('enveloped messages of a carrier', () => {
  const envelope = (message_type: string, payload: object, sequence_number?: number) => ({
    ...{ message_type, timestamp: '2026-01-31T08:00:00Z', payload },
    ...(sequence_number === undefined ? {} : { sequence_number }),
  });

  it('move a shipment, and are acknowledged in an envelope, byte by byte the same for a copy', async () => {
    await start([enveloped]);
    const { number, warehouseId } = await ship();
    const payload = { truck_id: 7, warehouse_id: warehouseId, shipment_id: number };
    const first = await post('/api/webhooks/truck-arrived', envelope('TruckArrived', payload, 1));
    expect(first).toMatchObject({
      status: 200,
      body: { message_type: 'Acknowledgement', payload: { status: 'success', code: 200 } },
    });
    await realClock.sleep(5 as Millis);
    const copy = await post('/api/webhooks/truck-arrived', envelope('TruckArrived', payload, 1));
    expect(copy.text).toBe(first.text);
    // A carrier that counts from the beginning again says something else under the same number.
    const dispatched = envelope('TruckDispatched', { truck_id: 7, shipment_id: number }, 1);
    expect((await post('/api/webhooks/truck-dispatched', dispatched)).status).toBe(200);
    expect(await platform.count('CarrierInboundReceived')).toBe(2);
  });

  it.each([
    [1000, 400, { nonsense: true }],
    [1000, 400, envelope('TruckDeparted', { shipment_id: 1 })],
    [1001, 400, envelope('ShipmentDelivered', {})],
    [2000, 404, envelope('ShipmentDelivered', { shipment_id: 4_711 })],
    [2002, 409, envelope('ShipmentDelivered', { shipment_id: 'ours' })],
  ])('have errors with the code %i', async (code, status, body) => {
    await start([enveloped]);
    const { number } = await ship();
    const text = JSON.stringify(body).replace('"ours"', String(number));
    expect(await post('/api/webhooks/shipment-delivered', text)).toMatchObject({
      status,
      body: { message_type: 'Error', payload: { status: 'fail', code } },
    });
  });

  it('ask what is in a shipment', async () => {
    await start([enveloped]);
    const { number, warehouseId } = await ship();
    const ask = (shipment_id: number) =>
      post('/api/webhooks/shipment-detail-request', envelope('PackageDetailRequest', { shipment_id }));
    expect((await ask(number)).body).toMatchObject({
      message_type: 'ShipmentDetailResponse',
      payload: {
        ...{ shipment_id: number, warehouse_id: warehouseId, destination_x: 3, destination_y: -4 },
        items: [{ description: 'the MUG', quantity: 1 }],
      },
    });
    expect((await ask(4_711)).body).toMatchObject({ payload: { code: 2000 } });
  });

  it('are refused when their signature is wrong, even where none is needed', async () => {
    await start([enveloped]);
    const body = JSON.stringify(envelope('ShipmentDelivered', { shipment_id: 1 }));
    const signedBy = (key: string) => ({ 'x-amazon-signature': signBody(Buffer.from(body), key) });
    expect((await post('/api/webhooks/shipment-delivered', body, signedBy('another'))).status).toBe(401);
    expect((await post('/api/webhooks/shipment-delivered', body, signedBy(secret))).status).toBe(404);
  });

  it('may set the world where the carrier has that permission', async () => {
    await start([carrier({ dialect: 'enveloped', acceptUnsigned: true, operator: true })]);
    expect(await post('/set_worldid', { worldid: 9 })).toMatchObject({ status: 200 });
    const [chosen] = (await platform.events()).filter(({ type }) => type === 'WorldChosen');
    expect(chosen?.data).toMatchObject({ link: 'main', worldId: '9' });
  });
});

describe('the exchange log', () => {
  it('shows what was sent and received, and what came of it', async () => {
    await start([carrier()]);
    const { number } = await ship();
    await say('carrier.shipment.delivered', { shipmentId: number });
    const entries = async (): Promise<readonly ExchangeLogEntry[]> =>
      (
        await durable.readModels.list<ExchangeLogEntry>(exchangeLog.collection, {
          ...{ index: 'by_link', where: { link: 'carrier:ups' }, order: 'ascending', first: 10 },
        })
      ).items.map(({ document }) => document);
    await until('it is written down', async () => {
      const statuses = (await entries()).map(({ kind, status }) => `${kind} ${status}`).sort();
      return statuses.join() === 'created acked,delivered parked';
    });
  });
});
