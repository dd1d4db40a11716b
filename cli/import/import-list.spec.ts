import { inProcessCommands } from '../../commands/client/in-process';
import type { CurrencyCode } from '../../domain/money';
import { orderIdOfImport } from '../../platform/ids';
import { heardTerminal } from '../../tests/support/process/heard-terminal';
import { createOrderBench } from '../../tests/support/commands/order-fixture';
import type { Invocation } from '../program/command';
import { importOrders, importProducts } from './import-list';
import type { Report } from './report';
import type { SalesLine } from './sales-line';
import { createSender } from './send';

const january = Date.parse('2026-01-31T09:00:00Z');

const lineOf = (line: number, over: Partial<SalesLine>): SalesLine => ({
  file: 'sales.csv',
  line,
  reference: '1',
  sku: '10001',
  name: 'Cup',
  category: '',
  quantity: 1,
  soldAtMs: january,
  priceMinor: 100,
  customer: '7',
  country: 'Spain',
  ...over,
});

/** Lines as a file has them: numbered from 2. */
const list = (...lines: readonly Partial<SalesLine>[]): readonly SalesLine[] =>
  lines.map((over, index) => lineOf(index + 2, over));

const setUp = () => {
  const bench = createOrderBench();
  const commands = inProcessCommands(bench.life().useCases, { clock: bench.clock });
  const { terminal, err } = heardTerminal();
  const { signal } = new AbortController();
  const invocation: Invocation = { args: [], environment: {}, terminal, signal };
  const sender = (source: string) =>
    createSender(commands, {
      ...{ source, run: 'run', currency: 'GBP' as CurrencyCode, paymentMethod: 'test' },
      destinationOf: () => ({ x: 1, y: 1 }),
    });
  /** Imports the goods, then the orders of a list. */
  const run = async (lines: readonly SalesLine[], source = 'shop'): Promise<Report> => {
    await importProducts(lines, sender(source), invocation);
    return (await importOrders(lines, sender(source), invocation)).report;
  };
  const count = async (type: string): Promise<number> =>
    (await bench.events()).filter((event) => event.type === type).length;
  return { bench, run, count, err };
};

const refusalsOf = ({ refused }: Report) =>
  refused.map(({ kind, reference, code }) => `${kind} ${reference} ${code}`);

describe('a list that is imported again', () => {
  const sales = list({}, { reference: 'C1', quantity: -1 });

  it('changes nothing where it is the same', async () => {
    const { run, count, err } = setUp();
    expect(await run(sales)).toMatchObject({
      orders: { new: 1, known: 0 },
      refunds: { new: 1, known: 0 },
      refused: [],
    });
    expect(await run(sales)).toMatchObject({
      taken: { orders: 1, refunds: 1 },
      orders: { new: 0, known: 1 },
      refunds: { new: 0, known: 1 },
      refused: [],
    });
    expect(await count('OrderRefundRequested')).toBe(1);
    expect(err.at(-1)).toBe('1 of 1 refunds taken.');
  });

  it('keeps the date, the name and the country of each sale', async () => {
    const { bench, run } = setUp();
    await run(sales);
    const placed = (await bench.events()).find(({ type }) => type === 'OrderPlaced');
    expect(placed?.data).toMatchObject({
      sale: { source: 'shop', reference: '1', soldAt: '2026-01-31T09:00:00.000Z', country: 'Spain' },
    });
  });

  it('refuses an invoice with a changed or added line, and takes the others', async () => {
    const { bench, run, count } = setUp();
    await run(list({}, { reference: '2' }));
    const report = await run(list({}, { sku: '10002', priceMinor: 123_450 }, { reference: '2' }));
    expect(report).toMatchObject({ taken: { orders: 1 }, orders: { new: 0, known: 1 } });
    const [refused] = report.refused;
    expect(refused).toMatchObject({
      ...{ kind: 'order', reference: '1', code: 'ORDER_DIFFERS' },
      sources: [{ line: 2 }, { line: 3 }],
      figures: { orderId: orderIdOfImport('shop', '1'), differs: ['lines'] },
    });
    expect(refused?.reason).toMatch(
      /^Invoice 1 was imported before with other content\. .*£1\.00.*£1,235\.50\./,
    );
    expect(await count('OrderPlaced')).toBe(2);
    expect(await bench.status(orderIdOfImport('shop', '1'))).toBe('PAID');
  });

  it.each([
    ['another customer', { customer: '8' }, 'customer'],
    ['another date', { soldAtMs: january + 1 }, 'soldAt'],
    ['another country', { country: 'France' }, 'country'],
  ])('refuses an invoice with %s', async (_, change, what) => {
    const { run } = setUp();
    await run(list({}));
    const [refused] = (await run(list(change))).refused;
    expect(refused).toMatchObject({ code: 'ORDER_DIFFERS', figures: { differs: [what] } });
  });

  it('is another list under another source', async () => {
    const { run } = setUp();
    await run(list({}));
    expect(await run(list({ quantity: 2 }), 'other')).toMatchObject({ orders: { new: 1 }, refused: [] });
  });
});

