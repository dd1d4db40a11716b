import type { OrderId, ProductId } from '../../domain/kernel';
import { productId } from '../../platform/ids';
import type { PlannedOrder, PlannedRefund } from './plan';
import { refusedBy } from './refused';
import { placeIn } from './report';

const sources = [{ file: 'a.csv', line: 2 }];
const order: PlannedOrder = {
  kind: 'order',
  reference: '1',
  customer: '7',
  soldAtMs: 0,
  sources,
  lines: [
    { sku: '10001', quantity: 1, priceMinor: 100 },
    { sku: '10002', quantity: 1, priceMinor: 100 },
  ],
};
const refund: PlannedRefund = { ...order, kind: 'refund', reference: 'C2', undoes: '1', amountMinor: 100 };

describe('an item that the platform refuses', () => {
  it('is reported with its goods, by their code in the list', () => {
    const refused = refusedBy({ code: 'PRODUCT_NOT_FOUND', productId: productId('10002') }, order);
    expect(refused).toMatchObject({ kind: 'order', reference: '1', sku: '10002', sources });
    expect(refused.reason).toMatch(/no product 10002\. Import the products/);
    const stranger = refusedBy({ code: 'PRODUCT_NOT_FOUND', productId: 'x' as ProductId }, order);
    expect(stranger.sku).toBeUndefined();
  });

  it('names the invoice that is refunded', () => {
    const refused = refusedBy({ code: 'ORDER_NOT_FOUND', orderId: 'o' as OrderId }, refund);
    expect(refused.reason).toContain('It refunds goods of invoice 1, which was not imported.');
  });

  it('has the platform’s text if the import has none', () => {
    const refused = refusedBy({ code: 'ORDER_TOO_LARGE', linesMax: 500, totalMinorMax: 9 }, order);
    expect(refused.reason).toBe(
      'An order has at most 500 lines and a total of at most 9 in minor units. Split it into several orders.',
    );
    expect(refused.figures).toEqual({ linesMax: 500, totalMinorMax: 9 });
  });
});

describe('a position in the list', () => {
  const at = (file: string, ...lines: number[]) => lines.map((line) => ({ file, line }));

  it('is its line numbers, with ranges', () => {
    expect(placeIn(['a.csv'], at('a.csv', 5))).toBe('line 5');
    expect(placeIn(['a.csv'], at('a.csv', 2, 3, 4, 7))).toBe('lines 2-4, 7');
  });

  it('contains the file’s name if there are several', () => {
    const files = ['a.csv', 'b.csv'];
    expect(placeIn(files, [...at('a.csv', 9), ...at('b.csv', 2, 3)])).toBe('a.csv line 9, b.csv lines 2-3');
  });
});
