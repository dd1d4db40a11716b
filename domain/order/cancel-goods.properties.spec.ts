import fc from 'fast-check';
import { gbp, offered, orderCommands } from '../../tests/support/domain/order-vocabulary';
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
import type { TaxTerms } from '../money';
import { dueOf, isCalledOff, mayBeGone, order, paymentOf, refundableOf, remainingOf } from './';
import type { KnownOrder, OrderCommand, OrderEvent, OrderLine } from './';

const at = '2026-01-01T10:00:00.000Z' as Instant;
const orderId = 'order-1' as OrderId;
const products = ['mug', 'lamp', 'pen'] as ProductId[];
const sellers = [undefined, 'bob', 'sam'] as (AccountId | undefined)[];

/** An order of three products of three sellers in two parcels, the pen in both. */
type Drawn = {
  readonly prices: readonly number[];
  readonly discounts: readonly number[];
  readonly charge: number;
  readonly isIncluded: boolean;
  readonly steps: readonly { readonly kind: number; readonly pick: number; readonly size: number }[];
};

const drawn: fc.Arbitrary<Drawn> = fc.record({
  prices: fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 3, maxLength: 3 }),
  // Up to the whole price, so that some goods cost nothing.
  discounts: fc.array(fc.nat(100), { minLength: 3, maxLength: 3 }),
  charge: fc.nat(500),
  isIncluded: fc.boolean(),
  steps: fc.array(fc.record({ kind: fc.nat(9), pick: fc.nat(11), size: fc.integer({ min: 1, max: 4 }) }), {
    minLength: 1,
    maxLength: 25,
    size: 'max',
  }),
});

const lineOf = (index: number, { prices, discounts }: Drawn): OrderLine => {
  const productId = products[index]!;
  const quantity = index + 2;
  const price = prices[index]!;
  return {
    ...{ productId, productNumber: 1 as SerialNumber, sku: productId, name: productId, quantity },
    ...{ unitPrice: gbp(price), sellerId: sellers[index] },
    discount: gbp(Math.floor((price * quantity * discounts[index]!) / 100)),
  };
};

const part = (warehouse: number, ...goods: readonly (readonly [number, number])[]) => ({
  shipmentId: `shipment-${warehouse}` as ShipmentId,
  warehouseId: warehouse as WarehouseId,
  lines: goods.map(([index, quantity]) => ({
    ...{ productId: products[index]!, quantity, awaitingStock: warehouse === 2 && index === 2 },
  })),
});
const parts = [part(1, [0, 2], [2, 1]), part(2, [1, 3], [2, 3])];

const commandFrom = (
  state: KnownOrder,
  { kind, pick, size }: Drawn['steps'][number],
  step: number,
): OrderCommand => {
  const to = { orderId, at };
  const refundId = `refund-${step}` as RefundId;
  const goods = [{ productId: products[pick % 3]!, quantity: size }];
  const open = paymentOf(state)?.refunds.find(({ done, refused }) => !done && !refused);
  const some = state.parts[pick % Math.max(1, state.parts.length)];
  const shipmentId = some?.shipmentId ?? ('none' as ShipmentId);
  switch (kind) {
    case 0:
      return { type: 'RefundGoods', ...to, refundId, lines: goods, reason: 'returned' };
    case 1:
      return { type: 'RequestRefund', ...to, refundId, amount: gbp(size * 10), reason: 'sorry' };
    case 2:
      return { type: 'StartPartLoading', ...to, shipmentId, attempt: (some?.loading?.attempt ?? 0) + 1 };
    case 3:
      return { type: 'RecordPartLoadingFailed', ...to, shipmentId, attempt: some?.loading?.attempt ?? 1 };
    case 4:
      if (!some?.loading?.mayBeGone) break;
      return { type: 'RecordPartDelivered', ...to, shipmentId };
    case 5:
      return { type: 'RecordLineSupplied', ...to, warehouseId: 2 as WarehouseId, productId: products[2]! };
    case 6:
      if (open === undefined) break;
      return pick === 0
        ? { type: 'RecordRefundRefusal', ...to, refundId: open.refundId, reason: 'no' }
        : { type: 'RecordRefund', ...to, refundId: open.refundId };
    default:
  }
  const next = state.parts.map(({ shipmentId: after }) => ({
    after,
    shipmentId: `${after}-${step}` as ShipmentId,
  }));
  const by = pick % 2 === 0 ? {} : { requestedBy: state.customerId };
  return { type: 'CancelGoods', ...to, refundId, lines: goods, packed: [], next, ...by };
};

