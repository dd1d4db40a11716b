import { given } from '../../tests/support/domain/given';
import type { EventOf } from '../../tests/support/commands/order-story';
import {
  pence,
  orderId,
  at,
  elsewhere,
  mug,
  north,
  south,
  fromNorth,
  fromSouth,
  paymentId,
  otherPaymentId,
  mugs,
  lamps,
  total,
  offered,
  placeOrder,
  placed,
  partsOf,
  allocated,
  supplied,
  paid,
  released,
  cancelled,
  refundRequested,
  refunded,
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
  wrongStatus,
} from '../../tests/support/commands/order-story';
import type { ProductId, RefundId, SerialNumber, ShipmentId, WarehouseId } from '../kernel';
import { money } from '../money';
import type { CurrencyCode } from '../money';
import type { OrderCommand, OrderEvent } from './';
import { lineQuantityMax, order, orderLinesMax, orderTotalMinorMax } from './';

describe('PlaceOrder', () => {
  it('records what was sold, at what price, and the total', () =>
    given(order, []).when(placeOrder()).then([placed]));

  it('keeps where it came from and what the customer wished', () => {
    const wishes = {
      cartGeneration: 4,
      carrierAccount: 'ada@ups',
      warehouseId: south,
      paymentMethod: 'test',
    };
    given(order, [])
      .when(placeOrder(wishes))
      .then([{ type: 'OrderPlaced', data: { ...placed.data, ...wishes } }]);
  });

  it('refuses a second order under the same id', () =>
    given(order, isPlaced)
      .when(placeOrder({ number: 8 as SerialNumber }))
      .thenRejected({ code: 'ORDER_ALREADY_PLACED', orderId }));

  it('refuses an order for nothing', () =>
    given(order, [])
      .when(placeOrder({ lines: [] }))
      .thenRejected({ code: 'ORDER_EMPTY' }));

  it.each([0, -1, 1.5, NaN, lineQuantityMax + 1])('refuses a quantity of %p', (quantity) =>
    given(order, [])
      .when(placeOrder({ lines: [offered({ ...mugs, quantity })] }))
      .thenRejected({ code: 'QUANTITY_OUT_OF_RANGE', quantity, min: 1, max: lineQuantityMax }),
  );

  it.each([0, -1])('refuses a price of %p', (amountMinor) =>
    given(order, [])
      .when(placeOrder({ lines: [offered({ ...mugs, unitPrice: pence(amountMinor) })] }))
      .thenRejected({ code: 'PRICE_NOT_POSITIVE', price: pence(amountMinor) }),
  );

  const tooLarge = {
    code: 'ORDER_TOO_LARGE',
    linesMax: orderLinesMax,
    totalMinorMax: orderTotalMinorMax,
  } as const;

  it('takes as many lines as the limit and refuses one more', () => {
    const lines = Array.from({ length: orderLinesMax }, () => offered(mugs));
    const atLimit = { ...placed.data, lines: lines.map(() => mugs), total: pence(orderLinesMax * 300) };
    given(order, [])
      .when(placeOrder({ lines }))
      .then([{ type: 'OrderPlaced', data: atLimit }]);
    given(order, [])
      .when(placeOrder({ lines: [...lines, offered(mugs)] }))
      .thenRejected(tooLarge);
  });

  it('refuses a total beyond the limit, also one that no number could hold', () => {
    for (const price of [orderTotalMinorMax, Number.MAX_SAFE_INTEGER])
      given(order, [])
        .when(placeOrder({ lines: [offered({ ...mugs, unitPrice: pence(price), quantity: 2 })] }))
        .thenRejected(tooLarge);
  });

  it('refuses two currencies in one order', () => {
    const euros = { ...mugs, unitPrice: money(100, 'EUR' as CurrencyCode) };
    given(order, [])
      .when(placeOrder({ lines: [offered(lamps), offered(euros)] }))
      .thenRejected({ code: 'ORDER_CURRENCY_MIXED', currencies: ['GBP', 'EUR'] as CurrencyCode[] });
  });

  it('refuses a price that the customer has not seen', () =>
    given(order, [])
      .when(placeOrder({ lines: [offered(lamps), { ...mugs, currentPrice: pence(101) }] }))
      .thenRejected({ code: 'PRICE_CHANGED', productId: mug, was: pence(100), now: pence(101) }));

  it('refuses a place off the grid', () =>
    given(order, [])
      .when(placeOrder({ destination: { x: 2 ** 31, y: 0 } }))
      .thenRejected({ code: 'PLACE_OUT_OF_RANGE', place: { x: 2 ** 31, y: 0 } }));
});

