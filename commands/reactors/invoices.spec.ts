import type { InvoiceDrafted, InvoiceNumbered } from '../../domain/invoice';
import type { OrderId } from '../../domain/kernel';
import { invoicesOn, issuer } from '../../tests/support/commands/invoices';
import {
  ann,
  buy,
  createOrderBench,
  customer,
  furnish,
  gbp,
  type BenchOptions,
  type OrderBench,
} from '../../tests/support/commands/order-fixture';

/** A shop whose workflows also issue invoices. */
const open = async (options: BenchOptions = {}) => {
  const bench = createOrderBench({ world: false, ...options });
  const live = () =>
    bench.restart(undefined, [invoicesOn(bench.life().aggregates, bench.clock)]).runtime.start();
  live();
  const shop = await furnish(bench);
  return { bench, live, ...shop };
};

const invoicesOf = async (bench: OrderBench) => {
  const events = await bench.events();
  const numbers = new Map(
    (events as unknown as readonly InvoiceNumbered[])
      .filter(({ type }) => type === 'InvoiceNumbered')
      .map(({ data }) => [data.invoiceId, data.number]),
  );
  return (events as unknown as readonly InvoiceDrafted[])
    .filter(({ type }) => type === 'InvoiceDrafted')
    .map(({ data }) => ({ ...data, number: numbers.get(data.invoiceId) }));
};

describe('the invoice of an order', () => {
  it('is issued when the order is paid, once', async () => {
    const { bench, mug, pen, live } = await open();
    const orderId = await buy(bench, [
      [mug, 2],
      [pen, 1],
    ]);
    await bench.settle();
    const [issued, ...others] = await invoicesOf(bench);
    expect(others).toEqual([]);
    expect(issued).toMatchObject({
      ...{ orderId, customerId: ann, subject: { kind: 'INVOICE' }, series: 'INV-2026' },
      number: 'INV-2026-000001',
      content: {
        ...{ issuer, total: gbp(1_120) },
        lines: [
          { sku: 'MUG', quantity: 2, unitPrice: gbp(500), amount: gbp(1_000) },
          { sku: 'PEN', quantity: 1, amount: gbp(120) },
        ],
      },
    });
    // What is durable but the checkpoint: all events come again.
    await bench.stop();
    await bench.durable.checkpoints.write('workflows', undefined as never);
    live();
    await bench.settle();
    expect(await bench.count('InvoiceNumbersAssigned')).toBe(1);
    expect(await invoicesOf(bench)).toHaveLength(1);
  });

  it('is not issued while the order is unpaid', async () => {
    const { bench, mug } = await open();
    await buy(bench, [[mug, 1]], { pay: null });
    await bench.settle();
    expect(await invoicesOf(bench)).toEqual([]);
  });

  it('is not issued for an imported order', async () => {
    const { bench, mug } = await open();
    const { accountId } = await bench.demand('provisionAccount', {
      ...{ email: 'old@example.com', name: 'Old', roles: ['customer'] },
    });
    await bench.demand('importOrder', {
      ...{ source: 'old-shop', reference: '17', customerId: accountId, destination: { x: 1, y: 1 } },
      ...{ lines: [{ productId: mug, quantity: 1, unitPrice: gbp(400) }], paymentMethod: 'test' },
    });
    await bench.settle();
    expect(await bench.count('OrderPaid')).toBe(1);
    expect(await invoicesOf(bench)).toEqual([]);
  });

  it('names the customer with the default address, as of its day in the time zone of the shop', async () => {
    const { bench, mug } = await open();
    const { accountId } = await bench.demand('provisionAccount', {
      ...{ email: 'wei@example.com', name: '张伟', roles: ['customer'] },
    });
    const address = {
      recipient: '张伟',
      line1: '浦东新区',
      city: '上海',
      postalCode: '200120',
      country: 'CN',
    };
    await bench.demand('addAddress', { accountId, ...address }, { as: customer(accountId) });
    await buy(bench, [[mug, 1]], { by: accountId });
    await bench.settle();
    const [issued] = await invoicesOf(bench);
    expect(issued?.content.billedTo).toEqual({ name: '张伟', address: ['浦东新区', '200120 上海', 'CN'] });
    expect(issued?.issuedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('has the address to which the order goes where the address book has none', async () => {
    const { bench, mug } = await open();
    const { accountId } = await bench.demand('provisionAccount', {
      ...{ email: 'ann@example.com', name: 'Ann', roles: ['customer'] },
    });
    const address = { recipient: 'Bob', line1: '1 Dock Road', city: 'London', country: 'GB' };
    await buy(bench, [[mug, 1]], { by: accountId, address });
    await bench.settle();
    const [issued] = await invoicesOf(bench);
    expect(issued?.content.billedTo).toEqual({
      name: 'Ann',
      address: ['Bob', '1 Dock Road', 'London', 'GB'],
    });
  });
});

describe('the credit note of a refund', () => {
  const bought = async () => {
    const shop = await open();
    const orderId: OrderId = await buy(shop.bench, [
      [shop.mug, 2],
      [shop.pen, 1],
    ]);
    await shop.bench.settle();
    return { ...shop, orderId };
  };
  const noteOf = async (bench: OrderBench) => (await invoicesOf(bench))[1];

  it('has the goods that came back', async () => {
    const { bench, orderId, mug } = await bought();
    const lines = [{ productId: mug, quantity: 1 }];
    await bench.demand('refundOrder', { orderId, amount: gbp(500), lines, reason: 'chipped' });
    await bench.settle();
    const note = await noteOf(bench);
    expect(note).toMatchObject({
      ...{ number: 'CN-2026-000001', subject: { kind: 'CREDIT_NOTE', corrects: 'INV-2026-000001' } },
      content: { lines: [{ sku: 'MUG', quantity: 1, amount: gbp(500) }], total: gbp(500) },
    });
    expect(note?.content.other).toBeUndefined();
  });

  it('has a sum that no goods explain as another one', async () => {
    const { bench, orderId } = await bought();
    await bench.demand('refundOrder', { orderId, amount: gbp(70), reason: 'a scratch' });
    await bench.settle();
    expect((await noteOf(bench))?.content).toMatchObject({ lines: [], other: gbp(70), total: gbp(70) });
  });

  it('has a negative rest where less is given back than the goods cost', async () => {
    const { bench, orderId, mug } = await bought();
    const lines = [{ productId: mug, quantity: 1 }];
    await bench.demand('refundOrder', { orderId, amount: gbp(450), lines, reason: 'used' });
    await bench.settle();
    expect((await noteOf(bench))?.content).toMatchObject({ other: gbp(-50), total: gbp(450) });
  });

  it('has all of the order after a cancellation, and one for each refund', async () => {
    const { bench, orderId } = await bought();
    await bench.demand('cancelOrder', { orderId }, { as: customer(ann) });
    await bench.settle();
    expect((await noteOf(bench))?.content).toMatchObject({
      lines: [
        { sku: 'MUG', quantity: 2, unitPrice: gbp(500) },
        { sku: 'PEN', quantity: 1 },
      ],
      total: gbp(1_120),
    });
    expect(await invoicesOf(bench)).toHaveLength(2);
  });
});
