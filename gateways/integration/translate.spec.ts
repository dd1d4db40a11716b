import { accountEventTypes } from '../../domain/account';
import type { Instant } from '../../domain/kernel';
import { orderEventTypes } from '../../domain/order';
import { paymentEventTypes } from '../../domain/payment';
import { productEventTypes } from '../../domain/product';
import { reviewEventTypes } from '../../domain/review';
import { shipmentEventTypes } from '../../domain/shipment';
import { stockEventTypes } from '../../domain/stock';
import { positionOf, type RecordedEvent } from '../../platform/event-store';
import type { Origin } from './told';
import { factsOf, isTold, needsOrigin, originOf, tasksOf } from './translate';

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

const origin = { orderNumber: 7, customerId: 'ada' } as unknown as Origin;
const at = '2026-01-31T07:59:59.000Z';
const total = { amountMinor: 1300, currency: 'GBP' };
const line = {
  productId: 'p',
  productNumber: 11,
  sku: 'MUG',
  name: 'Mug',
  quantity: 13,
  unitPrice: { amountMinor: 100, currency: 'GBP' },
};
const parcel = { shipmentId: 's', number: 3, orderId: 'o', warehouseId: 1 };
const secret = 'SECRET';
const destination = { x: 1, y: secret };

type Row = readonly [type: string, data: object, topic: string, told: string, subject: string, says: object];
const rows: readonly Row[] = [
  [
    'AccountRegistered',
    {
      accountId: 'ada',
      email: secret,
      name: secret,
      passwordHash: secret,
      roles: ['customer'],
      registeredAt: at,
    },
    'user.events',
    'user.registered',
    'ada',
    { accountId: 'ada', roles: ['customer'], registeredAt: at },
  ],
  [
    'AccountRolesGranted',
    { accountId: 'ada', roles: ['staff'], grantedAt: at },
    'user.events',
    'user.roles.granted',
    'ada',
    { accountId: 'ada', roles: ['staff'], grantedAt: at },
  ],
  [
    'ProductRegistered',
    { productId: 'p', number: 11, sku: 'MUG', name: 'Mug', price: total, registeredAt: at },
    'product.events',
    'product.registered',
    'p',
    { productId: 'p', number: 11, sku: 'MUG', name: 'Mug', price: total, registeredAt: at },
  ],
  [
    'ProductPriceChanged',
    { productId: 'p', price: total, previous: total, changedAt: at },
    'product.events',
    'product.price.changed',
    'p',
    { productId: 'p', price: total, previous: total, changedAt: at },
  ],
  [
    'ProductDescribed',
    { productId: 'p', name: 'Cup', description: '', category: '', describedAt: at },
    'product.events',
    'product.described',
    'p',
    { productId: 'p', name: 'Cup', description: '', category: '', describedAt: at },
  ],
  [
    'ProductDiscontinued',
    { productId: 'p', discontinuedAt: at },
    'product.events',
    'product.discontinued',
    'p',
    { productId: 'p', discontinuedAt: at },
  ],
  [
    'ProductReinstated',
    { productId: 'p', reinstatedAt: at },
    'product.events',
    'product.reinstated',
    'p',
    { productId: 'p', reinstatedAt: at },
  ],
  ...(
    [
      ['StockReceived', 'received', 5, 0],
      ['StockRemoved', 'removed', -5, 0],
      ['StockReserved', 'reserved', -5, 5],
      ['StockReleased', 'released', 5, -5],
      ['StockShipped', 'shipped', 0, -5],
    ] as const
  ).map(([type, cause, onHand, reserved]): Row => {
    const says = { productId: 'p', warehouseId: 1, cause, change: { onHand, reserved } };
    return [
      type,
      { warehouseId: 1, productId: 'p', quantity: 5, orderId: 'o' },
      'product.events',
      'product.stock.updated',
      'p',
      says,
    ];
  }),
  ...(['Written', 'Edited', 'Withdrawn'] as const).flatMap((what): Row[] => [
    [
      `Review${what}`,
      { reviewId: 'r', subject: { kind: 'product', productId: 'p' }, rating: 5, text: secret },
      'product.events',
      `product.review.${what.toLowerCase()}`,
      'p',
      { reviewId: 'r', productId: 'p', rating: 5 },
    ],
    [
      `Review${what}`,
      { reviewId: 'r', subject: { kind: 'seller', sellerId: 'bob' }, rating: 5, text: secret },
      'user.events',
      `seller.review.${what.toLowerCase()}`,
      'bob',
      { reviewId: 'r', sellerId: 'bob', rating: 5 },
    ],
  ]),
  [
    'OrderPlaced',
    {
      orderId: 'o',
      number: 7,
      customerId: 'ada',
      lines: [line],
      total,
      destination,
      carrierAccount: secret,
      payBy: at,
      placedAt: at,
    },
    'order.events',
    'order.created',
    'o',
    { orderId: 'o', orderNumber: 7, customerId: 'ada', lines: [line], total, payBy: at, placedAt: at },
  ],
  ...(
    [
      ['OrderPaid', 'order.paid', { paymentId: 'x', paid: total, paidAt: at }],
      ['OrderShipped', 'order.shipped', { shippedAt: at }],
      ['OrderFulfilled', 'order.fulfilled', { fulfilledAt: at }],
      ['OrderCompleted', 'order.completed', { completedAt: at }],
      ['OrderCancelled', 'order.cancelled', { reason: 'payment-overdue', cancelledAt: at }],
      ['OrderRefunded', 'order.refunded', { refundId: 'y', amount: total, inFull: true, refundedAt: at }],
    ] as const
  ).map(([type, told, data]): Row => [
    type,
    { orderId: 'o', ...data },
    'order.events',
    told,
    'o',
    { ...origin, orderId: 'o', ...data },
  ]),
  [
    'OrderRefundRequested',
    { orderId: 'o', paymentId: 'x', refundId: 'y', amount: total, reason: secret, requestedAt: at },
    'order.events',
    'order.refund.requested',
    'o',
    { ...origin, orderId: 'o', paymentId: 'x', refundId: 'y', amount: total, requestedAt: at },
  ],
  ...(
    [
      ['PaymentCaptured', 'payment.captured', { amount: total, capturedAt: at }],
      ['PaymentDeclined', 'payment.declined', { reason: 'no money', declinedAt: at }],
      ['PaymentRefunded', 'payment.refunded', { refundId: 'y', amount: total, refundedAt: at }],
    ] as const
  ).map(([type, told, data]): Row => [
    type,
    { paymentId: 'x', orderId: 'o', ...data, ...(type === 'PaymentDeclined' ? {} : { reference: secret }) },
    'order.events',
    told,
    'x',
    { paymentId: 'x', orderId: 'o', ...data },
  ]),
  [
    'ShipmentCreated',
    { ...parcel, orderNumber: 7, customerId: 'ada', destination, carrierAccount: secret, items: [] },
    'order.events',
    'shipment.created',
    's',
    { ...parcel, orderNumber: 7, customerId: 'ada', items: [] },
  ],
  ...(
    [
      ['ShipmentPacked', 'shipment.packed', { packedAt: at }],
      ['ShipmentLoaded', 'shipment.loaded', { truckId: 1, items: [], loadedAt: at }],
      ['ShipmentDelivered', 'shipment.delivered', { deliveredAt: at }],
      ['ShipmentTrackingAssigned', 'shipment.tracking.assigned', { trackingNumber: '1Z', assignedAt: at }],
      ['ShipmentFailed', 'shipment.failed', { step: 'packing', reason: 'no', failedAt: at }],
      ['ShipmentCancelled', 'shipment.cancelled', { cancelledAt: at }],
    ] as const
  ).map(([type, told, data]): Row => [
    type,
    { ...parcel, ...data, ...(type === 'ShipmentLoaded' ? { destination } : {}) },
    'order.events',
    told,
    's',
    { ...origin, ...parcel, ...data },
  ]),
];

