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
import { taxCategories, type TaxCategory, type TaxEntry, type TaxTerms } from '../money';
import { order, orderTotalMinorMax, paymentOf, refundableOf, remainingOf } from './';
import type { KnownOrder, OrderCommand, OrderEvent, OrderLine, OrderPlaced, OrderShipping } from './';

const [mug, book] = ['mug' as ProductId, 'book' as ProductId];
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
const included: TaxTerms = { country: 'DE', isIncluded: true, rates: { standard: 1_900, reduced: 700 } };
const added: TaxTerms = { ...included, isIncluded: false };
const taxed = (category: TaxCategory, amountMinor: number) => ({ category, amount: gbp(amountMinor) });
const entry = (category: TaxCategory, rateHundredths: number, net: number, tax: number): TaxEntry => ({
  ...{ category, rateHundredths, net: gbp(net), tax: gbp(tax) },
});

// 3 × 10.00 − 1.00 at the standard rate, 2 × 5.00 at the reduced one, and 4.50 for the parcel.
const lines = [{ ...lineOf(mug, 3, 1_000), discount: gbp(100) }, lineOf(book, 2, 500)];
const shipping = shippingOf(450);
const [command, event] = [orderCommands(facts(lines)), orderEvents(facts(lines))];
const placing = (taxTerms: TaxTerms, more: object = {}): OrderCommand =>
  command.place({
    ...{ shipping, taxTerms },
    lines: lines.map((line) => ({
      ...offered(line),
      taxCategory: line.productId === book ? 'REDUCED' : undefined,
    })),
    ...more,
  });
const placedAs = (
  [mugTax, bookTax, shippingTax]: readonly [number, number, number],
  tax: NonNullable<OrderPlaced['data']['tax']>,
  total: number,
): OrderPlaced => ({
  type: 'OrderPlaced',
  data: {
    ...event.placed.data,
    lines: [
      { ...lines[0]!, tax: taxed('STANDARD', mugTax) },
      { ...lines[1]!, tax: taxed('REDUCED', bookTax) },
    ],
    shipping: { ...shipping, tax: taxed('STANDARD', shippingTax) },
    tax,
    total: gbp(total),
  },
});
// 33.50 contain 5.35 (4.63 and 0.72), and 10.00 contain 0.65.
const placedIncluded = placedAs(
  [463, 65, 72],
  {
    ...{ country: 'DE', isIncluded: true },
    entries: [entry('STANDARD', 1_900, 2_815, 535), entry('REDUCED', 700, 935, 65)],
  },
  4_350,
);
// 6.37 is added to 33.50 (5.51 and 0.86), and 0.70 to 10.00.
const placedAdded = placedAs(
  [551, 70, 86],
  {
    ...{ country: 'DE', isIncluded: false },
    entries: [entry('STANDARD', 1_900, 3_350, 637), entry('REDUCED', 700, 1_000, 70)],
  },
  5_057,
);
const paidOf = ({ data: { total } }: OrderPlaced): OrderEvent => ({
  ...event.paid,
  data: { ...event.paid.data, paid: total },
});
const refundGoods = (
  quantities: readonly (readonly [ProductId, number])[],
  id = 'refund-1',
): OrderCommand => ({
  type: 'RefundGoods',
  ...{ orderId: facts(lines).orderId, refundId: id as RefundId, reason: 'came broken.' },
  lines: quantities.map(([productId, quantity]) => ({ productId, quantity })),
  at: facts(lines).at,
});

describe('the tax of an order', () => {
  it('is in the prices after discounts and in the charge for the shipping, which cost what they did', () =>
    given(order, [])
      .when(placing(included, { expectedTotal: gbp(4_350) }))
      .then([placedIncluded]));

  it('is added to the total where the prices do not contain it', () =>
    given(order, [])
      .when(placing(added, { expectedTotal: gbp(5_057) }))
      .then([placedAdded]));

  it('is refused where it was not in the total that the customer has seen', () =>
    given(order, [])
      .when(placing(added, { expectedTotal: gbp(4_350) }))
      .thenRejected({ code: 'TOTAL_CHANGED', was: gbp(4_350), now: gbp(5_057) }));

  it('counts for the limit of an order', () =>
    given(order, [])
      .when(
        command.place({
          lines: [offered(lineOf(mug, 1, orderTotalMinorMax))],
          taxTerms: added,
        }),
      )
      .thenRejected({ code: 'ORDER_TOO_LARGE', linesMax: 1_000, totalMinorMax: orderTotalMinorMax }));

  it('is paid with the goods', () =>
    given(order, [placedAdded])
      .when(command.recordPayment(gbp(4_350)))
      .thenRejected({ code: 'PAYMENT_MISMATCH', due: gbp(5_057), paid: gbp(4_350) }));
});

