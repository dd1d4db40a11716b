import { given } from '../../tests/support/domain/given';
import { gbp } from '../../tests/support/domain/order-vocabulary';
import {
  at,
  command,
  customerId,
  event,
  fromNorth,
  fromSouth,
  history,
  lamp,
  mug,
  north,
  orderId,
  otherCustomerId,
  paymentId,
  refundId,
  south,
  total,
  wrongStatus,
} from '../../tests/support/domain/two-part-order';
import type { RefundId, ShipmentId } from '../kernel';
import { order } from './index';
import type { CancelGoods } from './commands';
import type { OrderEvent } from './index';

const nextNorth = 'next-north' as ShipmentId;
const next = [
  { after: fromNorth, shipmentId: nextNorth },
  { after: fromSouth, shipmentId: 'next-south' as ShipmentId },
];
const cancel = (mugs: number, lamps = 0, change: Partial<CancelGoods> = {}): CancelGoods => ({
  ...{ type: 'CancelGoods', orderId, refundId, packed: [], next, requestedBy: customerId, at },
  lines: [
    ...(mugs > 0 ? [{ productId: mug, quantity: mugs }] : []),
    ...(lamps > 0 ? [{ productId: lamp, quantity: lamps }] : []),
  ],
  ...change,
});
const byStaff = { requestedBy: undefined };
const refunded = (amount: number, lines: CancelGoods['lines']): OrderEvent => ({
  type: 'OrderRefundRequested',
  data: { orderId, paymentId, refundId, amount: gbp(amount), lines, reason: 'cancelled', requestedAt: at },
});
const cancelled = (
  lines: CancelGoods['lines'],
  parts: Extract<OrderEvent, { type: 'OrderGoodsCancelled' }>['data']['parts'],
): OrderEvent => ({
  type: 'OrderGoodsCancelled',
  data: { orderId, refundId, lines, parts, reason: 'requested-by-customer', cancelledAt: at },
});
const twoMugs = [{ productId: mug, quantity: 2 }];
const oneLamp = [{ productId: lamp, quantity: 1 }];
const leftMug = { productId: mug, quantity: 1, awaitingStock: false };
const loading = (shipmentId: ShipmentId): OrderEvent => ({
  type: 'OrderPartLoadingStarted',
  data: { orderId, shipmentId, attempt: 1, startedAt: at },
});
const goods = { productId: mug, productNumber: 11, sku: 'MUG', name: 'Mug' } as const;

