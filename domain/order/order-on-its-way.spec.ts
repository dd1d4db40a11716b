import { given } from '../../tests/support/domain/given';
import {
  pence,
  orderId,
  customerId,
  mallory,
  at,
  payBy,
  mug,
  fromNorth,
  fromSouth,
  refundId,
  otherRefundId,
  total,
  placed,
  allocated,
  paid,
  released,
  shipped,
  delivered,
  fulfilled,
  completed,
  cancelled,
  refundRequested,
  refunded,
  refundRefused,
  isPlaced,
  isAllocated,
  isPaid,
  isShipped,
  isFulfilled,
  isCompleted,
  isCancelled,
  recordPayment,
  allocateOrder,
  lineSupplied,
  changeDestination,
  partShipped,
  partDelivered,
  confirmReceipt,
  cancelOrder,
  expireOrder,
  requestRefund,
  recordRefund,
  recordRefundRefusal,
  wrongStatus,
} from '../../tests/support/commands/order-story';
import { fold } from '../kernel';
import type { Instant, ProductId, ShipmentId } from '../kernel';
import { money } from '../money';
import type { CurrencyCode } from '../money';
import type { OrderCommand, OrderEvent, OrderStatus } from './';
import { order, orderStateDiagram, statusOf } from './';

describe('RecordPartShipped', () => {
  it('ships the order with its first part', () => given(order, isPaid).when(partShipped).then([shipped]));

  it('changes nothing with the next part', () =>
    given(order, isShipped)
      .when({ ...partShipped, shipmentId: fromSouth } as OrderCommand)
      .then([]));

  it('records a truck that left while the money goes back', () =>
    given(order, [...isPaid, refundRequested(1300)])
      .when(partShipped)
      .then([shipped]));

  it('refuses a shipment that the order does not have, or has not released', () => {
    const unknown = 'x' as ShipmentId;
    given(order, isPaid)
      .when({ ...partShipped, shipmentId: unknown } as OrderCommand)
      .thenRejected({ code: 'ORDER_PART_NOT_FOUND', orderId, shipmentId: unknown });
    given(order, [placed, allocated(true), paid, released(fromNorth)])
      .when({ ...partShipped, shipmentId: fromSouth } as OrderCommand)
      .thenRejected({ code: 'ORDER_PART_NOT_FOUND', orderId, shipmentId: fromSouth });
  });

  it('refuses what is not paid', () => {
    given(order, isAllocated).when(partShipped).thenRejected(wrongStatus('PLACED'));
    given(order, isCancelled).when(partShipped).thenRejected(wrongStatus('CANCELLED'));
  });
});

describe('RecordPartDelivered', () => {
  it('records a part', () =>
    given(order, isShipped)
      .when(partDelivered(fromNorth))
      .then([delivered(fromNorth)]));

  it('fulfils the order with the last part', () =>
    given(order, [...isShipped, delivered(fromNorth)])
      .when(partDelivered(fromSouth))
      .then([delivered(fromSouth), fulfilled]));

  it('ships what is delivered before the word of its leaving', () =>
    given(order, isPaid)
      .when(partDelivered(fromNorth))
      .then([shipped, delivered(fromNorth)]));

  it('fulfils the order also while money goes back', () =>
    given(order, [...isShipped, delivered(fromNorth), refundRequested(100)])
      .when(partDelivered(fromSouth))
      .then([delivered(fromSouth), fulfilled]));

  it('refuses a shipment that the order does not have', () => {
    const shipmentId = 'x' as ShipmentId;
    given(order, isShipped)
      .when(partDelivered(shipmentId))
      .thenRejected({ code: 'ORDER_PART_NOT_FOUND', orderId, shipmentId });
  });

  it('refuses what is not paid', () =>
    given(order, isAllocated).when(partDelivered(fromNorth)).thenRejected(wrongStatus('PLACED')));
});

describe('ConfirmReceipt', () => {
  it('completes a delivered order', () =>
    given(order, isFulfilled)
      .when({ ...confirmReceipt, requestedBy: customerId } as OrderCommand)
      .then([completed]));

  it('completes it also after a part of the money went back', () =>
    given(order, [...isFulfilled, refundRequested(100), refunded(100, false)])
      .when(confirmReceipt)
      .then([completed]));

  it('refuses what is under way, or going back', () => {
    given(order, isShipped).when(confirmReceipt).thenRejected(wrongStatus('SHIPPED'));
    given(order, [...isFulfilled, refundRequested(100)])
      .when(confirmReceipt)
      .thenRejected(wrongStatus('REFUNDING'));
  });
});

