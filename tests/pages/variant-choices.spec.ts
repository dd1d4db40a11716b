import { missingCombinations, valuesIn } from '../../web/families/combinations';
import { choicesOf, type VariantChoice } from '../../web/shop/products/choices';

const variant = (
  productId: string,
  values: readonly string[],
  isInStock = true,
  isSold = true,
): VariantChoice => ({
  ...{ productId, values, isInStock, isSold },
});
const shop = [
  variant('s-red', ['S', 'Red']),
  variant('m-red', ['M', 'Red'], false),
  variant('m-blue', ['M', 'Blue']),
  variant('l-red', ['L', 'Red'], true, false),
];

describe('the choices of an option', () => {
  it('lead to the product that differs in it alone, or say what is in the way', () =>
    expect(choicesOf(['S', 'M', 'L', 'XL'], 0, ['S', 'Red'], shop)).toEqual([
      { value: 'S', productId: 's-red', obstacle: undefined },
      { value: 'M', productId: 'm-red', obstacle: { kind: 'sold-out' } },
      { value: 'L', productId: 'l-red', obstacle: { kind: 'not-sold' } },
      { value: 'XL', productId: undefined, obstacle: { kind: 'never' } },
    ]));

  it('lead to another combination where there is none such', () =>
    expect(choicesOf(['Red', 'Blue'], 1, ['S', 'Red'], shop)).toEqual([
      { value: 'Red', productId: 's-red', obstacle: undefined },
      { value: 'Blue', productId: 'm-blue', obstacle: { kind: 'otherwise', values: ['M'] } },
    ]));
});

describe('the grid of a family', () => {
  const options = [
    { name: 'Size', values: ['S', 'M'] },
    { name: 'Colour', values: ['Red', 'Blue'] },
  ];

  it('has the combinations without a product, in their order', () =>
    expect(missingCombinations(options, [['S', 'Blue']])).toEqual([
      ['S', 'Red'],
      ['M', 'Red'],
      ['M', 'Blue'],
    ]));

  it('ends at a number of rows', () => expect(missingCombinations(options, [], 3)).toHaveLength(3));

  it('reads values that are separated in English or in Chinese', () =>
    expect(valuesIn(' S, M，L、 ')).toEqual(['S', 'M', 'L']));
});