describe('CancelGoods', () => {
  it('stops a shipment, packs what is left of it again, and gives the price back', () =>
    given(order, history.paid)
      .when(cancel(2))
      .then([
        refunded(200, twoMugs),
        cancelled(twoMugs, [
          {
            ...{ shipmentId: fromNorth, warehouseId: north, lines: twoMugs },
            rest: { shipmentId: nextNorth, warehouseId: north, lines: [leftMug] },
          },
        ]),
        event.released(fromNorth, {
          shipmentId: nextNorth,
          lines: [{ ...goods, quantity: 1 }] as never,
        }),
      ]));

  it('stops a shipment of which nothing is left, and the other one goes on', () =>
    given(order, history.paid)
      .when(cancel(0, 1))
      .then([
        refunded(1_000, oneLamp),
        cancelled(oneLamp, [{ shipmentId: fromSouth, warehouseId: south, lines: oneLamp }]),
      ]));

  it('takes goods that the order still waits for, without another shipment', () =>
    given(order, [event.placed, event.allocated(true), event.paid, event.released(fromNorth)])
      .when(cancel(0, 1))
      .then([
        refunded(1_000, oneLamp),
        cancelled(oneLamp, [{ shipmentId: fromSouth, warehouseId: south, lines: oneLamp }]),
      ]));

  it('takes them before the warehouses are chosen, and then only the others are set aside', () => {
    const paid = [event.placed, event.paid];
    const events = [refunded(200, twoMugs), cancelled(twoMugs, [])];
    given(order, paid).when(cancel(2)).then(events);
    given(order, [...paid, ...events])
      .when(command.allocate(event.allocated().data.parts))
      .thenRejected({ code: 'ALLOCATION_MISMATCH', orderId });
  });

  it.each([
    ['with both parts here', history.paid],
    ['before the warehouses are chosen', [event.placed, event.paid]],
  ])('of all goods cancels the order, %s', (_, events) =>
    given(order, events)
      .when(cancel(3, 1))
      .then([refunded(total.amountMinor, [{ productId: mug, quantity: 3 }, ...oneLamp])]),
  );

  it('of the last goods cancels the order, also where the provider refused an earlier refund', () => {
    const threeMugs = [{ productId: mug, quantity: 3 }];
    const refusal: OrderEvent = {
      type: 'OrderRefundRefused',
      data: { orderId, refundId, amount: gbp(300), reason: 'no', refusedAt: at },
    };
    const withoutMugs = [
      ...[...history.paid, refunded(300, threeMugs)],
      cancelled(threeMugs, [{ shipmentId: fromNorth, warehouseId: north, lines: threeMugs }]),
      refusal,
    ];
    const last = 'refund-2' as RefundId;
    const all = refunded(1_300, oneLamp) as Extract<OrderEvent, { type: 'OrderRefundRequested' }>;
    given(order, withoutMugs)
      .when(cancel(0, 1, { refundId: last }))
      .then([{ ...all, data: { ...all.data, refundId: last } }]);
  });

  it('fulfils an order of which the last parcel that was under way is cancelled', () =>
    given(order, [...history.shipped, event.delivered(fromNorth)])
      .when(cancel(0, 1, { requestedBy: customerId }))
      .then([
        refunded(1_000, oneLamp),
        cancelled(oneLamp, [{ shipmentId: fromSouth, warehouseId: south, lines: oneLamp }]),
        event.fulfilled,
      ]));

  it('does not cancel goods that are being loaded, and says how many others can be', () =>
    given(order, [...history.paid, loading(fromNorth)])
      .when(cancel(2))
      .thenRejected({ code: 'GOODS_ALREADY_LOADED', orderId, productId: mug, quantity: 2, max: 0 }));

  it('does not cancel packed goods for a customer', () =>
    given(order, history.paid)
      .when(cancel(2, 0, { packed: [fromNorth] }))
      .thenRejected({ code: 'GOODS_ALREADY_PACKED', orderId, productId: mug, quantity: 2, max: 0 }));

  it('cancels packed goods for staff', () => {
    const sent = cancel(0, 1, { packed: [fromNorth, fromSouth], ...byStaff });
    expect(order.decide(sent, history.paid.reduce(order.evolve, order.initial))).toMatchObject({
      events: [{}, { data: { reason: 'requested-by-staff' } }],
    });
  });

  it.each([
    ['is packed', cancel(1, 0, { packed: [fromNorth, fromSouth] }), history.paid, 'ORDER_ALREADY_PACKED'],
    [
      'is being loaded',
      cancel(1, 0, byStaff),
      [...history.paid, loading(fromNorth), loading(fromSouth)],
      'ORDER_ALREADY_SHIPPED',
    ],
    [
      'belongs to another customer',
      cancel(1, 0, { requestedBy: otherCustomerId }),
      history.paid,
      'ORDER_NOT_FOUND',
    ],
  ] as const)('of an order that %s is refused', (_, sent, events, code) =>
    given(order, events).when(sent).thenRejected({ code, orderId }),
  );

  it.each([
    ['PLACED', history.allocated],
    ['CANCELLED', history.cancelled],
    ['FULFILLED', history.fulfilled],
    ['COMPLETED', history.completed],
    ['REFUNDING', [...history.paid, event.refundRequested(total.amountMinor)]],
  ] as const)('of an order that is %s is refused', (status, events) =>
    given(order, events)
      .when(cancel(1, 0, { refundId: 'other' as RefundId }))
      .thenRejected(wrongStatus(status)),
  );

  it.each([0, 4, 1.5])('refuses %s of three pieces', (quantity) =>
    given(order, history.paid)
      .when(cancel(0, 0, { lines: [{ productId: mug, quantity }] }))
      .thenRejected({ code: 'QUANTITY_OUT_OF_RANGE', quantity, min: 1, max: 3 }),
  );

  it('is sent again if a shipment was replaced meanwhile', () =>
    given(order, history.paid)
      .when(cancel(1, 0, { next: [] }))
      .thenRejected({ code: 'ORDER_PARTS_CHANGED', orderId }));
});
