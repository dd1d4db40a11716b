import { given } from '../../tests/support/domain/given';
import { gbp } from '../../tests/support/domain/order-vocabulary';
import {
  at,
  command,
  customerId,
  elsewhere,
  event,
  fromNorth,
  fromSouth,
  history,
  lamp,
  mug,
  orderId,
  otherCustomerId,
  otherRefundId,
  payBy,
  refundId,
  south,
  total,
  wrongStatus,
} from '../../tests/support/domain/two-part-order';
import { fold } from '../kernel';
import type { Instant, ProductId, ShipmentId } from '../kernel';
import { money } from '../money';
import type { CurrencyCode } from '../money';
import type { OrderCommand, OrderEvent, OrderStatus } from './';
import { order, orderStateDiagram, statusOf } from './';

describe('RecordPartShipped', () => {
  it('ships the order with its first part', () =>
    given(order, history.paid).when(command.recordPartShipped(fromNorth)).then([event.shipped]));

  it('changes nothing with the next part', () =>
    given(order, history.shipped).when(command.recordPartShipped(fromSouth)).then([]));

  it('records a truck that left while the money goes back', () =>
    given(order, [...history.paid, event.refundRequested(1300)])
      .when(command.recordPartShipped(fromNorth))
      .then([event.shipped]));

  it('refuses a shipment that the order does not have, or has not released', () => {
    const unknown = 'x' as ShipmentId;
    given(order, history.paid)
      .when(command.recordPartShipped(unknown))
      .thenRejected({ code: 'ORDER_PART_NOT_FOUND', orderId, shipmentId: unknown });
    given(order, [event.placed, event.allocated(true), event.paid, event.released(fromNorth)])
      .when(command.recordPartShipped(fromSouth))
      .thenRejected({ code: 'ORDER_PART_NOT_FOUND', orderId, shipmentId: fromSouth });
  });

  it('refuses what is not paid', () => {
    given(order, history.allocated)
      .when(command.recordPartShipped(fromNorth))
      .thenRejected(wrongStatus('PLACED'));
    given(order, history.cancelled)
      .when(command.recordPartShipped(fromNorth))
      .thenRejected(wrongStatus('CANCELLED'));
  });
});

describe('RecordPartDelivered', () => {
  it('records a part', () =>
    given(order, history.shipped)
      .when(command.recordPartDelivered(fromNorth))
      .then([event.delivered(fromNorth)]));

  it('fulfils the order with the last part', () =>
    given(order, [...history.shipped, event.delivered(fromNorth)])
      .when(command.recordPartDelivered(fromSouth))
      .then([event.delivered(fromSouth), event.fulfilled]));

  it('ships what is delivered before the word of its leaving', () =>
    given(order, history.paid)
      .when(command.recordPartDelivered(fromNorth))
      .then([event.shipped, event.delivered(fromNorth)]));

  it('fulfils the order also while money goes back', () =>
    given(order, [...history.shipped, event.delivered(fromNorth), event.refundRequested(100)])
      .when(command.recordPartDelivered(fromSouth))
      .then([event.delivered(fromSouth), event.fulfilled]));

  it('refuses a shipment that the order does not have', () => {
    const shipmentId = 'x' as ShipmentId;
    given(order, history.shipped)
      .when(command.recordPartDelivered(shipmentId))
      .thenRejected({ code: 'ORDER_PART_NOT_FOUND', orderId, shipmentId });
  });

  it('refuses what is not paid', () =>
    given(order, history.allocated)
      .when(command.recordPartDelivered(fromNorth))
      .thenRejected(wrongStatus('PLACED')));
});

describe('ConfirmReceipt', () => {
  it('completes a delivered order', () =>
    given(order, history.fulfilled)
      .when({ ...command.confirmReceipt, requestedBy: customerId })
      .then([event.completed]));

  it('completes it also after a part of the money went back', () =>
    given(order, [...history.fulfilled, event.refundRequested(100), event.refunded(100, false)])
      .when(command.confirmReceipt)
      .then([event.completed]));

  it('refuses what is under way, or going back', () => {
    given(order, history.shipped).when(command.confirmReceipt).thenRejected(wrongStatus('SHIPPED'));
    given(order, [...history.fulfilled, event.refundRequested(100)])
      .when(command.confirmReceipt)
      .thenRejected(wrongStatus('REFUNDING'));
  });
});

describe('CancelOrder', () => {
  it('cancels an unpaid order, and says who wished it', () => {
    given(order, history.allocated)
      .when(command.cancel())
      .then([event.cancelled('requested-by-staff')]);
    given(order, history.placed)
      .when(command.cancel({ requestedBy: customerId }))
      .then([event.cancelled('requested-by-customer')]);
  });

  it('sends everything back for a paid order that has not left', () =>
    given(order, history.paid)
      .when(command.cancel())
      .then([event.refundRequested(1300, { reason: 'cancelled' })]));

  it('sends back only what has not gone back already', () =>
    given(order, [...history.paid, event.refundRequested(300, { refundId: otherRefundId })])
      .when(command.cancel())
      .then([event.refundRequested(1000, { reason: 'cancelled' })]));

  it('refuses where all goes back under another name', () =>
    given(order, [...history.paid, event.refundRequested(1300, { refundId: otherRefundId })])
      .when(command.cancel())
      .thenRejected(wrongStatus('REFUNDING')));

  it('refuses what is on a truck, and what has arrived', () => {
    given(order, history.shipped)
      .when(command.cancel())
      .thenRejected({ code: 'ORDER_ALREADY_SHIPPED', orderId });
    given(order, history.fulfilled).when(command.cancel()).thenRejected(wrongStatus('FULFILLED'));
    given(order, history.completed).when(command.cancel()).thenRejected(wrongStatus('COMPLETED'));
  });
});

