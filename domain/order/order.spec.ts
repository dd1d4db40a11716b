import { given } from '../../tests/support/domain/given';
import { gbp, offered } from '../../tests/support/domain/order-vocabulary';
import {
  at,
  command,
  elsewhere,
  event,
  fromNorth,
  fromSouth,
  history,
  lamp,
  lamps,
  mug,
  mugs,
  north,
  orderId,
  otherPaymentId,
  partsOf,
  paymentId,
  south,
  total,
  wrongStatus,
} from '../../tests/support/domain/two-part-order';
import type { ProductId, PromotionId, RefundId, SerialNumber, ShipmentId, WarehouseId } from '../kernel';
import { money } from '../money';
import type { CurrencyCode } from '../money';
import type { OrderEvent } from './';
import { lineQuantityMax, order, orderLinesMax, orderTotalMinorMax } from './';

describe('PlaceOrder', () => {
  it('records what was sold, at what price, and the total', () =>
    given(order, []).when(command.place()).then([event.placed]));

  it('keeps where it came from and what the customer wished', () => {
    const wishes = {
      cartGeneration: 4,
      noteToSeller: 'Please pack it well.',
      gift: { message: 'For your desk', withoutPrices: true },
      carrierAccount: 'ada@ups',
      warehouseId: south,
      paymentMethod: 'test',
    };
    given(order, [])
      .when(command.place(wishes))
      .then([{ type: 'OrderPlaced', data: { ...event.placed.data, ...wishes } }]);
  });

  it('refuses a second order under the same id', () =>
    given(order, history.placed)
      .when(command.place({ number: 8 as SerialNumber }))
      .thenRejected({ code: 'ORDER_ALREADY_PLACED', orderId }));

  it('refuses an order for nothing', () =>
    given(order, [])
      .when(command.place({ lines: [] }))
      .thenRejected({ code: 'ORDER_EMPTY' }));

  it.each([0, -1, 1.5, NaN, lineQuantityMax + 1])('refuses a quantity of %p', (quantity) =>
    given(order, [])
      .when(command.place({ lines: [offered({ ...mugs, quantity })] }))
      .thenRejected({ code: 'QUANTITY_OUT_OF_RANGE', quantity, min: 1, max: lineQuantityMax }),
  );

  it.each([0, -1])('refuses a price of %p', (amountMinor) =>
    given(order, [])
      .when(command.place({ lines: [offered({ ...mugs, unitPrice: gbp(amountMinor) })] }))
      .thenRejected({ code: 'PRICE_NOT_POSITIVE', price: gbp(amountMinor) }),
  );

  const tooLarge = {
    code: 'ORDER_TOO_LARGE',
    linesMax: orderLinesMax,
    totalMinorMax: orderTotalMinorMax,
  } as const;

  it('takes as many lines as the limit and refuses one more', () => {
    const lines = Array.from({ length: orderLinesMax }, () => offered(mugs));
    const atLimit = { ...event.placed.data, lines: lines.map(() => mugs), total: gbp(orderLinesMax * 300) };
    given(order, [])
      .when(command.place({ lines }))
      .then([{ type: 'OrderPlaced', data: atLimit }]);
    given(order, [])
      .when(command.place({ lines: [...lines, offered(mugs)] }))
      .thenRejected(tooLarge);
  });

  it('refuses a total beyond the limit, also one that no number could hold', () => {
    for (const price of [orderTotalMinorMax, Number.MAX_SAFE_INTEGER])
      given(order, [])
        .when(command.place({ lines: [offered({ ...mugs, unitPrice: gbp(price), quantity: 2 })] }))
        .thenRejected(tooLarge);
  });

  it('refuses two currencies in one order', () => {
    const euros = { ...mugs, unitPrice: money(100, 'EUR' as CurrencyCode) };
    given(order, [])
      .when(command.place({ lines: [offered(lamps), offered(euros)] }))
      .thenRejected({ code: 'ORDER_CURRENCY_MIXED', currencies: ['GBP', 'EUR'] as CurrencyCode[] });
  });

  it('refuses a price that the customer has not seen', () =>
    given(order, [])
      .when(command.place({ lines: [offered(lamps), { ...mugs, currentPrice: gbp(101) }] }))
      .thenRejected({ code: 'PRICE_CHANGED', productId: mug, was: gbp(100), now: gbp(101) }));

  const discounted = (discount: number) => ({ ...offered(mugs), discount: gbp(discount) });
  const promotions = [
    { promotionId: 'autumn' as PromotionId, name: 'Autumn', coupon: 'AUTUMN', amount: gbp(40) },
  ];

  it('takes the discounts off the total, and stores the promotions that they come from', () =>
    given(order, [])
      .when(
        command.place({
          lines: [discounted(40), offered(lamps)],
          promotions,
          expectedTotal: gbp(total.amountMinor - 40),
        }),
      )
      .then([
        {
          type: 'OrderPlaced',
          data: {
            ...event.placed.data,
            lines: [{ ...mugs, discount: gbp(40) }, lamps],
            promotions,
            total: gbp(total.amountMinor - 40),
          },
        },
      ]));

  it('stores nothing of promotions where there are none', () =>
    given(order, [])
      .when(command.place({ lines: [discounted(0), offered(lamps)], promotions: [] }))
      .then([event.placed]));

  it('refuses another total than the one that the customer has seen', () =>
    given(order, [])
      .when(command.place({ expectedTotal: gbp(total.amountMinor - 1) }))
      .thenRejected({ code: 'TOTAL_CHANGED', was: gbp(total.amountMinor - 1), now: total }));

  it.each([
    [301, -1],
    [-1, 301],
    [300, 0],
  ])('refuses a discount of %p on a line of 300', (discount, price) =>
    given(order, [])
      .when(command.place({ lines: [discounted(discount)] }))
      .thenRejected({ code: 'PRICE_NOT_POSITIVE', price: gbp(price) }),
  );

  it('refuses a place off the grid', () =>
    given(order, [])
      .when(command.place({ destination: { x: 2 ** 31, y: 0 } }))
      .thenRejected({ code: 'PLACE_OUT_OF_RANGE', place: { x: 2 ** 31, y: 0 } }));
});