describe('a cancellation that is imported again', () => {
  const sold = [{ quantity: 5 }, { sku: '10002', quantity: 5 }];

  it('is refused where it continues in the next file', async () => {
    const { run, count } = setUp();
    await run(list(...sold, { reference: 'C1', quantity: -1 }));
    const more = list(
      ...sold,
      { reference: 'C1', quantity: -1 },
      { reference: 'C1', sku: '10002', quantity: -2 },
    );
    const report = await run(more);
    expect(refusalsOf(report)).toEqual(['refund C1 REFUND_DIFFERS']);
    expect(report).toMatchObject({ taken: { orders: 1, refunds: 0 } });
    expect(report.refused[0]?.reason).toContain('£1.00 instead of £3.00.');
    expect(await count('OrderRefundRequested')).toBe(1);
  });

  it('is not refunded a second time from another order that a corrected list has added', async () => {
    const { run, count } = setUp();
    const cancelled = { reference: 'C1', quantity: -1 };
    await run(list({ reference: '1' }, cancelled));
    const report = await run(list({ reference: '1' }, { reference: '2' }, cancelled));
    expect(report).toMatchObject({ orders: { new: 1, known: 1 }, taken: { refunds: 0 } });
    expect(refusalsOf(report)).toEqual(['refund C1 REFUND_DIFFERS']);
    expect(report.refused[0]?.reason).toContain(
      'C1 is known to have given back goods of invoice 1 otherwise',
    );
    expect(await count('OrderRefundRequested')).toBe(1);
  });

  it('is not refunded from another order where the existing refund differs', async () => {
    const { run, count } = setUp();
    const cancelled = { reference: 'C1', quantity: -2 };
    await run(list({ reference: '1', quantity: 2 }, cancelled));
    // Fewer of the first order and one of another one now; the first order was imported with other content.
    const report = await run(list({ reference: '0' }, { reference: '1' }, cancelled));
    expect(refusalsOf(report)).toEqual([
      'order 1 ORDER_DIFFERS',
      'refund C1 ORDER_REFUSED',
      'refund C1 ORDER_REFUSED',
    ]);
    expect(await count('OrderRefundRequested')).toBe(1);
  });

  it('is completed where the existing part is the same', async () => {
    const { run, count } = setUp();
    const both = list({ reference: '1' }, { reference: '2' }, { reference: 'C1', quantity: -2 });
    await run(both.slice(0, 2));
    const first = list({ reference: '1' }, { reference: '2' }, { reference: 'C1', quantity: -1 });
    expect(await run(first)).toMatchObject({ refunds: { new: 1, known: 0 } });
    expect(await run(both)).toMatchObject({ refunds: { new: 1, known: 1 }, refused: [] });
    expect(await count('OrderRefundRequested')).toBe(2);
  });

  it('is not refunded from an order that was refused', async () => {
    const { run, count } = setUp();
    await run(list({ priceMinor: 200 }));
    const report = await run(list({}, { reference: 'C1', quantity: -1 }));
    expect(refusalsOf(report)).toEqual(['order 1 ORDER_DIFFERS', 'refund C1 ORDER_REFUSED']);
    expect(await count('OrderRefundRequested')).toBe(0);
  });
});
