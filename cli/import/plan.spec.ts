import { planOrders, planProducts } from './plan';
import type { SalesLine } from './sales-line';

const file = 'sales.csv';
const at = (text: string): number => Date.parse(text);

const line = (over: Partial<SalesLine>): SalesLine => ({
  file,
  line: 2,
  reference: '536365',
  sku: '85123A',
  name: 'Heart',
  category: '',
  quantity: 6,
  soldAtMs: at('2010-12-01T08:26:00Z'),
  priceMinor: 255,
  customer: '17850',
  country: '',
  ...over,
});

describe('planning products', () => {
  it('takes the latest price, name and category, in any order of the lines', () => {
    const products = planProducts([
      line({ line: 2, soldAtMs: at('2011-10-01'), priceMinor: 300, name: 'White heart', category: 'hearts' }),
      line({ line: 3, soldAtMs: at('2011-09-01'), category: 'lights' }),
    ]);
    expect(products).toEqual([
      {
        kind: 'product',
        sku: '85123A',
        name: 'White heart',
        category: 'hearts',
        priceMinor: 300,
        sources: [{ file, line: 2 }],
      },
    ]);
  });

  it('takes the later of two lines with the same time', () => {
    const products = planProducts([line({ line: 2 }), line({ line: 3, priceMinor: 300 })]);
    expect(products).toMatchObject([{ priceMinor: 300, sources: [{ line: 3 }] }]);
  });

  it('keeps a name when a later line has none, and has none where no line has one', () => {
    const products = planProducts([
      line({}),
      line({ soldAtMs: at('2010-12-03'), name: '' }),
      line({ sku: '22139', name: '' }),
    ]);
    expect(products.map(({ sku, name }) => [sku, name])).toEqual(
      expect.arrayContaining([
        ['85123A', 'Heart'],
        ['22139', undefined],
      ]),
    );
  });

  it('takes a name that only an earlier line has', () => {
    const products = planProducts([line({ soldAtMs: at('2010-12-03'), name: '' }), line({})]);
    expect(products[0]!.name).toBe('Heart');
  });
});

describe('planning orders', () => {
  it('makes one order an invoice and one line a product and price', () => {
    const { orders } = planOrders([
      line({}),
      line({ line: 3, quantity: 4 }),
      line({ line: 4, priceMinor: 500 }),
    ]);
    expect(orders).toEqual([
      {
        kind: 'order',
        reference: '536365',
        customer: '17850',
        soldAtMs: at('2010-12-01T08:26:00Z'),
        sources: [2, 3, 4].map((number) => ({ file, line: number })),
        lines: [
          { sku: '85123A', quantity: 10, priceMinor: 255 },
          { sku: '85123A', quantity: 6, priceMinor: 500 },
        ],
      },
    ]);
  });

  it('refunds at the price that was paid, from the latest earlier order that still has enough', () => {
    const plan = planOrders([
      line({ reference: '1', line: 2, priceMinor: 255 }),
      line({ reference: '2', line: 3, priceMinor: 300, quantity: 2 }),
      line({ reference: 'C3', line: 4, quantity: -5, priceMinor: 999 }),
    ]);
    expect(plan.refunds).toEqual([
      {
        kind: 'refund',
        reference: 'C3',
        undoes: '1',
        customer: '17850',
        sources: [{ file, line: 4 }],
        lines: [{ sku: '85123A', quantity: 5 }],
        amountMinor: 1275,
      },
    ]);
    expect(plan.refusals).toEqual([]);
  });

  it('refunds from several orders, the latest first, where none has enough', () => {
    const plan = planOrders([
      line({ reference: '1', line: 2, priceMinor: 255, quantity: 6 }),
      line({ reference: '2', line: 3, priceMinor: 300, quantity: 2 }),
      line({ reference: 'C3', line: 4, quantity: -7 }),
      line({ reference: 'C4', line: 5, quantity: -1 }),
    ]);
    expect(plan.refunds).toMatchObject([
      { reference: 'C3', undoes: '2', lines: [{ quantity: 2 }], amountMinor: 600 },
      { reference: 'C3', undoes: '1', lines: [{ quantity: 5 }], amountMinor: 1275 },
      { reference: 'C4', undoes: '1', lines: [{ quantity: 1 }], amountMinor: 255 },
    ]);
    expect(plan.refusals).toEqual([]);
  });

  it('finds the orders of an earlier file, and plans that file as it did alone', () => {
    const january = [
      line({ file: 'january.csv', reference: '1', line: 2 }),
      line({ file: 'january.csv', reference: 'C1', line: 3, quantity: -1 }),
    ];
    const february = [
      line({ file: 'february.csv', reference: '2', line: 2, quantity: 1 }),
      line({ file: 'february.csv', reference: 'C2', line: 3, quantity: -5 }),
    ];
    expect(planOrders(february).refunds).toEqual([]);
    const both = planOrders([...january, ...february]);
    expect(both.refunds).toMatchObject([...planOrders(january).refunds, { reference: 'C2', undoes: '1' }]);
  });

  it('never refunds more than was bought', () => {
    const plan = planOrders([
      line({ line: 2 }),
      line({ reference: 'C1', line: 3, quantity: -4 }),
      line({ reference: 'C2', line: 4, quantity: -4 }),
    ]);
    expect(plan.refunds.map(({ reference }) => reference)).toEqual(['C1']);
    const reason = expect.stringMatching(/C2 gives back 4 × 85123A.* 17850 only 2\./) as string;
    expect(plan.refusals).toMatchObject([{ file, line: 4, code: 'NOTHING_TO_UNDO', reason }]);
  });

  it.each([
    ['another customer bought', line({ customer: '1' })],
    ['was bought later', line({ line: 9 })],
  ])('refuses to cancel goods that %s', (_, sale) => {
    const plan = planOrders([line({ reference: 'C9', line: 5, quantity: -1 }), sale]);
    expect(plan.refusals).toMatchObject([{ line: 5, code: 'NOTHING_TO_UNDO' }]);
  });

  it('dates an order by its earliest line, and takes the country from any line that has it', () => {
    const [earlier, later] = [at('2010-12-01T08:26:00Z'), at('2010-12-02T08:26:00Z')];
    const { orders } = planOrders([
      line({ soldAtMs: later }),
      line({ line: 3, soldAtMs: earlier, country: 'Spain' }),
      line({ line: 4, reference: '2', soldAtMs: later }),
    ]);
    expect(orders.map(({ soldAtMs, country }) => [soldAtMs, country])).toEqual([
      [earlier, 'Spain'],
      [later, undefined],
    ]);
  });

  it('refuses an invoice that names two countries', () => {
    const plan = planOrders([line({ country: 'Spain' }), line({ line: 3, country: 'France' })]);
    expect(plan.orders).toEqual([]);
    expect(plan.refusals.map(({ code }) => code)).toEqual(['MIXED_COUNTRIES', 'MIXED_COUNTRIES']);
  });

  it('refuses an invoice that names two customers', () => {
    const plan = planOrders([line({}), line({ line: 3, customer: '1' })]);
    expect(plan.orders).toEqual([]);
    expect(plan.refusals.map(({ code }) => code)).toEqual(['MIXED_CUSTOMERS', 'MIXED_CUSTOMERS']);
  });
});