describe('CancelOrder', () => {
  it('cancels an unpaid order, and says who wished it', () => {
    given(order, isAllocated)
      .when(cancelOrder)
      .then([cancelled('requested-by-staff')]);
    given(order, isPlaced)
      .when({ ...cancelOrder, requestedBy: customerId } as OrderCommand)
      .then([cancelled('requested-by-customer')]);
  });

  it('sends everything back for a paid order that has not left', () =>
    given(order, isPaid)
      .when(cancelOrder)
      .then([refundRequested(1300, { reason: 'cancelled' })]));

  it('sends back only what has not gone back already', () =>
    given(order, [...isPaid, refundRequested(300, { refundId: otherRefundId })])
      .when(cancelOrder)
      .then([refundRequested(1000, { reason: 'cancelled' })]));

  it('refuses where all goes back under another name', () =>
    given(order, [...isPaid, refundRequested(1300, { refundId: otherRefundId })])
      .when(cancelOrder)
      .thenRejected(wrongStatus('REFUNDING')));

  it('refuses what is on a truck, and what has arrived', () => {
    given(order, isShipped).when(cancelOrder).thenRejected({ code: 'ORDER_ALREADY_SHIPPED', orderId });
    given(order, isFulfilled).when(cancelOrder).thenRejected(wrongStatus('FULFILLED'));
    given(order, isCompleted).when(cancelOrder).thenRejected(wrongStatus('COMPLETED'));
  });
});

describe('ExpireOrder', () => {
  const overdue: OrderEvent = {
    type: 'OrderCancelled',
    data: { orderId, reason: 'payment-overdue', cancelledAt: payBy },
  };

  it('cancels an order that is unpaid at its time', () =>
    given(order, isAllocated).when(expireOrder(payBy)).then([overdue]));

  it('leaves an order alone that has time left, or is paid', () => {
    given(order, isPlaced)
      .when(expireOrder('2026-01-01T10:59:59.999Z' as Instant))
      .then([]);
    given(order, isPaid).when(expireOrder(payBy)).then([]);
  });
});

describe('RequestRefund', () => {
  const back = [{ productId: mug, quantity: 1 }];

  it.each([
    ['paid', isPaid],
    ['shipped', isShipped],
    ['fulfilled', isFulfilled],
    ['completed', isCompleted],
  ])('gives back a part of a %s order', (_, history) =>
    given(order, history)
      .when(requestRefund(100, { lines: back }))
      .then([refundRequested(100, { lines: back })]),
  );

  it('opens a second one beside the first, up to what is left', () =>
    given(order, [...isFulfilled, refundRequested(1000)])
      .when(requestRefund(300, { refundId: otherRefundId }))
      .then([refundRequested(300, { refundId: otherRefundId })]));

  it('refuses to give back more than was paid, open refunds and done ones counted', () => {
    for (const history of [
      [...isFulfilled, refundRequested(1000)],
      [...isFulfilled, refundRequested(1000), refunded(1000, false)],
    ])
      given(order, history)
        .when(requestRefund(301, { refundId: otherRefundId }))
        .thenRejected({ code: 'REFUND_TOO_LARGE', refundable: pence(300), asked: pence(301) });
  });

  it('refuses another currency', () => {
    const asked = money(1, 'EUR' as CurrencyCode);
    given(order, isFulfilled)
      .when(requestRefund(1, { amount: asked }))
      .thenRejected({ code: 'REFUND_TOO_LARGE', refundable: total, asked });
  });

  it.each([0, -1])('refuses a refund of %p', (amountMinor) =>
    given(order, isFulfilled)
      .when(requestRefund(amountMinor))
      .thenRejected({ code: 'REFUND_NOT_POSITIVE', asked: pence(amountMinor) }),
  );

  it('refuses the return of more than was sold, over all refunds and lines', () => {
    const out = (quantity: number, max: number) =>
      ({ code: 'QUANTITY_OUT_OF_RANGE', quantity, min: 1, max }) as const;
    const returned = (...quantities: number[]) =>
      requestRefund(1, {
        refundId: otherRefundId,
        lines: quantities.map((quantity) => ({ productId: mug, quantity })),
      });
    given(order, isFulfilled).when(returned(4)).thenRejected(out(4, 3));
    given(order, isFulfilled).when(returned(2, 2)).thenRejected(out(2, 3));
    given(order, isFulfilled).when(returned(0)).thenRejected(out(0, 3));
    given(order, [...isFulfilled, refundRequested(1, { lines: back })])
      .when(returned(3))
      .thenRejected(out(3, 2));
    given(order, isFulfilled)
      .when(requestRefund(1, { lines: [{ productId: 'x' as ProductId, quantity: 1 }] }))
      .thenRejected(out(1, 0));
  });

  it('refuses where no money came', () => {
    given(order, isPlaced).when(requestRefund(1)).thenRejected(wrongStatus('PLACED'));
    given(order, isCancelled).when(requestRefund(1)).thenRejected(wrongStatus('CANCELLED'));
  });
});