describe('AllocateOrder', () => {
  it('records the parts', () =>
    given(order, history.placed)
      .when(command.allocate(partsOf(true)))
      .then([event.allocated(true)]));

  it('releases at once what is paid and complete', () =>
    given(order, [event.placed, event.paid])
      .when(command.allocate(partsOf(true)))
      .then([event.allocated(true), event.released(fromNorth)]));

  it('counts goods that came before it as set aside', () =>
    given(order, [event.placed, event.paid, event.supplied])
      .when(command.allocate(partsOf(true)))
      .then([event.allocated(true), event.released(fromNorth), event.released(fromSouth)]));

  it('changes nothing when it comes a second time, even with another plan', () => {
    const [first] = partsOf(false);
    given(order, history.allocated)
      .when(command.allocate([first]))
      .then([]);
  });

  const [north3, south1] = partsOf(false);
  const mugLine = (quantity: number) => ({ productId: mug, quantity, awaitingStock: false });
  it.each([
    ['a missing part', [north3]],
    ['a piece too few', [{ ...north3, lines: [mugLine(2)] }, south1]],
    ['a piece too many', [{ ...north3, lines: [mugLine(4)] }, south1]],
    [
      'goods that were not ordered',
      [north3, { ...south1, lines: [...south1.lines, { ...mugLine(1), productId: 'x' as ProductId }] }],
    ],
    [
      'quantities that cancel out',
      [
        { ...north3, lines: [mugLine(4)] },
        { ...south1, lines: [...south1.lines, mugLine(-1)] },
      ],
    ],
    ['a product twice in one part', [{ ...north3, lines: [mugLine(1), mugLine(2)] }, south1]],
    ['a shipment twice', [north3, { ...south1, shipmentId: fromNorth }]],
    ['a warehouse twice', [north3, { ...south1, warehouseId: north }]],
    [
      'an empty part',
      [north3, south1, { shipmentId: 'x' as ShipmentId, warehouseId: 3 as WarehouseId, lines: [] }],
    ],
  ])('refuses %s', (_, parts) =>
    given(order, history.placed)
      .when(command.allocate(parts))
      .thenRejected({ code: 'ALLOCATION_MISMATCH', orderId }),
  );

  it('rejects an order that was cancelled', () => {
    given(order, history.cancelled)
      .when(command.allocate(partsOf(false)))
      .thenRejected(wrongStatus('CANCELLED'));
    given(order, [event.placed, event.paid, event.refundRequested(1300)])
      .when(command.allocate(partsOf(false)))
      .thenRejected(wrongStatus('REFUNDING'));
  });
});

