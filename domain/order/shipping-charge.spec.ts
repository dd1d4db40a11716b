import fc from 'fast-check';
import { given } from '../../tests/support/domain/given';
import { gbp, offered, orderCommands, orderEvents } from '../../tests/support/domain/order-vocabulary';
import { runs } from '../../tests/support/runs';
import { fold } from '../kernel';
import type {
  AccountId,
  Instant,
  OrderId,
  PaymentId,
  ProductId,
  RefundId,
  SerialNumber,
  ShipmentId,
  ShippingMethodId,
  WarehouseId,
} from '../kernel';
import { money, type CurrencyCode } from '../money';
import { order, orderTotalMinorMax, orderTotalOf, paymentOf, refundableOf, remainingOf } from './';
import type { KnownOrder, OrderCommand, OrderEvent, OrderLine, OrderShipping } from './';

const [mug, lamp] = ['mug' as ProductId, 'lamp' as ProductId];
const lineOf = (productId: ProductId, quantity: number, price: number): OrderLine => ({
  ...{ productId, productNumber: 1 as SerialNumber, sku: productId, name: productId, quantity },
  unitPrice: gbp(price),
});
const facts = (lines: readonly OrderLine[]) => ({
  ...{ orderId: 'order-1' as OrderId, number: 7 as SerialNumber, customerId: 'ada' as AccountId, lines },
  ...{ destination: { x: 3, y: 4 }, at: '2026-01-01T10:00:00.000Z' as Instant },
  ...{ payBy: '2026-01-01T11:00:00.000Z' as Instant, paymentId: 'payment-1' as PaymentId },
  refundId: 'refund-1' as RefundId,
});
const shippingOf = (amountMinor: number): OrderShipping => ({
  ...{ shippingMethodId: 'parcel' as ShippingMethodId, name: 'Parcel', charge: gbp(amountMinor) },
});

const lines = [lineOf(mug, 3, 100), lineOf(lamp, 1, 1_000)];
const shipping = shippingOf(450);
const total = gbp(1_750);
const [command, event] = [orderCommands(facts(lines)), orderEvents(facts(lines))];
const placed = { ...event.placed, data: { ...event.placed.data, shipping, total } };
const paid = { ...event.paid, data: { ...event.paid.data, paid: total } };
const part = {
  ...{ shipmentId: 'shipment-1' as ShipmentId, warehouseId: 1 as WarehouseId },
  lines: lines.map(({ productId, quantity }) => ({ productId, quantity, awaitingStock: false })),
};
const left: readonly OrderEvent[] = [
  placed,
  paid,
  event.allocated([part]),
  event.released({ ...part, lines }),
  {
    type: 'OrderPartLoadingStarted',
    data: {
      orderId: placed.data.orderId,
      shipmentId: part.shipmentId,
      attempt: 1,
      startedAt: placed.data.placedAt,
    },
  },
];
const refundGoods = (
  quantities: readonly (readonly [ProductId, number])[],
  id = 'refund-1',
): OrderCommand => ({
  type: 'RefundGoods',
  ...{ orderId: placed.data.orderId, refundId: id as RefundId, reason: 'came broken.' },
  ...{
    lines: quantities.map(([productId, quantity]) => ({ productId, quantity })),
    at: placed.data.placedAt,
  },
});
const goodsRefunded = (
  amountMinor: number,
  quantities: readonly (readonly [ProductId, number])[],
): OrderEvent =>
  event.refundRequested(amountMinor, {
    lines: quantities.map(([productId, quantity]) => ({ productId, quantity })),
  });

describe('the charge of the shipping', () => {
  it('is part of the total that the customer has seen', () =>
    given(order, [])
      .when(command.place({ shipping, expectedTotal: total }))
      .then([placed]));

  it('is refused where it was not in the total that the customer has seen', () =>
    given(order, [])
      .when(command.place({ shipping, expectedTotal: gbp(1_300) }))
      .thenRejected({ code: 'TOTAL_CHANGED', was: gbp(1_300), now: total }));

  it('may be nothing', () =>
    given(order, [])
      .when(command.place({ shipping: shippingOf(0) }))
      .then([{ ...placed, data: { ...placed.data, shipping: shippingOf(0), total: gbp(1_300) } }]));

  it('counts for the limit of an order', () =>
    given(order, [])
      .when(command.place({ shipping: shippingOf(orderTotalMinorMax) }))
      .thenRejected({ code: 'ORDER_TOO_LARGE', linesMax: 1_000, totalMinorMax: orderTotalMinorMax }));

  it('has the currency of the goods', () => {
    const charge = money(450, 'EUR' as CurrencyCode);
    return given(order, [])
      .when(command.place({ shipping: { ...shipping, charge } }))
      .thenRejected({ code: 'ORDER_CURRENCY_MIXED', currencies: ['GBP', 'EUR'] as CurrencyCode[] });
  });

  it('is paid with the goods', () =>
    given(order, [placed])
      .when(command.recordPayment(gbp(1_300)))
      .thenRejected({ code: 'PAYMENT_MISMATCH', due: total, paid: gbp(1_300) }));

  it('goes back with a cancellation', () =>
    given(order, [placed, paid])
      .when(command.cancel())
      .then([event.refundRequested(1_750, { reason: 'cancelled' })]));

  it('stays with the shop where a part of the goods is refunded', () =>
    given(order, [placed, paid])
      .when(refundGoods([[mug, 3]]))
      .then([goodsRefunded(300, [[mug, 3]])]));

  it('goes back with the last goods where none has left', () => {
    const first = event.refundRequested(300, {
      refundId: 'refund-0' as RefundId,
      lines: [{ productId: mug, quantity: 3 }],
    });
    return given(order, [placed, paid, first])
      .when(refundGoods([[lamp, 1]]))
      .then([goodsRefunded(1_450, [[lamp, 1]])]);
  });

  it('keeps no order going whose goods are all refunded before any left', () => {
    const refund = (
      refundId: string,
      productId: ProductId,
      quantity: number,
      amountMinor: number,
    ): OrderEvent => ({
      type: 'OrderRefundRequested',
      data: {
        ...{ orderId: facts(lines).orderId, paymentId: 'payment-1' as PaymentId, reason: 'Sold out' },
        ...{ refundId: refundId as RefundId, amount: gbp(amountMinor), lines: [{ productId, quantity }] },
        requestedAt: facts(lines).at,
      },
    });
    const stateAfter = (...refunds: OrderEvent[]) =>
      fold(order.evolve, order.initial, [placed, paid, ...refunds]) as KnownOrder;
    const some = stateAfter(refund('refund-1', mug, 3, 300));
    expect(paymentOf(some)).toMatchObject({ askedBackInFull: false });
    const all = stateAfter(refund('refund-1', mug, 3, 300), refund('refund-2', lamp, 1, 1_000));
    expect(paymentOf(all)).toMatchObject({ askedBackInFull: true });
    expect(refundableOf(paymentOf(all)!)).toEqual(gbp(450));
  });

  it('stays with the shop where all goods come back after they left', () =>
    given(order, left)
      .when(
        refundGoods([
          [mug, 3],
          [lamp, 1],
        ]),
      )
      .then([
        goodsRefunded(1_300, [
          [mug, 3],
          [lamp, 1],
        ]),
      ]));
});

