import { accountEventTypes } from '../../domain/account';
import type { Instant } from '../../domain/kernel';
import { orderEventTypes } from '../../domain/order';
import { paymentEventTypes } from '../../domain/payment';
import { productEventTypes } from '../../domain/product';
import { reviewEventTypes } from '../../domain/review';
import { shipmentEventTypes } from '../../domain/shipment';
import { stockEventTypes } from '../../domain/stock';
import { positionOf, type RecordedEvent } from '../../platform/event-store';
import { integrationRows, origin, secret, total } from '../../tests/support/projections/integration-rows';
import { factsOf, hasMessage, needsOrigin, originOf, tasksOf } from './translate';

const recorded = (type: string, data: object, more: Partial<RecordedEvent> = {}): RecordedEvent => ({
  id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
  type,
  data,
  metadata: { $correlationId: 'c', $causationId: 'c', actor: 'system:spec', schema: 1 },
  stream: 'order-1' as RecordedEvent['stream'],
  revision: 4n,
  position: positionOf(9),
  recordedAt: '2026-01-31T08:00:00.000Z' as Instant,
  ...more,
});

describe('the integration events', () => {
  it.each(integrationRows)('of %s', (...row) => {
    const [type, data, topic, told, subject, says] = row;
    const messages = factsOf(recorded(type, data), origin);
    expect(messages).toEqual([
      {
        topic,
        event: {
          id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
          source: `/waybill/${topic}`,
          type: told,
          subject,
          time: '2026-01-31T08:00:00.000Z',
          data: { ...says, revision: 4 },
        },
      },
    ]);
    expect(JSON.stringify(messages)).not.toContain(secret);
  });

  it('has a row here for each published type', () => {
    const all = {
      ...accountEventTypes,
      ...productEventTypes,
      ...stockEventTypes,
      ...reviewEventTypes,
      ...orderEventTypes,
      ...paymentEventTypes,
      ...shipmentEventTypes,
    };
    const told = Object.keys(all).filter((type) => hasMessage({ type }));
    expect([...new Set(integrationRows.map(([type]) => type))].sort()).toEqual(told.sort());
  });

  it('is nothing of what only we care for, nor of types that every object has', () => {
    expect(factsOf(recorded('SessionOpened', { tokenHash: secret }), undefined)).toEqual([]);
    expect(factsOf(recorded('constructor', {}), undefined)).toEqual([]);
    expect(hasMessage({ type: 'toString' })).toBe(false);
  });

  it('is nothing of a place in the queue that was given up', () => {
    const released = { warehouseId: 1, productId: 'p', orderId: 'o', quantity: 0, awaited: 5 };
    expect(factsOf(recorded('StockReleased', released), undefined)).toEqual([]);
  });

  it('carries the trace on', () => {
    const metadata = { ...recorded('x', {}).metadata, traceparent: '00-a-b-01' };
    const [message] = factsOf(recorded('OrderCompleted', { orderId: 'o' }, { metadata }), origin);
    expect(message?.event.traceparent).toBe('00-a-b-01');
  });
});

describe('a notification for a customer', () => {
  it.each([
    ['OrderPaid', 'order-paid', { paid: total }],
    ['OrderShipped', 'order-shipped', {}],
    ['OrderFulfilled', 'order-delivered', {}],
  ])('of %s', (type, template, more) => {
    const [task, ...others] = tasksOf(recorded(type, { orderId: 'o', ...more }), origin);
    expect(others).toEqual([]);
    expect(task).toMatchObject({
      topic: 'notification.tasks',
      event: {
        type: 'notification.requested',
        subject: 'o',
        data: { template, orderId: 'o', customerId: 'ada', orderNumber: 7, ...more },
      },
    });
  });

  it('is absent without a recipient', () => {
    expect(tasksOf(recorded('OrderShipped', { orderId: 'o' }), undefined)).toEqual([]);
    expect(tasksOf(recorded('OrderPlaced', { orderId: 'o' }), origin)).toEqual([]);
  });
});

describe('the origin of a stream', () => {
  it('is what its first event says', () => {
    expect(originOf(recorded('OrderPlaced', { number: 7, customerId: 'ada' }))).toEqual(origin);
    expect(originOf(recorded('ShipmentCreated', { orderNumber: 7, customerId: 'ada' }))).toEqual(origin);
    expect(originOf(recorded('OrderPaid', {}))).toBeUndefined();
    expect(originOf(undefined)).toBeUndefined();
  });

  it('is requested only if it is permitted', () => {
    const inStream = (stream: string, revision: bigint): RecordedEvent =>
      recorded('x', {}, { stream: stream as RecordedEvent['stream'], revision });
    expect(needsOrigin(inStream('order-1', 1n))).toBe(true);
    expect(needsOrigin(inStream('shipment-1', 1n))).toBe(true);
    expect(needsOrigin(inStream('order-1', 0n))).toBe(false);
    expect(needsOrigin(inStream('stock-1-p', 1n))).toBe(false);
  });
});