describe('RecordLineSupplied', () => {
  it('waits with the release until the order is paid', () =>
    given(order, [event.placed, event.allocated(true)])
      .when(command.recordLineSupplied(south, lamp))
      .then([event.supplied]));

  it('releases the part that it completes', () =>
    given(order, [event.placed, event.allocated(true), event.paid, event.released(fromNorth)])
      .when(command.recordLineSupplied(south, lamp))
      .then([event.supplied, event.released(fromSouth)]));

  it('is remembered where it comes before the allocation', () =>
    given(order, history.placed).when(command.recordLineSupplied(south, lamp)).then([event.supplied]));

  it('changes nothing for goods that were there from the start', () =>
    given(order, history.allocated).when(command.recordLineSupplied(south, lamp)).then([]));

  it('releases nothing while all the money goes back', () =>
    given(order, [
      event.placed,
      event.allocated(true),
      event.paid,
      event.released(fromNorth),
      event.refundRequested(1300),
    ])
      .when(command.recordLineSupplied(south, lamp))
      .thenRejected(wrongStatus('REFUNDING')));

  it('refuses goods that the order does not wait for', () => {
    const mismatch = { code: 'ALLOCATION_MISMATCH', orderId } as const;
    given(order, history.allocated).when(command.recordLineSupplied(south, mug)).thenRejected(mismatch);
    given(order, history.placed)
      .when(command.recordLineSupplied(south, 'x' as ProductId))
      .thenRejected(mismatch);
  });

  it('refuses goods for a cancelled order', () =>
    given(order, history.cancelled)
      .when(command.recordLineSupplied(south, lamp))
      .thenRejected(wrongStatus('CANCELLED')));
});

describe('StartPayment', () => {
  const start = command.startPayment();
  const other = command.startPayment(otherPaymentId);
  const started: OrderEvent = {
    type: 'OrderPaymentStarted',
    data: { orderId, paymentId, method: 'test', startedAt: at },
  };
  const declined: OrderEvent = { type: 'OrderPaymentDeclined', data: { orderId, paymentId, declinedAt: at } };
  const recordDecline = command.recordPaymentDecline();
  const pending = { code: 'ORDER_PAYMENT_PENDING', orderId, paymentId } as const;

  it('holds the order for one payment', () => given(order, history.placed).when(start).then([started]));

  it('refuses another one while it is held', () =>
    given(order, [event.placed, started]).when(other).thenRejected(pending));

  it('refuses another one beside the payment that the order was placed with', () => {
    const withPayment = {
      type: 'OrderPlaced',
      data: { ...event.placed.data, paymentMethod: 'test', paymentId },
    } as const;
    given(order, [withPayment]).when(other).thenRejected(pending);
    given(order, [withPayment]).when(start).then([]);
    given(order, [withPayment]).when(recordDecline).then([declined]);
  });

  it('takes another one after a decline', () => {
    given(order, [event.placed, started]).when(recordDecline).then([declined]);
    given(order, [event.placed, started, declined])
      .when(other)
      .then([{ ...started, data: { ...started.data, paymentId: otherPaymentId } } as OrderEvent]);
  });

  it('lets a decline of another payment change nothing', () =>
    given(order, [event.placed, started]).when(command.recordPaymentDecline(otherPaymentId)).then([]));

  it('refuses an order that is paid, and lets its own payment ask again', () => {
    given(order, history.paid).when(other).thenRejected({ code: 'ORDER_ALREADY_PAID', orderId, paymentId });
    given(order, history.paid).when(start).then([]);
  });

  it('refuses a cancelled order, but not the payment that held it before', () => {
    given(order, history.cancelled).when(start).thenRejected(wrongStatus('CANCELLED'));
    given(order, [event.placed, started, event.cancelled('payment-overdue')])
      .when(start)
      .then([]);
  });
});

