import { defaultMapping, parseMapping } from './mapping';
import { goodsOf, saleOf, type LineRules } from './sales-line';

const rules: LineRules = {
  ...{ mapping: defaultMapping, goods: /^\d{5}/, minorDigits: 2 },
  ...{ decimal: undefined, dateFormat: 'M/D/Y' },
};
const record = (over: Record<string, string> = {}) => ({
  file: 'sales.csv',
  line: 7,
  record: {
    InvoiceNo: '536365',
    StockCode: '85123a',
    Description: ' WHITE HEART ',
    Quantity: '6',
    InvoiceDate: '2010-12-01T08:26:00Z',
    UnitPrice: '2.55',
    CustomerID: '17850',
    ...over,
  },
});

describe('a line of sales', () => {
  it('is read with its goods code in capitals and its price in minor units', () => {
    expect(saleOf(record(), rules)).toMatchObject({
      sku: '85123A',
      name: 'WHITE HEART',
      quantity: 6,
      priceMinor: 255,
    });
  });

  it.each([
    [{ StockCode: '' }, 'NO_SKU'],
    [{ StockCode: 'POST' }, 'NOT_GOODS'],
    [{ StockCode: 'BANK CHARGES' }, 'NOT_GOODS'],
    [{ UnitPrice: '0' }, 'PRICE_NOT_POSITIVE'],
    [{ UnitPrice: '-1.00' }, 'PRICE_NOT_POSITIVE'],
    [{ UnitPrice: 'free' }, 'PRICE_UNREADABLE'],
    [{ UnitPrice: '1.005' }, 'PRICE_UNREADABLE'],
    [{ InvoiceDate: '' }, 'DATE_UNREADABLE'],
    [{ InvoiceDate: '31/1/2011 9:00' }, 'DATE_UNREADABLE'],
    [{ InvoiceNo: '' }, 'NO_REFERENCE'],
    [{ CustomerID: '' }, 'NO_CUSTOMER'],
    [{ Quantity: '0' }, 'QUANTITY_UNREADABLE'],
    [{ Quantity: '1.5' }, 'QUANTITY_UNREADABLE'],
    [{ Quantity: '1e400' }, 'QUANTITY_UNREADABLE'],
    [{ Quantity: '0x10' }, 'QUANTITY_UNREADABLE'],
    [{ Quantity: '1e3' }, 'QUANTITY_UNREADABLE'],
    [{ Quantity: '' }, 'QUANTITY_UNREADABLE'],
    [{ UnitPrice: '1,500' }, 'PRICE_UNREADABLE'],
    [{ UnitPrice: '1.500' }, 'PRICE_UNREADABLE'],
    [{ UnitPrice: '1,234.50' }, 'PRICE_UNREADABLE'],
    [{ UnitPrice: '0x10' }, 'PRICE_UNREADABLE'],
  ])('%j is refused as %s, with its line', (over, code) => {
    expect(saleOf(record(over), rules)).toMatchObject({ file: 'sales.csv', line: 7, code });
  });

  it.each([
    ['1.500', 3, undefined, 1_500],
    ['1.500', 2, '.', 150],
    ['1,500', 2, ',', 150],
    ['1500', 0, undefined, 1_500],
  ] as const)(
    'reads the price %s with %d minor digits and the mark %s as %d',
    (price, minorDigits, decimal, minor) => {
      const line = saleOf(record({ UnitPrice: price }), { ...rules, minorDigits, decimal });
      expect(line).toMatchObject({ priceMinor: minor });
    },
  );

  it('quotes a cell as one line, shortened, without control characters', () => {
    const cell = `\u001b[31m\nline 9: ${'x'.repeat(1_000)}`;
    for (const column of ['StockCode', 'UnitPrice', 'InvoiceDate', 'Quantity']) {
      const { reason } = saleOf(record({ [column]: cell }), rules) as { reason: string };
      expect(reason).toContain('\\u000a');
      expect(reason).not.toMatch(/\p{Cc}/u);
      expect(reason.length).toBeLessThan(250);
    }
  });

  it('reports a broken line with its reason', () => {
    expect(goodsOf({ file: 'sales.csv', line: 3, problem: 'Quote not closed', partial: {} }, rules)).toEqual({
      file: 'sales.csv',
      line: 3,
      code: 'BROKEN_LINE',
      reason: 'Quote not closed',
    });
  });
});

describe('a mapping', () => {
  it('replaces what it names and keeps the rest', () => {
    expect(parseMapping(['sku=Code,price=Net', 'name=Title'])).toMatchObject({
      sku: 'Code',
      price: 'Net',
      name: 'Title',
      customer: 'CustomerID',
    });
  });

  it.each([
    [['price=Price, net'], { price: 'Price, net' }],
    [['sku=Code, new,price=Price, net'], { sku: 'Code, new', price: 'Price, net' }],
    [['price=a=b'], { price: 'a=b' }],
    [['price="Price, sku=net",sku=Code'], { price: 'Price, sku=net', sku: 'Code' }],
    [
      ['sku=Code,price="Price ""net"", sku=5",name=Title'],
      { sku: 'Code', price: 'Price "net", sku=5', name: 'Title' },
    ],
    [['sku=Lineitem sku, price = Lineitem price'], { sku: 'Lineitem sku', price: 'Lineitem price' }],
  ])('names a column with commas or signs: %j', (words, expected) => {
    expect(parseMapping(words)).toEqual({ ...defaultMapping, ...expected });
  });

  it.each([[['sku=A', 'sku=B']], [['sku=A,sku=A']]])('refuses a field that is given twice: %j', (words) => {
    expect(() => parseMapping(words)).toThrow('--map names the column of sku more than once.');
  });

  it.each(['colour=Farbe', 'sku', 'sku=', 'sku=""', '', 'sku=Code,colour=Farbe'])(
    'refuses "%s" and says what it takes',
    (word) => {
      expect(() => parseMapping([word])).toThrow('--map takes field=Column');
    },
  );
});
