import type { Instant, ProductId } from '../../domain/kernel';
import {
  ann,
  bob,
  createOrderBench,
  customer,
  furnish,
  gbp,
  idOf,
} from '../../tests/support/commands/order-fixture';

const here = { x: 1, y: 1 };
const asAnn = { as: customer(ann) };

const open = async () => {
  const bench = createOrderBench();
  return { bench, ...(await furnish(bench)) };
};

describe('importOrder', () => {
  const prepare = async () => {
    const opened = await open();
    const { bench, mug } = opened;
    const account = { email: 'cy@example.org', name: 'Cy', roles: [] };
    const { accountId: customerId } = await bench.demand('provisionAccount', account);
    const input = {
      source: 'old shop',
      reference: '536365',
      customerId,
      lines: [{ productId: mug, quantity: 6, unitPrice: gbp(255) }],
      destination: here,
      paymentMethod: 'test',
    };
    return { ...opened, input };
  };

  it('takes over the prices of their time, once a reference', async () => {
    const { bench, input } = await prepare();
    const first = await bench.demand('importOrder', input);
    const before = (await bench.events()).length;
    expect(first.change).toBe('new');
    expect(await bench.demand('importOrder', input)).toEqual({ ...first, change: 'known' });
    expect(await bench.status(first.orderId)).toBe('PAID');
    expect(await bench.events()).toHaveLength(before);
  });

  const soldAt = '2010-12-01T08:26:00.000Z' as Instant;

  it('keeps when it was sold, under which name and where to', async () => {
    const { bench, input } = await prepare();
    await bench.demand('importOrder', {
      ...input,
      soldAt: '2010-12-01T09:26:00+01:00' as Instant,
      country: ' Spain ',
    });
    const [placed] = (await bench.events()).filter(({ type }) => type === 'OrderPlaced');
    expect(placed?.data).toMatchObject({
      sale: { source: 'old shop', reference: '536365', soldAt, country: 'Spain' },
    });
    await expect(
      bench.send('importOrder', { ...input, soldAt: '2010-02-30T08:26:00Z' as Instant }),
    ).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it.each([
    ['another quantity', { quantity: 7, soldAt }, 'lines', gbp(1_785)],
    ['another date', { quantity: 6, soldAt: '2010-01-12T08:26:00.000Z' as Instant }, 'soldAt', gbp(1_530)],
  ])('refuses %s under a known reference, and nothing happens', async (_, change, what, now) => {
    const { bench, input } = await prepare();
    const { orderId } = await bench.demand('importOrder', { ...input, soldAt });
    const before = (await bench.events()).length;
    const lines = input.lines.map((line) => ({ ...line, quantity: change.quantity }));
    const other = { ...input, lines, soldAt: change.soldAt };
    const refusal = { code: 'ORDER_DIFFERS', orderId, differs: [what], was: gbp(1_530), now };
    expect(await bench.refusal('importOrder', other)).toEqual(refusal);
    expect(await bench.refusal('importOrder', other)).toEqual(refusal);
    expect(await bench.events()).toHaveLength(before);
  });

  it('accepts one of two concurrent orders that differ, and rejects the other', async () => {
    const { bench, input } = await prepare();
    const lines = input.lines.map((line) => ({ ...line, quantity: 7 }));
    const outcomes = await Promise.all([
      bench.send('importOrder', input),
      bench.send('importOrder', { ...input, lines }),
    ]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['accepted', 'rejected']);
    expect(outcomes).toContainEqual(
      expect.objectContaining({ rejection: expect.objectContaining({ code: 'ORDER_DIFFERS' }) as object }),
    );
  });

  it('pays what a first try left unpaid', async () => {
    const { bench, input } = await prepare();
    const first = await bench.demand('importOrder', { ...input, paymentMethod: 'test-declined' });
    expect(await bench.status(first.orderId)).toBe('PLACED');
    await bench.demand('payOrder', { orderId: first.orderId, paymentMethod: 'test' });
    expect(await bench.status(first.orderId)).toBe('PAID');
  });

  it('refuses unknown customers and products', async () => {
    const { bench, input } = await prepare();
    expect(await bench.refusal('importOrder', { ...input, customerId: bob })).toEqual({
      code: 'ACCOUNT_NOT_FOUND',
    });
    const productId = idOf('nothing') as ProductId;
    const lines = [{ productId, quantity: 1, unitPrice: gbp(1) }];
    expect(await bench.refusal('importOrder', { ...input, lines })).toEqual({
      code: 'PRODUCT_NOT_FOUND',
      productId,
    });
    await expect(bench.send('importOrder', input, asAnn)).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  });
});