describe('RecordPayment', () => {
  it('is paid by the exact sum', () =>
    given(order, history.placed).when(command.recordPayment()).then([event.paid]));

  it('releases the parts that are complete', () =>
    given(order, [event.placed, event.allocated(true)])
      .when(command.recordPayment())
      .then([event.paid, event.released(fromNorth)]));

  it('sends the parts to the latest destination, on the customer’s account with the carrier', () => {
    const withAccount = {
      type: 'OrderPlaced',
      data: { ...event.placed.data, carrierAccount: 'ada@ups' },
    } as const;
    const moved = event.destinationChanged(elsewhere);
    given(order, [withAccount, event.allocated(true), moved])
      .when(command.recordPayment())
      .then([event.paid, event.released(fromNorth, { destination: elsewhere, carrierAccount: 'ada@ups' })]);
  });

  it('refuses a short payment and says by how much', () =>
    given(order, history.placed)
      .when(command.recordPayment(gbp(1299)))
      .thenRejected({ code: 'PAYMENT_MISMATCH', due: total, paid: gbp(1299) }));

  it('refuses the right number in the wrong currency', () => {
    const euros = money(1300, 'EUR' as CurrencyCode);
    given(order, history.placed)
      .when(command.recordPayment(euros))
      .thenRejected({ code: 'PAYMENT_MISMATCH', due: total, paid: euros });
  });

  it('refuses another payment of a paid order', () =>
    given(order, history.fulfilled)
      .when(command.recordPayment(total, otherPaymentId))
      .thenRejected({ code: 'ORDER_ALREADY_PAID', orderId, paymentId }));

  it('books a payment that crossed the cancellation and sends it back whole', () =>
    given(order, [event.placed, event.allocated(), event.cancelled('payment-overdue')])
      .when(command.recordPayment())
      .then([
        event.paid,
        event.refundRequested(1300, {
          refundId: 'payment-1' as RefundId,
          reason: 'paid after the cancellation',
        }),
      ]));
});

describe('ChangeOrderDestination', () => {
  const changed = event.destinationChanged(elsewhere);

  it.each([
    ['placed', history.placed],
    ['paid', history.paid],
    ['on its way', history.shipped],
    [
      'on its way although all is refunded',
      [...history.shipped, event.refundRequested(1300), event.refunded(1300, true)],
    ],
  ])('redirects an order that is %s', (_, events) =>
    given(order, events).when(command.changeDestination(elsewhere)).then([changed]),
  );

  it('refuses a place off the grid', () =>
    given(order, history.placed)
      .when(command.changeDestination({ x: 0.5, y: 0 }))
      .thenRejected({ code: 'PLACE_OUT_OF_RANGE', place: { x: 0.5, y: 0 } }));

  it('refuses where everything has arrived or nothing will leave', () => {
    given(order, history.fulfilled)
      .when(command.changeDestination(elsewhere))
      .thenRejected(wrongStatus('FULFILLED'));
    given(order, history.completed)
      .when(command.changeDestination(elsewhere))
      .thenRejected(wrongStatus('COMPLETED'));
    given(order, history.cancelled)
      .when(command.changeDestination(elsewhere))
      .thenRejected(wrongStatus('CANCELLED'));
    given(order, [...history.paid, event.refundRequested(1300)])
      .when(command.changeDestination(elsewhere))
      .thenRejected(wrongStatus('REFUNDING'));
  });
});
