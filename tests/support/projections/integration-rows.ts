import type { Origin } from '../../../gateways/integration-events/fact-mapping';

export const origin = { orderNumber: 7, customerId: 'ada' } as unknown as Origin;
const at = '2026-01-31T07:59:59.000Z';
export const total = { amountMinor: 1300, currency: 'GBP' };
const line = {
  productId: 'p',
  productNumber: 11,
  sku: 'MUG',
  name: 'Mug',
  quantity: 13,
  unitPrice: { amountMinor: 100, currency: 'GBP' },
};
const parcel = { shipmentId: 's', number: 3, orderId: 'o', warehouseId: 1 };
/** Replaces a value that must not be published. */
export const secret = 'SECRET';
const destination = { x: 1, y: secret };

type Row = readonly [type: string, data: object, topic: string, told: string, subject: string, says: object];

/** A row for each event that is published to other systems, with its messages. */
export const integrationRows: readonly Row[] = [
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
    'AccountErased',
    { accountId: 'ada', certificateId: 'c', by: 'OWNER', erasedAt: at },
    'user.events',
    'user.erased',
    'ada',
    { accountId: 'ada', certificateId: 'c', erasedAt: at },
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
  ...(['Written', 'Edited', 'Withdrawn', 'Restored'] as const).flatMap((what): Row[] => [
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
    'ReviewHidden',
    { reviewId: 'r', subject: { kind: 'product', productId: 'p' }, rating: 5, hiddenFor: secret },
    'product.events',
    'product.review.hidden',
    'p',
    { reviewId: 'r', productId: 'p', rating: 5 },
  ],
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
  [
    'OrderSaleRecorded',
    {
      orderId: 'o',
      sale: { source: 'old-shop', reference: '536365', soldAt: at, country: 'Spain' },
      order: { placedAt: at, total, units: 3 },
      recordedAt: at,
    },
    'order.events',
    'order.sale.recorded',
    'o',
    {
      ...{ orderId: 'o', orderNumber: 7, customerId: 'ada', recordedAt: at },
      sale: { source: 'old-shop', reference: '536365', soldAt: at, country: 'Spain' },
    },
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
  [
    'OrderRefundRefused',
    { orderId: 'o', refundId: 'y', amount: total, reason: secret, refusedAt: at },
    'order.events',
    'order.refund.refused',
    'o',
    { ...origin, orderId: 'o', refundId: 'y', amount: total, refusedAt: at },
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