describe('the tax of a refund', () => {
  it('is all of it with a cancellation', () => {
    for (const placed of [placedIncluded, placedAdded])
      given(order, [placed, paidOf(placed)])
        .when(command.cancel())
        .then([
          event.refundRequested(placed.data.total.amountMinor, {
            ...{ reason: 'cancelled', tax: placed.data.tax!.entries },
          }),
        ]);
  });

  it('is all of it where a payment came after the cancellation', () =>
    given(order, [placedAdded, event.cancelled('requested-by-customer')])
      .when(command.recordPayment(gbp(5_057)))
      .then([
        paidOf(placedAdded),
        event.refundRequested(5_057, {
          ...{ refundId: 'payment-1' as RefundId, reason: 'paid after the cancellation' },
          tax: placedAdded.data.tax!.entries,
        }),
      ]));

  it('is that of the goods that come back, with the tax that was added to their price', () => {
    const goods = [{ productId: book, quantity: 1 }];
    given(order, [placedAdded, paidOf(placedAdded)])
      .when(refundGoods([[book, 1]]))
      .then([event.refundRequested(535, { lines: goods, tax: [entry('REDUCED', 700, 500, 35)] })]);
    given(order, [placedIncluded, paidOf(placedIncluded)])
      .when(refundGoods([[book, 1]]))
      .then([event.refundRequested(500, { lines: goods, tax: [entry('REDUCED', 700, 468, 32)] })]);
  });

  it('is that of the shipping too, with the last goods where none has left', () =>
    given(order, [placedAdded, paidOf(placedAdded)])
      .when(
        refundGoods([
          [mug, 3],
          [book, 2],
        ]),
      )
      .then([
        event.refundRequested(5_057, {
          lines: [
            { productId: mug, quantity: 3 },
            { productId: book, quantity: 2 },
          ],
          tax: placedAdded.data.tax!.entries,
        }),
      ]));

  it('is the share of all rates where an amount is given back without goods', () =>
    given(order, [placedIncluded, paidOf(placedIncluded)])
      .when(command.requestRefund(435))
      .then([
        event.refundRequested(435, {
          tax: [entry('STANDARD', 1_900, 282, 53), entry('REDUCED', 700, 94, 6)],
        }),
      ]));
});

it('a refund has no more tax than money, after refunds that had the tax were refused', () => {
  // Of a price of 8, 4 are tax: every second minor unit that goes back is.
  const bought = [lineOf(mug, 1, 8)];
  const of = orderCommands(facts(bought));
  let state = order.initial;
  const send = (sent: OrderCommand): void => {
    const decision = order.decide(sent, state);
    if (!decision.ok) throw new Error(decision.rejection.code);
    state = fold(order.evolve, state, decision.events);
  };
  const refund = (id: string, amount = 1): void =>
    send(of.requestRefund(amount, { refundId: id as RefundId }));
  send(of.place({ taxTerms: { ...included, rates: { standard: 10_000 } } }));
  send(of.recordPayment(gbp(8)));
  for (const id of ['0', '1', '2', '3', '4', '5']) refund(id);
  for (const id of ['1', '3', '5']) send(of.recordRefundRefusal(id as RefundId));
  for (const id of ['6', '7', '8', '9', '10']) refund(id);
  const taxes = paymentOf(state as KnownOrder)!.refunds.map(({ tax }) => sumOf(tax!, 'tax'));
  expect(taxes).toEqual([0, 1, 0, 1, 0, 1, 1, 1, 1, 0, 1]);
});

