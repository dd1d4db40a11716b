import type {
  AccountId,
  Instant,
  PaymentId,
  PromotionId,
  SerialNumber,
  ShipmentId,
  WarehouseId,
} from '../../domain/kernel';
import {
  allocated,
  at,
  cancelled,
  customerId,
  declined,
  gbp,
  goodsCancelled,
  lines,
  orderId,
  orderId as id,
  paid,
  payBy,
  paymentId,
  paymentActionRequired,
  paymentPending,
  paymentRefundFailed,
  paymentRefundPending,
  paymentRequested,
  placed,
  refunded,
  refundId,
  refundRefused,
  refundRequested,
  total,
} from '../../tests/support/domain/orders';
import { orderErased } from '../../tests/support/projections/order-erased';
import { heldOrderRows } from '../../tests/support/projections/held-order-rows';
import { itProjects } from '../../tests/support/projections/it-projects';
import { event, otherTruck, place, shipmentId, warehouseId } from '../../tests/support/domain/shipments';
import type { ShipmentStatus } from '../../domain/shipment';
import { orderDetails, type OrderDetails } from './';
import type { Shown } from './timeline-text';

const promotionIds = ['autumn', 'welcome'] as PromotionId[] as [PromotionId, PromotionId];
const otherShipmentId = '5d0b6c3e-0000-5000-8000-000000000009' as ShipmentId;
const entry = ({ type }: Shown, summary: string) => ({ at, type, summary });
const anOrder: OrderDetails = {
  id,
  number: 1001,
  customerId,
  status: 'PLACED',
  progress: 'PLACED',
  placedAt: at,
  soldAt: at,
  soldOn: '2026-11-02',
  source: null,
  reference: null,
  country: null,
  payBy,
  total,
  paid: gbp(0),
  refunded: gbp(0),
  ...{ authorisedUntil: null, held: gbp(0), captured: gbp(0), voided: gbp(0), refusedCaptures: [] },
  askedBackInFull: false,
  refunds: [],
  ...{ destination: place, shipTo: null, noteToSeller: null, gift: null, carrierAccount: null },
  ...{ paymentId: null, paymentIds: [], openPaymentId: null, payerAction: null, isPaymentPending: false },
  lines: lines.map(({ productId, sku, name, quantity, unitPrice }) => ({
    ...{ productId, sku, name, quantity, cancelled: 0, unitPrice },
    ...{ discount: null, tax: null },
  })),
  ...{ promotions: [], shipping: null, tax: null, partsToCome: [], shipments: [] },
  timeline: [entry(placed, 'Order 1001 was placed: 3 pieces for £26.70.')],
};
const sale = {
  source: 'old-shop',
  reference: '536365',
  soldAt: '2010-12-01T08:26:00.000Z' as Instant,
  country: 'Spain',
};
const soldBefore: Partial<OrderDetails> = { ...sale, soldOn: '2010-12-01' };
const taken = { paid: total, captured: total };
const paidOrder: OrderDetails = { ...anOrder, status: 'PAID', progress: 'PAID', ...taken, paymentId };
const off = { status: 'CANCELLED', progress: 'CANCELLED' } as const;
const cancelledOrder: OrderDetails = { ...anOrder, ...off };
const refundOf = (amountMinor: number, done: boolean, refusal: string | null = null) => ({
  id: refundId,
  ...{ amount: gbp(amountMinor), tax: [], reason: 'came broken.' },
  done,
  isUntaken: false,
  refusal,
});
const parcel = (status: ShipmentStatus) => ({ id: shipmentId, number: 501, warehouseId, status });
const packing: OrderDetails = { ...paidOrder, shipments: [parcel('PACKING')] };

/** A row that begins with `before` and says what the fact changes besides adding its sentence. */
const row = (on: Shown, summary: string, changes: Partial<OrderDetails> = {}, before = anOrder) => ({
  on,
  because: summary,
  touches: [
    { id, before, after: { ...before, ...changes, timeline: [...before.timeline, entry(on, summary)] } },
  ],
});
const parcelRow = (on: Shown, summary: string, status: ShipmentStatus, before = packing) =>
  row(on, summary, { shipments: [parcel(status)] }, before);

