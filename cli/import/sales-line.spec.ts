import fc from 'fast-check';
import { defaultMapping, parseMapping } from './mapping';
import { goodsOf, minorUnits, saleOf } from './sales-line';

const rules = { mapping: defaultMapping, goods: /^\d{5}/, minorDigits: 2, dateFormat: 'M/D/Y' } as const;
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
  ])('%j is refused as %s, with its line', (over, code) => {
    expect(saleOf(record(over), rules)).toMatchObject({ file: 'sales.csv', line: 7, code });
  });

  it('passes a broken line on as it is', () => {
    expect(goodsOf({ file: 'sales.csv', line: 3, problem: 'Quote not closed' }, rules)).toEqual({
      file: 'sales.csv',
      line: 3,
      code: 'BROKEN_LINE',
      reason: 'Quote not closed',
    });
  });
});

describe('minor units', () => {
  it('are exact for every sum', () =>
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999, max: 99_999_999 }), (minor) => {
        const text = `${minor < 0 ? '-' : ''}${Math.floor(Math.abs(minor) / 100)}.${String(Math.abs(minor) % 100).padStart(2, '0')}`;
        expect(minorUnits(text, 2)! + 0).toBe(minor);
      }),
    ));
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

  it.each(['colour=Farbe', 'sku', 'sku='])('refuses "%s" and says what it takes', (word) => {
    expect(() => parseMapping([word])).toThrow('--map takes field=Column');
  });
});