/** A life of the order, its state, and how to go on with it. */
const lifeOf = (life: Drawn) => {
  const lines = products.map((_, index) => lineOf(index, life));
  const facts = { ...{ orderId, number: 7 as SerialNumber, customerId: 'ada' as AccountId, lines, at } };
  const command = orderCommands({
    ...facts,
    ...{ destination: { x: 0, y: 0 }, payBy: at, paymentId: 'p' as PaymentId, refundId: 'r' as RefundId },
  });
  const taxTerms: TaxTerms = {
    ...{ country: 'DE', isIncluded: life.isIncluded, rates: { standard: 1_900, reduced: 700 } },
  };
  const shipping = {
    shippingMethodId: 'parcel' as ShippingMethodId,
    name: 'Parcel',
    charge: gbp(life.charge),
  };
  const events: OrderEvent[] = [];
  let state = order.initial as KnownOrder;
  const send = (sent: OrderCommand): void => {
    const decision = order.decide(sent, state);
    if (!decision.ok) return;
    events.push(...decision.events);
    state = fold(order.evolve, state, decision.events) as KnownOrder;
  };
  const reduced = lines.map((line, index) => ({
    ...offered(line),
    taxCategory: index === 1 ? ('REDUCED' as const) : undefined,
  }));
  send(command.place({ lines: reduced, shipping, taxTerms }));
  send(command.allocate(parts));
  send({ type: 'RecordPayment', orderId, at, paymentId: 'p' as PaymentId, paid: state.total });
  for (const [index, step] of life.steps.entries()) send(commandFrom(state, step, index));
  return { events, now: () => state, send };
};

const sum = (amounts: readonly number[]): number => amounts.reduce((total, one) => total + one, 0);

/** Settles all refunds, and refunds what is left. */
const settled = (life: Drawn) => {
  const { events, now, send } = lifeOf(life);
  const open = () => paymentOf(now())?.refunds.filter(({ done, refused }) => !done && !refused) ?? [];
  const settle = (): void => {
    for (const { refundId } of open()) send({ type: 'RecordRefund', orderId, at, refundId });
  };
  settle();
  const before = now();
  const left = refundableOf(paymentOf(before)!);
  if (left.amountMinor > 0)
    send({ type: 'RequestRefund', orderId, at, refundId: 'rest' as RefundId, amount: left, reason: 'rest' });
  settle();
  return { events, before, after: now() };
};

const drawnPaid = drawn.filter((life) =>
  products.some((_, index) => lineOf(index, life).discount!.amountMinor < life.prices[index]! * (index + 2)),
);

describe('after any mix of cancelled goods, refunds and returns', () => {
  it('every piece is in a part or was cancelled, and none more than once', () => {
    fc.assert(
      fc.property(drawnPaid, (life) => {
        const { before } = settled(life);
        for (const [index, productId] of products.entries()) {
          const sent = sum(
            before.parts.flatMap(({ lines }) =>
              lines.filter((line) => line.productId === productId).map(({ quantity }) => quantity),
            ),
          );
          expect(sent).toBe(dueOf(before, productId));
          expect(dueOf(before, productId)).toBeLessThanOrEqual(index + 2);
          expect(remainingOf(before, productId).quantity).toBeGreaterThanOrEqual(0);
          expect(remainingOf(before, productId).amount.amountMinor).toBeGreaterThanOrEqual(-9);
        }
        // An order that goes on has goods to send.
        if (!isCalledOff(before)) expect(before.parts.length).toBeGreaterThan(0);
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('no goods are cancelled that may be on a truck', () => {
    fc.assert(
      fc.property(drawnPaid, (life) => {
        const { events } = lifeOf(life);
        let state = order.initial;
        for (const event of events) {
          if (event.type === 'OrderGoodsCancelled')
            for (const { shipmentId } of event.data.parts) {
              const found = (state as KnownOrder).parts.find((one) => one.shipmentId === shipmentId);
              expect(found !== undefined && !mayBeGone(found)).toBe(true);
            }
          state = order.evolve(state, event);
        }
      }),
      { numRuns: runs(500) },
    );
  });

  it('the money that went back, its tax and the shares of the sellers add up to what was paid', () => {
    fc.assert(
      fc.property(drawnPaid, (life) => {
        const { events, after } = settled(life);
        const done = paymentOf(after)!.refunds.filter((refund) => refund.done);
        for (const { amount, tax } of paymentOf(after)!.refunds) {
          expect(amount.amountMinor).toBeGreaterThan(0);
          expect(sum(tax!.flatMap((one) => [one.net.amountMinor, one.tax.amountMinor]))).toBe(
            amount.amountMinor,
          );
          for (const one of tax!) {
            expect(one.net.amountMinor).toBeGreaterThanOrEqual(0);
            expect(one.tax.amountMinor).toBeGreaterThanOrEqual(0);
          }
        }
        expect(sum(done.map(({ amount }) => amount.amountMinor))).toBe(after.total.amountMinor);
        const taxOf = (entries: readonly { readonly tax: { readonly amountMinor: number } }[]) =>
          sum(entries.map(({ tax }) => tax.amountMinor));
        expect(taxOf(done.flatMap(({ tax }) => tax!))).toBe(taxOf(after.tax!.entries));
        const sold = events.flatMap((event) =>
          event.type === 'OrderPaid' ? (event.data.sellers ?? []) : [],
        );
        for (const { sellerId, sold: price, discount } of sold) {
          const shares = done.flatMap((refund) =>
            (refund.sellers ?? [])
              .filter((share) => share.sellerId === sellerId)
              .map(({ amount }) => amount.amountMinor),
          );
          for (const share of shares) expect(share).toBeGreaterThan(0);
          expect(sum(shares)).toBe(price.amountMinor - discount.amountMinor);
        }
      }),
      { numRuns: runs(1_000) },
    );
  });
});