const payerAction = { kind: 'REDIRECT', url: 'https://pay.example/1', payload: null } as const;
const payment2 = 'payment-2' as PaymentId;
const sam = 'sam' as AccountId;
const held = {
  type: 'OrderHeld',
  data: { orderId, reason: 'FRAUD', tooLateFor: [], heldBy: sam, heldAt: at },
} as const;
const holdReleased = (goesOn: boolean, isUnpaid = goesOn) =>
  ({
    type: 'OrderHoldReleased',
    data: {
      ...({ orderId, reason: 'FRAUD', goesOn, releasedBy: sam, releasedAt: at } as const),
      unpaid: isUnpaid ? { number: 1001 as SerialNumber, customerId, payBy: at } : undefined,
    },
  }) as const;
const started = (id: PaymentId) =>
  ({ type: 'OrderPaymentStarted', data: { orderId, paymentId: id, method: 'test', startedAt: at } }) as const;
const declinedIn = (id: PaymentId) =>
  ({ type: 'OrderPaymentDeclined', data: { orderId, paymentId: id, declinedAt: at } }) as const;
const paying: OrderDetails = { ...anOrder, openPaymentId: paymentId };

itProjects(orderDetails, [
  orderErased(anOrder),
  row(held, 'The shop checks the order, which waits meanwhile.'),
  { on: holdReleased(false), because: 'is still held', touches: [{ id, before: anOrder, after: anOrder }] },
  row(holdReleased(true), 'The shop has checked the order, and it goes on.', { payBy: at }),
  row(holdReleased(true, false), 'The shop has checked the order, and it goes on.', {}, paidOrder),
  { on: started(paymentId), because: 'is paid', touches: [{ id, before: anOrder, after: paying }] },
  { on: started(paymentId), because: 'is not there', touches: [{ id }] },
  { on: declinedIn(paymentId), because: 'is not paid', touches: [{ id, before: paying, after: anOrder }] },
  {
    on: declinedIn(payment2),
    because: 'keeps another payment open',
    touches: [{ id, before: paying, after: paying }],
  },
  {
    on: { ...placed, data: { ...placed.data, paymentMethod: 'test', paymentId } },
    because: 'begins with a payment',
    touches: [{ id, after: paying }],
  },
  row(
    paid,
    '£26.70 was paid.',
    { status: 'PAID', progress: 'PAID', ...taken, paymentId, openPaymentId: null },
    paying,
  ),
  { on: placed, because: 'begins', touches: [{ id, after: anOrder }] },
  {
    on: {
      ...placed,
      data: {
        ...placed.data,
        lines: lines.map((line) => ({ ...line, discount: gbp(100) })),
        promotions: [
          { promotionId: promotionIds[0], name: 'Autumn', amount: gbp(60) },
          {
            promotionId: promotionIds[1],
            name: 'Welcome',
            coupon: 'WELCOME',
            amount: gbp(40 * lines.length),
          },
        ],
      },
    },
    because: 'has discounts, and the promotions that they come from',
    touches: [
      {
        id,
        after: {
          ...anOrder,
          lines: anOrder.lines.map((line) => ({ ...line, discount: gbp(100) })),
          promotions: [
            { promotionId: promotionIds[0], name: 'Autumn', coupon: null, amount: gbp(60) },
            {
              promotionId: promotionIds[1],
              name: 'Welcome',
              coupon: 'WELCOME',
              amount: gbp(40 * lines.length),
            },
          ],
        },
      },
    ],
  },
  {
    on: { ...placed, data: { ...placed.data, carrierAccount: 'ada42' } },
    because: "names the customer's account with the carrier",
    touches: [{ id, after: { ...anOrder, carrierAccount: 'ada42' } }],
  },
  {
    on: { ...placed, data: { ...placed.data, sale } },
    because: 'is dated by its sale, where it was made elsewhere',
    touches: [
      {
        id,
        after: {
          ...anOrder,
          ...soldBefore,
          timeline: [
            entry(
              placed,
              'Order 1001 was placed: 3 pieces for £26.70. It was sold on 2010-12-01 as 536365 to Spain.',
            ),
          ],
        },
      },
    ],
  },
  {
    on: { ...placed, data: { ...placed.data, sale: { source: 'old-shop', reference: '536365' } } },
    because: 'is dated by its placing, where its list tells no date',
    touches: [
      {
        id,
        after: {
          ...anOrder,
          source: 'old-shop',
          reference: '536365',
          timeline: [entry(placed, 'Order 1001 was placed: 3 pieces for £26.70. It was sold as 536365.')],
        },
      },
    ],
  },
  row(
    { type: 'OrderSaleRecorded', data: { orderId: id, sale, recordedAt: at } },
    'It was sold on 2010-12-01 as 536365 to Spain.',
    soldBefore,
  ),
  row(allocated(false), 'Set aside at warehouse 7.', { partsToCome: [warehouseId] }),
  row(
    allocated(true, [warehouseId, 8 as WarehouseId]),
    'Comes from warehouses 7, 8; some goods are awaited.',
    { partsToCome: [warehouseId, 8 as WarehouseId] },
  ),
  row(
    {
      type: 'OrderLineSupplied',
      data: { orderId: id, warehouseId, productId: lines[0]!.productId, suppliedAt: at },
    },
    'Awaited goods have come to warehouse 7.',
  ),
  row(
    {
      type: 'OrderPartMoved',
      data: {
        ...{ orderId: id, shipmentId, warehouseId, movedAt: at },
        part: { shipmentId: otherShipmentId, warehouseId: 8 as WarehouseId, lines: [] },
      },
    },
    'Goods come from warehouse 8 instead of 7.',
    { partsToCome: [8 as WarehouseId] },
  ),
  row(
    goodsCancelled(2, 'requested-by-customer', [{ shipmentId, warehouseId, lines: [] }]),
    'The customer cancelled 2 pieces.',
    { partsToCome: [], lines: anOrder.lines.map((line) => ({ ...line, cancelled: 2 })) },
    { ...anOrder, partsToCome: [warehouseId] },
  ),
  row(paid, '£26.70 was paid.', { status: 'PAID', progress: 'PAID', ...taken, paymentId }),
  row(paid, '£26.70 was paid.', { ...taken, paymentId }, cancelledOrder),
  ...heldOrderRows(row, paidOrder),
  row(
    { type: 'OrderDestinationChanged', data: { orderId: id, destination: { x: -7, y: 4 }, changedAt: at } },
    'The order goes to (-7, 4) from now on.',
    { destination: { x: -7, y: 4 } },
  ),
  row(
    {
      type: 'OrderRedirectMissed',
      data: {
        ...{ orderId: id, shipmentId, missed: { x: -7, y: 4 }, deliveredTo: place, destination: place },
        missedAt: at,
      },
    },
    `A parcel was at (${place.x}, ${place.y}) already, and did not go to (-7, 4).`,
    { destination: place },
    { ...paidOrder, destination: { x: -7, y: 4 } },
  ),
  row(
    { type: 'OrderShipped', data: { orderId: id, shippedAt: at } },
    'The first parcel has left.',
    { status: 'SHIPPED', progress: 'SHIPPED' },
    paidOrder,
  ),
  row(
    { type: 'OrderFulfilled', data: { orderId: id, fulfilledAt: at } },
    'Everything has been delivered.',
    { status: 'FULFILLED', progress: 'FULFILLED' },
    paidOrder,
  ),
  row(
    { type: 'OrderFulfilled', data: { orderId: id, fulfilledAt: at } },
    'Everything has been delivered.',
    { progress: 'FULFILLED' },
    { ...paidOrder, status: 'REFUNDING', refunds: [refundOf(890, false)] },
  ),
  row(
    { type: 'OrderCompleted', data: { orderId: id, completedAt: at } },
    'The customer confirmed the receipt.',
    { status: 'COMPLETED', progress: 'COMPLETED' },
    paidOrder,
  ),
  row(cancelled('requested-by-customer'), 'The customer cancelled the order.', off),
  row(cancelled('requested-by-staff'), 'The shop cancelled the order.', off),
  row(cancelled('payment-overdue'), 'The order was cancelled because it was not paid in time.', off),
  row(
    refundRequested(890),
    '£8.90 is to be given back: came broken.',
    { status: 'REFUNDING', refunds: [refundOf(890, false)] },
    paidOrder,
  ),
  row(
    refunded(890),
    '£8.90 was given back.',
    { status: 'PAID', refunded: gbp(890), refunds: [refundOf(890, true)] },
    { ...paidOrder, status: 'REFUNDING', refunds: [refundOf(890, false)] },
  ),
  row(
    refunded(2670),
    '£26.70 was given back.',
    { status: 'REFUNDED', refunded: total, refunds: [refundOf(2670, true)] },
    { ...paidOrder, status: 'REFUNDING', refunds: [refundOf(2670, false)] },
  ),
  row(
    refundRequested(2670),
    '£26.70 is to be given back: came broken.',
    { status: 'REFUNDING', askedBackInFull: true, refunds: [refundOf(2670, false)] },
    paidOrder,
  ),
  row(
    refundRefused(890),
    '£8.90 could not be given back: card closed.',
    { status: 'PAID', refunds: [refundOf(890, false, 'card closed')] },
    { ...paidOrder, status: 'REFUNDING', refunds: [refundOf(890, false)] },
  ),
  row(
    refundRefused(2670),
    '£26.70 could not be given back: card closed.',
    { status: 'CANCELLED', refunds: [refundOf(2670, false, 'card closed')] },
    { ...paidOrder, status: 'REFUNDING', askedBackInFull: true, refunds: [refundOf(2670, false)] },
  ),
  row(
    refundRequested(2670),
    '£26.70 is to be given back: came broken.',
    {
      status: 'REFUNDING',
      askedBackInFull: true,
      refunds: [refundOf(890, false, 'no'), refundOf(2670, false)],
    },
    { ...paidOrder, refunds: [refundOf(890, false, 'no')] },
  ),
  row(paymentRequested, 'A payment of £26.70 was begun (test).', { paymentIds: [paymentId] }),
  row(paymentActionRequired, 'The payment waits for the customer to confirm it.', { payerAction }),
  row(paymentPending, 'The payment provider decides on the payment later.', { isPaymentPending: true }),
  row(paymentRefundPending, 'The payment provider returns the money later.', {}, paidOrder),
  row(declined, 'The payment was declined: insufficient funds.'),
  row(paymentRefundFailed, 'Money could not be given back: card closed.'),
  {
    on: paymentRefundFailed,
    because: 'is reported by the order itself, if the order requested it',
    touches: [
      {
        id,
        before: { ...paidOrder, refunds: [refundOf(890, false)] },
        after: { ...paidOrder, refunds: [refundOf(890, false)] },
      },
    ],
  },

  parcelRow(event.created, 'Parcel 501 is being packed at warehouse 7.', 'PACKING', paidOrder),
  parcelRow(event.packed, 'Parcel 501 is packed.', 'PACKED'),
  parcelRow(event.truckDispatched(), 'Truck 21 is on its way to warehouse 7.', 'PACKING'),
  parcelRow(event.truckArrived(otherTruck), 'Truck 22 is at warehouse 7.', 'PACKING'),
  parcelRow(event.loadingStarted(), 'Parcel 501 is being loaded on truck 21.', 'LOADING'),
  parcelRow(event.loaded(), 'Parcel 501 is on truck 21.', 'LOADED'),
  parcelRow(event.deliveryStarted, 'Parcel 501 is on its way to the door.', 'DELIVERING'),
  parcelRow(event.delivered, 'Parcel 501 has been delivered.', 'DELIVERED'),
  parcelRow(event.tracking('1Z1'), 'Parcel 501 has the tracking number 1Z1.', 'PACKING'),
  parcelRow(event.destinationChanged({ x: -7, y: 4 }), 'Parcel 501 goes to (-7, 4) from now on.', 'PACKING'),
  parcelRow(event.failed('loading'), 'Parcel 501 could not be loaded: no such warehouse.', 'FAILED'),
  parcelRow(event.retriedPacking(2), 'Parcel 501 is being packed again, attempt 2.', 'PACKING'),
  parcelRow(
    event.parked('packing'),
    'Parcel 501 waits for a decision of the shop: no such warehouse.',
    'PACKING',
  ),
  parcelRow(event.statusRequested, 'News of parcel 501 was asked for.', 'PACKING'),
  parcelRow(event.cancelled, 'Parcel 501 was cancelled.', 'CANCELLED'),
  { on: paid, because: 'is of an unknown order', touches: [{ id }] },
]);