describe('AllocateOrder', () => {
  it('records the parts', () =>
    given(order, isPlaced)
      .when(allocateOrder(partsOf(true)))
      .then([allocated(true)]));

  it('releases at once what is paid and complete', () =>
    given(order, [placed, paid])
      .when(allocateOrder(partsOf(true)))
      .then([allocated(true), released(fromNorth)]));

  it('counts goods that came before it as set aside', () =>
    given(order, [placed, paid, supplied])
      .when(allocateOrder(partsOf(true)))
      .then([allocated(true), released(fromNorth), released(fromSouth)]));

  it('changes nothing when it comes a second time, even with another plan', () => {
    const [first] = partsOf(false);
    given(order, isAllocated)
      .when(allocateOrder([first!]))
      .then([]);
  });

  const [north3, south1] = partsOf(false) as [
    EventOf<'OrderAllocated'>['data']['parts'][number],
    EventOf<'OrderAllocated'>['data']['parts'][number],
  ];
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
    given(order, isPlaced).when(allocateOrder(parts)).thenRejected({ code: 'ALLOCATION_MISMATCH', orderId }),
  );

  it('refuses an order that nobody wants any more', () => {
    given(order, isCancelled)
      .when(allocateOrder(partsOf(false)))
      .thenRejected(wrongStatus('CANCELLED'));
    given(order, [placed, paid, refundRequested(1300)])
      .when(allocateOrder(partsOf(false)))
      .thenRejected(wrongStatus('REFUNDING'));
  });
});

describe('RecordLineSupplied', () => {
  it('waits with the release until the order is paid', () =>
    given(order, [placed, allocated(true)])
      .when(lineSupplied)
      .then([supplied]));

  it('releases the part that it completes', () =>
    given(order, [placed, allocated(true), paid, released(fromNorth)])
      .when(lineSupplied)
      .then([supplied, released(fromSouth)]));

  it('is remembered where it comes before the allocation', () =>
    given(order, isPlaced).when(lineSupplied).then([supplied]));

  it('changes nothing for goods that were there from the start', () =>
    given(order, isAllocated).when(lineSupplied).then([]));

  it('releases nothing while all the money goes back', () =>
    given(order, [placed, allocated(true), paid, released(fromNorth), refundRequested(1300)])
      .when(lineSupplied)
      .thenRejected(wrongStatus('REFUNDING')));

  it('refuses goods that the order does not wait for', () => {
    const mismatch = { code: 'ALLOCATION_MISMATCH', orderId } as const;
    given(order, isAllocated)
      .when({ ...lineSupplied, productId: mug } as OrderCommand)
      .thenRejected(mismatch);
    given(order, isPlaced)
      .when({ ...lineSupplied, productId: 'x' as ProductId } as OrderCommand)
      .thenRejected(mismatch);
  });

  it('refuses goods for a cancelled order', () =>
    given(order, isCancelled).when(lineSupplied).thenRejected(wrongStatus('CANCELLED')));
});

describe('StartPayment', () => {
  const start: OrderCommand = { type: 'StartPayment', orderId, paymentId, method: 'test', at };
  const other: OrderCommand = { ...start, paymentId: otherPaymentId };
  const started: OrderEvent = {
    type: 'OrderPaymentStarted',
    data: { orderId, paymentId, method: 'test', startedAt: at },
  };
  const declined: OrderEvent = { type: 'OrderPaymentDeclined', data: { orderId, paymentId, declinedAt: at } };
  const recordDecline: OrderCommand = { type: 'RecordPaymentDecline', orderId, paymentId, at };
  const pending = { code: 'ORDER_PAYMENT_PENDING', orderId, paymentId } as const;

  it('holds the order for one payment', () => given(order, isPlaced).when(start).then([started]));

  it('refuses another one while it is held', () =>
    given(order, [placed, started]).when(other).thenRejected(pending));

  it('refuses another one beside the payment that the order was placed with', () => {
    const withPayment = {
      type: 'OrderPlaced',
      data: { ...placed.data, paymentMethod: 'test', paymentId },
    } as const;
    given(order, [withPayment]).when(other).thenRejected(pending);
    given(order, [withPayment]).when(start).then([]);
    given(order, [withPayment]).when(recordDecline).then([declined]);
  });

  it('takes another one after a decline', () => {
    given(order, [placed, started]).when(recordDecline).then([declined]);
    given(order, [placed, started, declined])
      .when(other)
      .then([{ ...started, data: { ...started.data, paymentId: otherPaymentId } } as OrderEvent]);
  });

  it('lets a decline of another payment change nothing', () =>
    given(order, [placed, started])
      .when({ ...recordDecline, paymentId: otherPaymentId } as OrderCommand)
      .then([]));

  it('refuses an order that is paid, and lets its own payment ask again', () => {
    given(order, isPaid).when(other).thenRejected({ code: 'ORDER_ALREADY_PAID', orderId, paymentId });
    given(order, isPaid).when(start).then([]);
  });

  it('refuses a cancelled order, but not the payment that held it before', () => {
    given(order, isCancelled).when(start).thenRejected(wrongStatus('CANCELLED'));
    given(order, [placed, started, cancelled('payment-overdue')])
      .when(start)
      .then([]);
  });
});

