import { UsageError } from '../program/command';
import { sourceGiven, sourceOfFile } from './source-name';

describe('the name of a list', () => {
  it.each([
    ['sales.csv', 'sales'],
    ['/srv/Online-Retail-10k.CSV', 'online-retail-10k'],
    [`${'a'.repeat(100)}.csv`, 'a'.repeat(100)],
  ])('is that of its file, %s, where no character must be replaced', (file, source) => {
    expect(sourceOfFile(file)).toEqual({ source, given: false });
  });

  it('differs for every other name', () => {
    const names = [
      'my-sales',
      'my sales',
      'my_sales',
      'my.sales',
      'my  sales',
      'mý sales',
      'продажи',
      '销售',
      '-',
      '.csv',
    ];
    const sources = [...names, 'a'.repeat(101), 'a'.repeat(102)].map(
      (name) => sourceOfFile(`${name}.csv`).source,
    );
    expect(new Set(sources).size).toBe(sources.length);
    for (const source of sources) expect(source).toMatch(/^[a-z0-9-]{1,100}$/);
  });

  it('is the same for composed and decomposed letters', () => {
    expect(sourceOfFile('Verka\u0308ufe.csv')).toEqual(sourceOfFile('verk\u00e4ufe.csv'));
    expect(sourceOfFile('Sales 2024.csv')).toEqual({
      ...{ source: 'sales-2024-0a47f0bd', given: false, former: 'sales-2024' },
    });
  });

  it('is the given one, in lower case', () => {
    expect(sourceGiven('Shop-A')).toEqual({ source: 'shop-a', given: true });
  });

  it.each(['Shop A', 'shop_a', 'магазин', '', 'a'.repeat(101)])('cannot be "%s"', (name) => {
    expect(() => sourceGiven(name)).toThrow(UsageError);
  });

  it('includes the former name where it was simplified', () => {
    expect(() => sourceGiven('Shop A')).toThrow('so far are called shop-a.');
  });
});
