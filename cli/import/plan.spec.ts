import { planOrders, planProducts } from './plan';
import type { SalesLine } from './sales-line';

const line = (over: Partial<SalesLine>): SalesLine => ({
  line: 2,
  reference: '536365',
  sku: '85123A',
  name: 'Heart',
  category: 'general',
  quantity: 6,
  date: '2010-12-01T08:26:00Z',
  priceMinor: 255,
  customer: '17850',
  ...over,
});

describe('planning products', () => {
  it('takes the latest price and name, whatever the order of the lines', () => {
    const products = planProducts([
      line({ date: '2010-12-02', priceMinor: 300, name: 'White heart' }),
      line({ date: '2010-12-01', priceMinor: 255, name: 'Heart' }),
    ]);
    expect(products).toEqual([{ sku: '85123A', name: 'White heart', category: 'general', priceMinor: 300 }]);
  });

  it('keeps a name when a later line has none, and calls the nameless by their code', () => {
    const products = planProducts([
      line({}),
      line({ date: '2010-12-03', name: '' }),
      line({ sku: '22139', name: '' }),
    ]);
    expect(products.map(({ name }) => name)).toEqual(['Heart', '22139']);
  });

  it('learns a name that only an earlier line knows', () => {
    expect(planProducts([line({ date: '2010-12-03', name: '' }), line({})])[0]!.name).toBe('Heart');
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
        reference: '536365',
        customer: '17850',
        sources: [2, 3, 4],
        lines: [
          { sku: '85123A', quantity: 10, priceMinor: 255 },
          { sku: '85123A', quantity: 6, priceMinor: 500 },
        ],
      },
    ]);
  });

  it('gives back at the price that was paid, from the latest earlier order that still has enough', () => {
    const plan = planOrders([
      line({ reference: '1', line: 2, priceMinor: 255 }),
      line({ reference: '2', line: 3, priceMinor: 300, quantity: 2 }),
      line({ reference: 'C3', line: 4, quantity: -5, priceMinor: 999 }),
    ]);
    expect(plan.refunds).toEqual([
      {
        reference: 'C3',
        undoes: '1',
        sources: [4],
        lines: [{ sku: '85123A', quantity: 5 }],
        amountMinor: 1275,
      },
    ]);
    expect(plan.refusals).toEqual([]);
  });

  it('never gives back more than was bought', () => {
    const plan = planOrders([
      line({ line: 2 }),
      line({ reference: 'C1', line: 3, quantity: -4 }),
      line({ reference: 'C2', line: 4, quantity: -4 }),
    ]);
    expect(plan.refunds.map(({ reference }) => reference)).toEqual(['C1']);
    expect(plan.refusals).toMatchObject([{ line: 4, code: 'NOTHING_TO_UNDO' }]);
  });

  it.each([
    ['somebody else bought', line({ customer: '1' })],
    ['was bought later', line({ line: 9 })],
  ])('refuses to undo what %s', (_, sale) => {
    const plan = planOrders([line({ reference: 'C9', line: 5, quantity: -1 }), sale]);
    expect(plan.refusals).toMatchObject([{ line: 5, code: 'NOTHING_TO_UNDO' }]);
  });

  it('refuses an invoice that names two customers', () => {
    const plan = planOrders([line({}), line({ line: 3, customer: '1' })]);
    expect(plan.orders).toEqual([]);
    expect(plan.refusals.map(({ code }) => code)).toEqual(['MIXED_CUSTOMERS', 'MIXED_CUSTOMERS']);
  });
});