/** A refund of some of the pieces that are left, or of an amount, with its outcome at the provider; it is settled at once or last. */
type Step = {
  readonly mugs: number;
  readonly books: number;
  readonly amount: number | undefined;
  readonly refused: boolean;
  readonly late: boolean;
};
const step: fc.Arbitrary<Step> = fc.record({
  ...{ mugs: fc.nat(2), books: fc.nat(2), refused: fc.boolean(), late: fc.boolean() },
  amount: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
});
const rate = fc.integer({ min: 0, max: 10_000 });
const drawn = fc.record({
  terms: fc.record({
    country: fc.constant('DE'),
    isIncluded: fc.boolean(),
    rates: fc.record({ standard: rate, reduced: rate }),
  }),
  categories: fc.tuple(fc.constantFrom(...taxCategories), fc.constantFrom(...taxCategories)),
  prices: fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 30 })),
  ...{ discount: fc.nat(3), charge: fc.nat(90), hasLeft: fc.boolean() },
  steps: fc.array(step, { maxLength: 8 }),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

const sumOf = (entries: readonly TaxEntry[], of: 'net' | 'tax'): number =>
  entries.reduce((sum, one) => sum + one[of].amountMinor, 0);

/** Returns a paid order, of which the drawn refunds were requested and settled, and then all that was left. */
const lifeOf = ({ terms, categories, prices, discount, charge, hasLeft, steps }: Drawn): KnownOrder => {
  const bought = [
    { ...lineOf(mug, 4, prices[0]), discount: gbp(Math.min(discount, 4 * prices[0] - 1)) },
    lineOf(book, 3, prices[1]),
  ];
  let state = order.initial;
  const known = (): KnownOrder => {
    if (state.progress === 'NONE') throw new Error('The order was not placed');
    return state;
  };
  const send = (sent: OrderCommand): boolean => {
    const decision = order.decide(sent, state);
    if (decision.ok) state = fold(order.evolve, state, decision.events);
    return decision.ok;
  };
  const of = orderCommands(facts(bought));
  send(
    of.place({
      lines: bought.map((line, index) => ({ ...offered(line), taxCategory: categories[index] })),
      ...{ shipping: shippingOf(charge), taxTerms: terms },
    }),
  );
  send(of.recordPayment(known().total));
  const shipmentId = 'shipment-1' as ShipmentId;
  const goods = bought.map((line) => ({ ...line, awaitingStock: false }));
  send(of.allocate([{ shipmentId, warehouseId: 1 as WarehouseId, lines: goods }]));
  if (hasLeft) send(of.startPartLoading(shipmentId, 1));
  const settled: OrderCommand[] = [];
  for (const [index, { mugs, books, amount, refused, late }] of steps.entries()) {
    const refundId = `r-${index}` as RefundId;
    const quantities = (
      [
        [mug, Math.min(mugs, remainingOf(known(), mug).quantity)],
        [book, Math.min(books, remainingOf(known(), book).quantity)],
      ] as const
    ).filter(([, quantity]) => quantity > 0);
    const isRequested = send(
      amount === undefined ? refundGoods(quantities, refundId) : of.requestRefund(amount, { refundId }),
    );
    if (!isRequested) continue;
    const outcome = refused ? of.recordRefundRefusal(refundId) : of.recordRefund(refundId);
    if (late) settled.push(outcome);
    else send(outcome);
  }
  settled.forEach(send);
  const rest = refundableOf(paymentOf(known())!).amountMinor;
  if (rest > 0) send(of.requestRefund(rest, { refundId: 'last' as RefundId }));
  return known();
};

describe('all refunds of an order with tax', () => {
  it('add up to its tax at each rate, and each to its own amount, in any order', () => {
    fc.assert(
      fc.property(drawn, (life) => {
        const { tax, total, ...known } = lifeOf(life);
        expect(sumOf(tax!.entries, 'net') + sumOf(tax!.entries, 'tax')).toBe(total.amountMinor);
        const back = paymentOf(known as KnownOrder)!.refunds.filter(({ refused }) => !refused);
        for (const { amount, tax: entries } of paymentOf(known as KnownOrder)!.refunds) {
          expect(sumOf(entries!, 'net') + sumOf(entries!, 'tax')).toBe(amount.amountMinor);
          for (const one of entries!) {
            expect(one.net.amountMinor).toBeGreaterThanOrEqual(0);
            expect(one.tax.amountMinor).toBeGreaterThanOrEqual(0);
          }
        }
        for (const of of tax!.entries) {
          const all = back.flatMap(({ tax: entries }) =>
            entries!.filter((one) => one.category === of.category),
          );
          expect(sumOf(all, 'tax')).toBe(of.tax.amountMinor);
          expect(sumOf(all, 'net')).toBe(of.net.amountMinor);
        }
      }),
      { numRuns: runs(1_000) },
    );
  });
});