describe('RecordRefund', () => {
  it('says when a part went back', () =>
    given(order, [...isFulfilled, refundRequested(1299)])
      .when(recordRefund)
      .then([refunded(1299, false)]));

  it('says when everything went back, whichever refund is the last', () =>
    given(order, [
      ...isFulfilled,
      refundRequested(300),
      refundRequested(1000, { refundId: otherRefundId }),
      refunded(1000, false, otherRefundId),
    ])
      .when(recordRefund)
      .then([refunded(300, true)]));

  it('refuses a refund that nobody asked for', () => {
    given(order, isFulfilled).when(recordRefund).thenRejected({ code: 'REFUND_NOT_FOUND', refundId });
    given(order, isPlaced).when(recordRefund).thenRejected({ code: 'REFUND_NOT_FOUND', refundId });
  });
});

describe('RecordRefundRefusal', () => {
  const refusedWhole = [refundRequested(1300), refundRefused(1300)];

  it('says why the money will not go back', () =>
    given(order, [...isFulfilled, refundRequested(300)])
      .when(recordRefundRefusal)
      .then([refundRefused(300)]));

  it('finds no refund that nobody asked for, nor one that is done', () => {
    const notFound = { code: 'REFUND_NOT_FOUND', refundId } as const;
    given(order, isFulfilled).when(recordRefundRefusal).thenRejected(notFound);
    given(order, isPlaced).when(recordRefundRefusal).thenRejected(notFound);
    given(order, [...isFulfilled, refundRequested(300), refunded(300, false)])
      .when(recordRefundRefusal)
      .thenRejected(notFound);
  });

  it('is the last word on that refund', () =>
    given(order, [...isFulfilled, ...refusedWhole])
      .when(recordRefund)
      .thenRejected({ code: 'REFUND_NOT_FOUND', refundId }));

  it('leaves the money to be asked back anew, with the goods', () => {
    const back = { refundId: otherRefundId, lines: [{ productId: mug, quantity: 3 }] };
    given(order, [...isFulfilled, refundRequested(1300, { lines: back.lines }), refundRefused(1300)])
      .when(requestRefund(1300, back))
      .then([refundRequested(1300, back)]);
  });

  it.each<[string, readonly OrderEvent[], OrderStatus]>([
    ['cancelled, where the goods had not left', [...isPaid, ...refusedWhole], 'CANCELLED'],
    ['paid, where only a part was asked back', [...isPaid, refundRequested(300), refundRefused(300)], 'PAID'],
    ['shipped, where they had', [...isShipped, ...refusedWhole], 'SHIPPED'],
    ['fulfilled, where they had arrived', [...isFulfilled, ...refusedWhole], 'FULFILLED'],
    [
      'refunding, while another refund is open',
      [
        ...isPaid,
        refundRequested(300),
        refundRequested(100, { refundId: otherRefundId }),
        refundRefused(300),
      ],
      'REFUNDING',
    ],
    [
      'refunded, when it went back after all',
      [
        ...isPaid,
        ...refusedWhole,
        refundRequested(1300, { refundId: otherRefundId }),
        refunded(1300, true, otherRefundId),
      ],
      'REFUNDED',
    ],
  ])('leaves the order %s', (_, history, status) => {
    const state = fold(order.evolve, order.initial, history);
    expect(state.progress === 'NONE' ? 'NONE' : statusOf(state)).toBe(status);
  });

  it('does not bring back what was called off', () => {
    given(order, [placed, allocated(true), paid, released(fromNorth), ...refusedWhole])
      .when(lineSupplied)
      .thenRejected(wrongStatus('CANCELLED'));
    given(order, [...isPaid, ...refusedWhole])
      .when({ ...cancelOrder, refundId: otherRefundId } as OrderCommand)
      .thenRejected(wrongStatus('CANCELLED'));
  });
});

describe('whatever is asked', () => {
  const commands = [
    allocateOrder([]),
    lineSupplied,
    recordPayment,
    changeDestination,
    partShipped,
    partDelivered(fromNorth),
    confirmReceipt,
    cancelOrder,
    expireOrder(at),
    requestRefund(1),
    recordRefund,
  ] as const satisfies readonly OrderCommand[];

  it.each(commands)('$type refuses an order that was never placed', (command) =>
    given(order, []).when(command).thenRejected({ code: 'ORDER_NOT_FOUND', orderId }),
  );

  it.each([changeDestination, confirmReceipt, cancelOrder])(
    '$type does not find the order of somebody else',
    (command) =>
      given(order, isFulfilled)
        .when({ ...command, requestedBy: mallory } as OrderCommand)
        .thenRejected({ code: 'ORDER_NOT_FOUND', orderId }),
  );

  it('a fold over events that cannot follow on each other stops', () => {
    expect(() => order.evolve(order.initial, paid)).toThrow('OrderPaid cannot follow on NONE');
    for (const event of [shipped, refundRequested(1), placed])
      expect(() => order.evolve(order.evolve(order.initial, placed), event)).toThrow(
        'cannot follow on PLACED',
      );
  });

  it('the state machine can be drawn', () => {
    expect(orderStateDiagram).toContain('[*] --> PLACED : OrderPlaced');
    expect(orderStateDiagram).toContain('REFUNDING --> SHIPPED : OrderRefunded');
  });
});
