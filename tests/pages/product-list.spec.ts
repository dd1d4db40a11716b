import { parse } from 'csv-parse/sync';
import { delimiterOf, isRight, productListOf, type ListRow } from '../../web/seller/product-list';

const listOf = (text: string) => {
  const delimiter = delimiterOf(text);
  const records = parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true });
  return productListOf(records.map((fields, at) => ({ line: at + 1, fields })));
};

const titles = 'sku,name,category,price,currency';

const rowsOf = (text: string): readonly ListRow[] => {
  const list = listOf(text);
  if (list.kind !== 'list') throw new Error(JSON.stringify(list));
  return list.rows;
};

describe('a list of products', () => {
  it('has its columns in any order and case, also the optional ones', () => {
    const [row] = rowsOf('PRICE; Name ;sku;category;currency;image_url\n8.90;Mug;MUG-9;kitchen;GBP;\n');
    expect(row).toMatchObject({
      cells: {
        sku: 'MUG-9',
        name: 'Mug',
        category: 'kitchen',
        price: '8.90',
        description: '',
        image_url: '',
      },
      problems: {},
    });
    expect(row && isRight(row)).toBe(true);
  });

  it.each([
    ['MUG,Mug,kitchen,8.905,GBP', { price: 'NOT_AN_AMOUNT' }],
    ['MUG,Mug,kitchen,"8,90",GBP', { price: 'NOT_AN_AMOUNT' }],
    ['MUG,Mug,kitchen,-1,GBP', { price: 'NOT_AN_AMOUNT' }],
    ['MUG,Mug,kitchen,8.5,JPY', { price: 'NOT_AN_AMOUNT' }],
    ['MUG,Mug,kitchen,8.90,pounds', { currency: 'NOT_A_CURRENCY' }],
    [',Mug,,8.90,', { sku: 'MISSING', category: 'MISSING', currency: 'MISSING' }],
    ['MUG,Mug', { category: 'MISSING', price: 'MISSING', currency: 'MISSING' }],
  ])('has the mistakes of the line %s in their columns', (line, problems) => {
    const [row] = rowsOf(`${titles}\n${line}\n`);
    expect(row?.problems).toEqual(problems);
    expect(row && isRight(row)).toBe(false);
  });

  it('has each SKU once', () => {
    const problems = rowsOf(`${titles}\nA,a,c,1,EUR\nA,b,c,1,EUR\n,b,c,1,EUR\n`).map((row) => row.problems);
    expect(problems).toEqual([{}, { sku: 'TWICE' }, { sku: 'MISSING' }]);
  });

  it('names the columns that it lacks', () =>
    expect(listOf('sku,name,price\nA,a,1\n')).toEqual({
      kind: 'missing-columns',
      columns: ['category', 'currency'],
    }));

  it.each([
    ['', 'EMPTY'],
    [`${titles}\n`, 'EMPTY'],
    [`${titles}\n${'A,a,c,1,EUR\n'.repeat(5_001)}`, 'TOO_LONG'],
  ])('is not imported without rows, or with too many', (text, why) =>
    expect(listOf(text)).toEqual({ kind: 'unusable', why }),
  );
});
