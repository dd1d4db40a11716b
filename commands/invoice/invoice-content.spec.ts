import { gbp, offered, orderCommands } from '../../tests/support/domain/order-vocabulary';
import { sumOf } from '../../domain/invoice';
import { fold, type Instant } from '../../domain/kernel';
import type {
  AccountId,
  OrderId,
  PaymentId,
  ProductId,
  RefundId,
  SerialNumber,
  ShippingMethodId,
} from '../../domain/kernel';
import { order, type KnownOrder, type OrderCommand } from '../../domain/order';
import { rowsOfSale } from './invoice-content';

const at = '2026-01-01T10:00:00.000Z' as Instant;
const orderId = 'order-1' as OrderId;
const refundId = 'refund-1' as RefundId;
const productId = 'mug' as ProductId;
const mugs = {
  ...{ productId, productNumber: 1 as SerialNumber, sku: 'MUG', name: 'Mug', quantity: 3 },
  unitPrice: gbp(333),
};

/** An order of 3 mugs whose money is held, with shipping and 19 % tax; `commands` follow. */
const held = (isIncluded: boolean, ...commands: readonly OrderCommand[]): KnownOrder => {
  const command = orderCommands({
    ...{ orderId, number: 7 as SerialNumber, customerId: 'ada' as AccountId, lines: [mugs], at },
    ...{ destination: { x: 0, y: 0 }, payBy: at, paymentId: 'p' as PaymentId, refundId },
  });
  const shipping = { shippingMethodId: 's' as ShippingMethodId, name: 'Parcel', charge: gbp(490) };
  const taxTerms = { country: 'DE', isIncluded, rates: { standard: 1_900, reduced: 700 } };
  let state = order.initial as KnownOrder;
  const send = (sent: OrderCommand): void => {
    const decision = order.decide(sent, state);
    if (!decision.ok) throw new Error(JSON.stringify(decision.rejection));
    state = fold(order.evolve, state, decision.events) as KnownOrder;
  };
  send(command.place({ lines: [offered(mugs)], shipping, taxTerms }));
  const authorisedUntil = '2026-01-08T10:00:00.000Z' as Instant;
  send({
    ...{ type: 'RecordPayment', orderId, at, paymentId: 'p' as PaymentId, paid: state.total },
    authorisedUntil,
  });
  for (const each of commands) send(each);
  return state;
};
const cancelOne: OrderCommand = {
  ...{ type: 'CancelGoods', orderId, at, refundId, packed: [], next: [] },
  lines: [{ productId, quantity: 1 }],
};
const release: OrderCommand = { type: 'RecordRefund', orderId, at, refundId, isRelease: true };

describe.each([true, false])('the invoice of a sale, where prices contain the tax: %s', (isIncluded) => {
  it('is over the whole order, where nothing was released before', () => {
    const known = held(isIncluded);
    const rows = rowsOfSale(known);
    expect([sumOf(rows), rows.total]).toEqual([known.total.amountMinor, known.total]);
    expect(rows.lines).toMatchObject([{ quantity: 3, unitPrice: gbp(333) }]);
  });

  it('is over what is left, and its rows and its tax add up', () => {
    const known = held(isIncluded, cancelOne, release);
    const rows = rowsOfSale(known);
    expect(rows.lines).toMatchObject([{ sku: 'MUG', quantity: 2 }]);
    expect(rows.shipping?.name).toBe('Parcel');
    expect(rows.other).toBeUndefined();
    expect(sumOf(rows)).toBe(rows.total.amountMinor);
    expect(rows.total.amountMinor).toBeLessThan(known.total.amountMinor);
    const taxed = rows.tax!.entries.reduce((sum, { net, tax }) => sum + net.amountMinor + tax.amountMinor, 0);
    expect(taxed).toBe(rows.total.amountMinor);
  });
});