describe('ExpireOrder', () => {
  const overdue: OrderEvent = {
    type: 'OrderCancelled',
    data: { orderId, reason: 'payment-overdue', cancelledAt: payBy },
  };

  it('cancels an order that is unpaid at its time', () =>
    given(order, history.allocated).when(command.expire(payBy)).then([overdue]));

  it('leaves an order alone that has time left, or is paid', () => {
    given(order, history.placed)
      .when(command.expire('2026-01-01T10:59:59.999Z' as Instant))
      .then([]);
    given(order, history.paid).when(command.expire(payBy)).then([]);
  });
});

describe('RequestRefund', () => {
  const back = [{ productId: mug, quantity: 1 }];

  it.each([
    ['paid', history.paid],
    ['shipped', history.shipped],
    ['fulfilled', history.fulfilled],
    ['completed', history.completed],
  ])('gives back a part of a %s order', (_, events) =>
    given(order, events)
      .when(command.requestRefund(100, { lines: back }))
      .then([event.refundRequested(100, { lines: back })]),
  );

  it('opens a second one beside the first, up to what is left', () =>
    given(order, [...history.fulfilled, event.refundRequested(1000)])
      .when(command.requestRefund(300, { refundId: otherRefundId }))
      .then([event.refundRequested(300, { refundId: otherRefundId })]));

  it('refuses to give back more than was paid, open refunds and done ones counted', () => {
    for (const events of [
      [...history.fulfilled, event.refundRequested(1000)],
      [...history.fulfilled, event.refundRequested(1000), event.refunded(1000, false)],
    ])
      given(order, events)
        .when(command.requestRefund(301, { refundId: otherRefundId }))
        .thenRejected({ code: 'REFUND_TOO_LARGE', refundable: gbp(300), asked: gbp(301) });
  });

  it('refuses another currency', () => {
    const asked = money(1, 'EUR' as CurrencyCode);
    given(order, history.fulfilled)
      .when(command.requestRefund(1, { amount: asked }))
      .thenRejected({ code: 'REFUND_TOO_LARGE', refundable: total, asked });
  });

  it.each([0, -1])('refuses a refund of %p', (amountMinor) =>
    given(order, history.fulfilled)
      .when(command.requestRefund(amountMinor))
      .thenRejected({ code: 'REFUND_NOT_POSITIVE', asked: gbp(amountMinor) }),
  );

  it('refuses the return of more than was sold, over all refunds and lines', () => {
    const out = (quantity: number, max: number) =>
      ({ code: 'QUANTITY_OUT_OF_RANGE', quantity, min: 1, max }) as const;
    const returned = (...quantities: number[]) =>
      command.requestRefund(1, {
        refundId: otherRefundId,
        lines: quantities.map((quantity) => ({ productId: mug, quantity })),
      });
    given(order, history.fulfilled).when(returned(4)).thenRejected(out(4, 3));
    given(order, history.fulfilled).when(returned(2, 2)).thenRejected(out(2, 3));
    given(order, history.fulfilled).when(returned(0)).thenRejected(out(0, 3));
    given(order, [...history.fulfilled, event.refundRequested(1, { lines: back })])
      .when(returned(3))
      .thenRejected(out(3, 2));
    given(order, history.fulfilled)
      .when(command.requestRefund(1, { lines: [{ productId: 'x' as ProductId, quantity: 1 }] }))
      .thenRejected(out(1, 0));
  });

  it('refuses where no money came', () => {
    given(order, history.placed).when(command.requestRefund(1)).thenRejected(wrongStatus('PLACED'));
    given(order, history.cancelled).when(command.requestRefund(1)).thenRejected(wrongStatus('CANCELLED'));
  });
});

describe('RecordRefund', () => {
  it('says when a part went back', () =>
    given(order, [...history.fulfilled, event.refundRequested(1299)])
      .when(command.recordRefund())
      .then([event.refunded(1299, false)]));

  it('says when everything went back, whichever refund is the last', () =>
    given(order, [
      ...history.fulfilled,
      event.refundRequested(300),
      event.refundRequested(1000, { refundId: otherRefundId }),
      event.refunded(1000, false, otherRefundId),
    ])
      .when(command.recordRefund())
      .then([event.refunded(300, true)]));

  it('rejects a refund that was not requested', () => {
    given(order, history.fulfilled)
      .when(command.recordRefund())
      .thenRejected({ code: 'REFUND_NOT_FOUND', refundId });
    given(order, history.placed)
      .when(command.recordRefund())
      .thenRejected({ code: 'REFUND_NOT_FOUND', refundId });
  });
});