describe('what other systems are told', () => {
  it.each(rows)('of %s', (...row) => {
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

  it('is tried here for each type that is told', () => {
    const all = {
      ...accountEventTypes,
      ...productEventTypes,
      ...stockEventTypes,
      ...reviewEventTypes,
      ...orderEventTypes,
      ...paymentEventTypes,
      ...shipmentEventTypes,
    };
    const told = Object.keys(all).filter((type) => isTold({ type }));
    expect([...new Set(rows.map(([type]) => type))].sort()).toEqual(told.sort());
  });

  it('is nothing of what only we care for, nor of types that every object has', () => {
    expect(factsOf(recorded('SessionOpened', { tokenHash: secret }), undefined)).toEqual([]);
    expect(factsOf(recorded('constructor', {}), undefined)).toEqual([]);
    expect(isTold({ type: 'toString' })).toBe(false);
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

describe('what somebody is to be told', () => {
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

  it('is nothing where nobody knows whom', () => {
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

  it('is only asked for where it may be', () => {
    const inStream = (stream: string, revision: bigint): RecordedEvent =>
      recorded('x', {}, { stream: stream as RecordedEvent['stream'], revision });
    expect(needsOrigin(inStream('order-1', 1n))).toBe(true);
    expect(needsOrigin(inStream('shipment-1', 1n))).toBe(true);
    expect(needsOrigin(inStream('order-1', 0n))).toBe(false);
    expect(needsOrigin(inStream('stock-1-p', 1n))).toBe(false);
  });
});