describe('RecordPayment', () => {
  it('is paid by the exact sum', () => given(order, isPlaced).when(recordPayment).then([paid]));

  it('releases the parts that are complete', () =>
    given(order, [placed, allocated(true)])
      .when(recordPayment)
      .then([paid, released(fromNorth)]));

  it('sends the parts to the latest destination, on the customer’s account with the carrier', () => {
    const withAccount = { type: 'OrderPlaced', data: { ...placed.data, carrierAccount: 'ada@ups' } } as const;
    const moved: OrderEvent = {
      type: 'OrderDestinationChanged',
      data: { orderId, destination: elsewhere, changedAt: at },
    };
    given(order, [withAccount, allocated(true), moved])
      .when(recordPayment)
      .then([paid, released(fromNorth, { destination: elsewhere, carrierAccount: 'ada@ups' })]);
  });

  it('refuses a short payment and says by how much', () =>
    given(order, isPlaced)
      .when({ ...recordPayment, paid: pence(1299) } as OrderCommand)
      .thenRejected({ code: 'PAYMENT_MISMATCH', due: total, paid: pence(1299) }));

  it('refuses the right number in the wrong currency', () => {
    const euros = money(1300, 'EUR' as CurrencyCode);
    given(order, isPlaced)
      .when({ ...recordPayment, paid: euros } as OrderCommand)
      .thenRejected({ code: 'PAYMENT_MISMATCH', due: total, paid: euros });
  });

  it('refuses another payment of a paid order', () =>
    given(order, isFulfilled)
      .when({ ...recordPayment, paymentId: otherPaymentId } as OrderCommand)
      .thenRejected({ code: 'ORDER_ALREADY_PAID', orderId, paymentId }));

  it('books a payment that crossed the cancellation and sends it back whole', () =>
    given(order, [placed, allocated(), cancelled('payment-overdue')])
      .when(recordPayment)
      .then([
        paid,
        refundRequested(1300, {
          refundId: 'payment-1' as RefundId,
          reason: 'paid after the cancellation',
        }),
      ]));
});

describe('ChangeOrderDestination', () => {
  const changed: OrderEvent = {
    type: 'OrderDestinationChanged',
    data: { orderId, destination: elsewhere, changedAt: at },
  };

  it.each([
    ['placed', isPlaced],
    ['paid', isPaid],
    ['on its way', isShipped],
    ['on its way although all is refunded', [...isShipped, refundRequested(1300), refunded(1300, true)]],
  ])('redirects an order that is %s', (_, history) =>
    given(order, history).when(changeDestination).then([changed]),
  );

  it('refuses a place off the grid', () =>
    given(order, isPlaced)
      .when({ ...changeDestination, destination: { x: 0.5, y: 0 } } as OrderCommand)
      .thenRejected({ code: 'PLACE_OUT_OF_RANGE', place: { x: 0.5, y: 0 } }));

  it('refuses where everything has arrived or nothing will leave', () => {
    given(order, isFulfilled).when(changeDestination).thenRejected(wrongStatus('FULFILLED'));
    given(order, isCompleted).when(changeDestination).thenRejected(wrongStatus('COMPLETED'));
    given(order, isCancelled).when(changeDestination).thenRejected(wrongStatus('CANCELLED'));
    given(order, [...isPaid, refundRequested(1300)])
      .when(changeDestination)
      .thenRejected(wrongStatus('REFUNDING'));
  });
});