describe('RecordRefundRefusal', () => {
  const refusedWhole = [event.refundRequested(1300), event.refundRefused(1300)];

  it('says why the money will not go back', () =>
    given(order, [...history.fulfilled, event.refundRequested(300)])
      .when(command.recordRefundRefusal())
      .then([event.refundRefused(300)]));

  it('rejects a refund that was not requested, or that is done', () => {
    const notFound = { code: 'REFUND_NOT_FOUND', refundId } as const;
    given(order, history.fulfilled).when(command.recordRefundRefusal()).thenRejected(notFound);
    given(order, history.placed).when(command.recordRefundRefusal()).thenRejected(notFound);
    given(order, [...history.fulfilled, event.refundRequested(300), event.refunded(300, false)])
      .when(command.recordRefundRefusal())
      .thenRejected(notFound);
  });

  it('is the last word on that refund', () =>
    given(order, [...history.fulfilled, ...refusedWhole])
      .when(command.recordRefund())
      .thenRejected({ code: 'REFUND_NOT_FOUND', refundId }));

  it('allows the money to be refunded again, with the goods', () => {
    const back = { refundId: otherRefundId, lines: [{ productId: mug, quantity: 3 }] };
    given(order, [
      ...history.fulfilled,
      event.refundRequested(1300, { lines: back.lines }),
      event.refundRefused(1300),
    ])
      .when(command.requestRefund(1300, back))
      .then([event.refundRequested(1300, back)]);
  });

  it.each<[string, readonly OrderEvent[], OrderStatus]>([
    ['cancelled, where the goods had not left', [...history.paid, ...refusedWhole], 'CANCELLED'],
    [
      'paid, where only a part was asked back',
      [...history.paid, event.refundRequested(300), event.refundRefused(300)],
      'PAID',
    ],
    ['shipped, where they had', [...history.shipped, ...refusedWhole], 'SHIPPED'],
    ['fulfilled, where they had arrived', [...history.fulfilled, ...refusedWhole], 'FULFILLED'],
    [
      'refunding, while another refund is open',
      [
        ...history.paid,
        event.refundRequested(300),
        event.refundRequested(100, { refundId: otherRefundId }),
        event.refundRefused(300),
      ],
      'REFUNDING',
    ],
    [
      'refunded, when it went back after all',
      [
        ...history.paid,
        ...refusedWhole,
        event.refundRequested(1300, { refundId: otherRefundId }),
        event.refunded(1300, true, otherRefundId),
      ],
      'REFUNDED',
    ],
  ])('leaves the order %s', (_, events, status) => {
    const state = fold(order.evolve, order.initial, events);
    expect(state.progress === 'NONE' ? 'NONE' : statusOf(state)).toBe(status);
  });

  it('does not bring back what was called off', () => {
    given(order, [
      event.placed,
      event.allocated(true),
      event.paid,
      event.released(fromNorth),
      ...refusedWhole,
    ])
      .when(command.recordLineSupplied(south, lamp))
      .thenRejected(wrongStatus('CANCELLED'));
    given(order, [...history.paid, ...refusedWhole])
      .when(command.cancel({ refundId: otherRefundId }))
      .thenRejected(wrongStatus('CANCELLED'));
  });
});

describe('with any command', () => {
  const commands = [
    command.allocate([]),
    command.recordLineSupplied(south, lamp),
    command.recordPayment(),
    command.changeDestination(elsewhere),
    command.recordPartShipped(fromNorth),
    command.recordPartDelivered(fromNorth),
    command.confirmReceipt,
    command.cancel(),
    command.expire(at),
    command.requestRefund(1),
    command.recordRefund(),
  ] as const satisfies readonly OrderCommand[];

  it.each(commands)('$type refuses an order that was never placed', (one) =>
    given(order, []).when(one).thenRejected({ code: 'ORDER_NOT_FOUND', orderId }),
  );

  it.each([command.changeDestination(elsewhere), command.confirmReceipt, command.cancel()])(
    '$type rejects the order of another account',
    (one) =>
      given(order, history.fulfilled)
        .when({ ...one, requestedBy: otherCustomerId } as OrderCommand)
        .thenRejected({ code: 'ORDER_NOT_FOUND', orderId }),
  );

  it('a fold over events that cannot follow on each other stops', () => {
    expect(() => order.evolve(order.initial, event.paid)).toThrow('OrderPaid cannot follow on NONE');
    for (const next of [event.shipped, event.refundRequested(1), event.placed])
      expect(() => order.evolve(order.evolve(order.initial, event.placed), next)).toThrow(
        'cannot follow on PLACED',
      );
  });

  it('the state machine can be drawn', () => {
    expect(orderStateDiagram).toContain('[*] --> PLACED : OrderPlaced');
    expect(orderStateDiagram).toContain('REFUNDING --> SHIPPED : OrderRefunded');
  });
});