/** A refund of some of the pieces that are left, with its outcome at the provider. */
type Step = { readonly mugs: number; readonly lamps: number; readonly refused: boolean };
type Drawn = {
  readonly prices: readonly [number, number];
  readonly discount: number;
  readonly charge: number;
  readonly hasLeft: boolean;
  readonly steps: readonly Step[];
};

const drawn: fc.Arbitrary<Drawn> = fc.record({
  prices: fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 })),
  discount: fc.nat(3),
  charge: fc.nat(700),
  hasLeft: fc.boolean(),
  steps: fc.array(fc.record({ mugs: fc.nat(3), lamps: fc.nat(2), refused: fc.boolean() }), { maxLength: 6 }),
});

/** Returns a paid order, of which the drawn refunds were requested and settled. */
const lifeOf = ({ prices: [mugs, lamps], discount, charge, hasLeft, steps }: Drawn) => {
  const bought = [
    { ...lineOf(mug, 4, mugs), discount: gbp(Math.min(discount, 4 * mugs - 1)) },
    lineOf(lamp, 2, lamps),
  ];
  let state = order.initial;
  const send = (sent: OrderCommand): boolean => {
    const decision = order.decide(sent, state);
    if (decision.ok) state = fold(order.evolve, state, decision.events);
    return decision.ok;
  };
  const of = orderCommands(facts(bought));
  send(of.place({ lines: bought.map(offered), shipping: shippingOf(charge) }));
  send(of.recordPayment(gbp(orderTotalOf({ lines: bought, shipping: shippingOf(charge) }))));
  const parcel = { ...part, lines: bought.map((line) => ({ ...line, awaitingStock: false })) };
  send(of.allocate([parcel]));
  if (hasLeft) send(of.startPartLoading(part.shipmentId, 1));
  for (const [index, step] of steps.entries()) {
    if (state.progress === 'NONE') throw new Error('The order was not placed');
    const known = state;
    const wanted = (
      [
        [mug, step.mugs],
        [lamp, step.lamps],
      ] as const
    ).map(([id, quantity]) => [id, Math.min(quantity, remainingOf(known, id).quantity)] as const);
    const isRequested = send(
      refundGoods(
        wanted.filter(([, quantity]) => quantity > 0),
        `r-${index}`,
      ),
    );
    const refundId = `r-${index}` as RefundId;
    if (isRequested) send(step.refused ? of.recordRefundRefusal(refundId) : of.recordRefund(refundId));
  }
  if (state.progress === 'NONE') throw new Error('The order was not placed');
  return { known: state, send, of, payment: () => paymentOf(state as KnownOrder)! };
};

describe('all refunds of an order with a charge for the shipping', () => {
  it('keep the charge once the goods have left, and add up to what was paid with the last one', () => {
    fc.assert(
      fc.property(drawn, (life) => {
        const { known, send, of, payment } = lifeOf(life);
        const rest = refundableOf(payment()).amountMinor;
        expect(rest).toBeGreaterThanOrEqual(life.hasLeft ? life.charge : 0);
        const isAllBack = [mug, lamp].every((id) => remainingOf(known, id).quantity === 0);
        if (isAllBack && !life.steps.some(({ refused }) => refused))
          expect(rest).toBe(life.hasLeft ? life.charge : 0);
        // Staff give back what is left, or the customer cancels what has not left and was not called off already.
        const refundId = 'last' as RefundId;
        const byStaff = life.hasLeft || payment().askedBackInFull;
        if (rest > 0) send(byStaff ? of.requestRefund(rest, { refundId }) : of.cancel({ refundId }));
        const back = payment().refunds.filter(({ refused }) => !refused);
        expect(back.reduce((sum, { amount }) => sum + amount.amountMinor, 0)).toBe(
          payment().paid.amountMinor,
        );
        for (const { amount } of back) expect(amount.amountMinor).toBeGreaterThan(0);
      }),
      { numRuns: runs(1_000) },
    );
  });
});
