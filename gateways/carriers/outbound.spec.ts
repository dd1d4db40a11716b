import type { CarrierMessageId } from '../../domain/kernel';
import { realClock } from '../../platform/clock';
import { Fault } from '../../platform/faults';
import { signBody, verifyWebhook } from '../../platform/webhook-signing';
import {
  carrier,
  CarrierBench,
  enveloped,
  plainly,
  secret,
  type Sent,
} from '../../tests/support/carrier/carrier-fixture';
import { until } from '../../tests/support/commands/live-platform';

let bench: CarrierBench;
beforeEach(() => {
  bench = new CarrierBench();
});
afterEach(() => bench.stop());

describe('messages to a carrier', () => {
  it('are sent by the active process, and only collected by a standby', async () => {
    await bench.start([carrier()], undefined, true);
    bench.answer = () => ({ status: 503, body: '' });
    const { shipmentId } = await bench.ship();
    await until('it is gathered', () => bench.gateway.status().unacked === 1);
    expect(bench.sent).toEqual([]);
    bench.gateway.takeOver();
    await until('it is sent', () => bench.sent.length > 2);
    bench.gateway.standBy();
    // What was on its way is still answered.
    const before = bench.sent.length + 1;
    await bench.pack(shipmentId);
    await until('both are gathered', () => bench.gateway.status().unacked === 2);
    expect(bench.sent.length).toBeLessThanOrEqual(before);
    bench.answer = () => ({ status: 204, body: '' });
    bench.gateway.takeOver();
    await until('both are acknowledged', async () => (await bench.count('CarrierMessageAcked')) === 2);
    const types = new Set(bench.sent.map(({ body }) => body['type']));
    expect([...types]).toEqual(['waybill.shipment.created', 'waybill.shipment.packed']);
    expect(bench.gateway.status().unacked).toBe(0);
  });

  it('are signed CloudEvents, one at a time for each shipment, until each is acknowledged', async () => {
    await bench.start([carrier()]);
    bench.answer = (_, tries) => ({ status: tries % 3 === 0 ? 204 : 503, body: '' });
    const { shipmentId, number, warehouseId } = await bench.ship();
    await bench.pack(shipmentId);
    await until('both are acknowledged', async () => (await bench.count('CarrierMessageAcked')) === 2);
    expect(bench.sent.map(({ body }) => body['type'])).toEqual([
      ...Array<string>(3).fill('waybill.shipment.created'),
      ...Array<string>(3).fill('waybill.shipment.packed'),
    ]);
    const [first] = bench.sent;
    expect(first).toMatchObject({
      url: 'https://carrier.example',
      body: {
        subject: String(number),
        data: { shipmentId: number, warehouseId, destination: { x: 3, y: -4 }, items: [{ quantity: 1 }] },
      },
    });
    const bytes = Buffer.from(JSON.stringify(first!.body));
    expect(verifyWebhook(first!.headers, bytes, [secret], realClock.now()).ok).toBe(true);
    expect(bench.gateway.status().unacked).toBe(0);
  });

  it('have a number in the plain dialect, and are acknowledged by it, in the answer or in a later call', async () => {
    await bench.start([plainly]);
    bench.answer = () => ({ status: 200, body: '{"success":true,"acks":[]}' });
    const { number } = await bench.ship();
    await until('it is sent', () => bench.sent.length > 1);
    const [{ body, url }] = bench.sent as [Sent];
    expect({ body, url }).toMatchObject({
      url: 'https://carrier.example/api/package-created',
      body: { shipment_id: number, destination_x: 3, destination_y: -4 },
    });
    const call = { shipment_id: number, tracking_id: '1Z', acks: [body['seqnum']] };
    expect(await bench.call('/api/ups/tracking', call)).toMatchObject({ status: 200 });
    await until('it is acknowledged', () => bench.gateway.status().unacked === 0);
    expect(await bench.count('CarrierMessageAcked')).toBe(1);
  });

  it('have an envelope and a customer number in the enveloped dialect, which has fewer notices', async () => {
    await bench.start([enveloped]);
    bench.answer = () => ({ status: 200, body: '{"message_type":"Acknowledgement"}' });
    const { shipmentId, number } = await bench.ship();
    await bench.pack(shipmentId);
    await until('both are done', async () => (await bench.count('CarrierMessageAcked')) === 2);
    expect(bench.sent).toHaveLength(1);
    expect(bench.sent[0]).toMatchObject({
      url: 'https://carrier.example/api/shipment',
      body: { message_type: 'ShipmentCreated', payload: { shipment_id: number, email: 'ann@example.org' } },
    });
    const { user_id: user } = bench.sent[0]!.body['payload'] as { user_id: number };
    expect(Number.isSafeInteger(user)).toBe(true);
    expect(bench.sent[0]!.headers['X-Amazon-Signature']).toBe(
      signBody(Buffer.from(JSON.stringify(bench.sent[0]!.body)), secret),
    );
  });

  it('alert an operator after the last attempt, and are sent again when the operator retries them', async () => {
    await bench.start([carrier()], 3);
    bench.answer = () => {
      throw new Fault('PEER_UNAVAILABLE', 'no carrier is there');
    };
    await bench.ship();
    await until('an alarm', async () => (await bench.count('CarrierMessageAlarmed')) === 1);
    expect(bench.sent).toHaveLength(3);
    bench.answer = () => ({ status: 200, body: '' });
    const alarm = (await bench.platform.events()).find(({ type }) => type === 'CarrierMessageAlarmed')!;
    const { carrierMessageId } = alarm.data as { carrierMessageId: CarrierMessageId };
    await bench.retry(carrierMessageId);
    await until('it is acknowledged', async () => (await bench.count('CarrierMessageAcked')) === 1);
    expect(await bench.platform.send('retryCarrierMessage', { messageId: carrierMessageId })).toMatchObject({
      rejection: { code: 'CARRIER_MESSAGE_SETTLED' },
    });
  });

  it('wait for staff no longer when these have dealt with them, and can still be sent', async () => {
    await bench.start([carrier()], 1);
    bench.answer = () => ({ status: 503, body: '' });
    await bench.ship();
    await until('an alarm', async () => (await bench.count('CarrierMessageAlarmed')) === 1);
    const alarm = (await bench.platform.events()).find(({ type }) => type === 'CarrierMessageAlarmed')!;
    const { carrierMessageId: messageId } = alarm.data as { carrierMessageId: CarrierMessageId };
    await bench.platform.demand('markCarrierMessageHandled', { messageId });
    expect(await bench.count('CarrierMessageHandled')).toBe(1);
    expect(bench.sent).toHaveLength(1);
    bench.answer = () => ({ status: 200, body: '' });
    await bench.retry(messageId);
    await until('it is acknowledged', async () => (await bench.count('CarrierMessageAcked')) === 1);
    expect(await bench.platform.send('markCarrierMessageHandled', { messageId })).toMatchObject({
      rejection: { code: 'CARRIER_MESSAGE_SETTLED' },
    });
  });

  it('are sent at once when staff do not want to wait for the next attempt', async () => {
    const limits = { resend: { baseMs: 600_000, factor: 1, maxMs: 600_000 } };
    await bench.start([carrier()], undefined, false, { limits });
    bench.answer = () => ({ status: 503, body: '' });
    await bench.ship();
    await until('it is tried', () => bench.sent.length === 1);
    bench.answer = () => ({ status: 200, body: '' });
    const queued = (await bench.platform.events()).find(({ type }) => type === 'CarrierMessageQueued')!;
    await bench.retry((queued.data as { carrierMessageId: CarrierMessageId }).carrierMessageId);
    await until('it is acknowledged', async () => (await bench.count('CarrierMessageAcked')) === 1);
    expect(bench.sent).toHaveLength(2);
  });

  it('are sent again after a restart, under the same id', async () => {
    await bench.start([carrier()]);
    bench.answer = () => ({ status: 500, body: '' });
    await bench.ship();
    await until('it is tried', () => bench.sent.length > 0);
    await bench.stop();
    bench.answer = () => ({ status: 200, body: '' });
    await bench.start([carrier()]);
    await until('it is acknowledged', async () => (await bench.count('CarrierMessageAcked')) === 1);
    expect(new Set(bench.sent.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });
});
