import { given } from '../../tests/support/domain/given';
import { fold, type Instant, type ProductFamilyId, type ProductId } from '../kernel';
import {
  productFamily,
  valuesOfVariant,
  variantName,
  variantsMax,
  type DescribedOption,
  type FamilyOption,
  type ProductFamilyEvent,
} from '.';

const familyId = 'family-1' as ProductFamilyId;
const [shirt, other] = ['shirt-s-red', 'shirt-m-red'] as readonly string[] as [ProductId, ProductId];
const at = '2026-11-30T09:00:00.000Z' as Instant;
const size: FamilyOption = { name: 'Size', values: ['S', 'M'] };
const colour: FamilyOption = { name: 'Colour', values: ['Red', 'Blue'] };
const options = [size, colour];

const create = (name = 'Shirt', of: readonly FamilyOption[] = options) =>
  ({ type: 'CreateProductFamily', familyId, name, options: of, at }) as const;
const add = (productId: ProductId, values: readonly string[], claim = 1) =>
  ({ type: 'AddVariant', familyId, productId, values, claim, at }) as const;
const change = (productId: ProductId, values: readonly string[]) =>
  ({ type: 'ChangeVariant', familyId, productId, values, at }) as const;
const remove = (productId: ProductId, claim = 1) =>
  ({ type: 'RemoveVariant', familyId, productId, claim, at }) as const;
const retire = { type: 'RetireProductFamily', familyId, at } as const;
const asDescribed = ({ name, values }: FamilyOption): DescribedOption => ({
  name,
  values: values.map((value) => ({ value })),
});
const describeAs = (of: readonly DescribedOption[], name = 'Shirt') =>
  ({ type: 'DescribeProductFamily', familyId, name, options: of, at }) as const;

const created: ProductFamilyEvent = {
  type: 'ProductFamilyCreated',
  data: { familyId, name: 'Shirt', options, createdAt: at },
};
const added = (productId: ProductId, values: readonly string[], claim = 1): ProductFamilyEvent => ({
  type: 'ProductVariantAdded',
  data: { familyId, productId, values, claim, options, addedAt: at },
});
const removed = (productId: ProductId, claim = 1): ProductFamilyEvent => ({
  type: 'ProductVariantRemoved',
  data: { familyId, productId, claim, removedAt: at },
});
const retired = (...productIds: ProductId[]): ProductFamilyEvent => ({
  type: 'ProductFamilyRetired',
  data: { familyId, productIds, retiredAt: at },
});
const red = added(shirt, ['S', 'Red']);
const notFound = { code: 'PRODUCT_FAMILY_NOT_FOUND', familyId } as const;

describe('a family', () => {
  it('is created', () => given(productFamily, []).when(create()).then([created]));

  it.each([
    ['a name', create(' '), { code: 'PRODUCT_FAMILY_INVALID', field: 'name', problem: 'BLANK' }],
    [
      'an option',
      create('Shirt', []),
      { code: 'OPTIONS_OUT_OF_RANGE', field: 'options', count: 0, min: 1, max: 3 },
    ],
    [
      'at most three options',
      create(
        'Shirt',
        ['a', 'b', 'c', 'd'].map((name) => ({ name, values: ['1'] })),
      ),
      { code: 'OPTIONS_OUT_OF_RANGE', field: 'options', count: 4, min: 1, max: 3 },
    ],
    [
      'names of options',
      create('Shirt', [{ ...size, name: '' }]),
      { code: 'PRODUCT_FAMILY_INVALID', field: 'options', problem: 'BLANK' },
    ],
    [
      'options of different names',
      create('Shirt', [size, { ...colour, name: 'SIZE' }]),
      { code: 'PRODUCT_FAMILY_INVALID', field: 'options', problem: 'TWICE' },
    ],
    [
      'a value of each option',
      create('Shirt', [{ ...size, values: [] }]),
      { code: 'OPTIONS_OUT_OF_RANGE', field: 'values', count: 0, min: 1, max: 50 },
    ],
    [
      'different values',
      create('Shirt', [{ ...size, values: ['M', 'm'] }]),
      { code: 'PRODUCT_FAMILY_INVALID', field: 'values', problem: 'TWICE' },
    ],
    [
      'visible values',
      create('Shirt', [{ ...size, values: ['M', '\u200B'] }]),
      { code: 'PRODUCT_FAMILY_INVALID', field: 'values', problem: 'BLANK' },
    ],
  ] as const)('has %s', (_, command, rejection) =>
    given(productFamily, []).when(command).thenRejected(rejection),
  );

  it('is retired with its products, once', () =>
    given(productFamily, [created, red])
      .when(retire)
      .then([retired(shirt)]));

  it('has no products after its end', () => {
    given(productFamily, [created, retired()])
      .when(add(shirt, ['S', 'Red']))
      .thenRejected(notFound);
    given(productFamily, [created, red, retired(shirt)])
      .when(remove(shirt))
      .then([]);
  });

  it.each([add(shirt, ['S', 'Red']), change(shirt, ['S', 'Red']), remove(shirt), retire, describeAs([])])(
    'that is unknown is not found by $type',
    (command) => given(productFamily, []).when(command).thenRejected(notFound),
  );
});

describe('the products of a family', () => {
  it('gain one', () =>
    given(productFamily, [created])
      .when(add(shirt, ['S', 'Red']))
      .then([red]));

  it('have a value of each option', () =>
    given(productFamily, [created])
      .when(add(shirt, ['S']))
      .thenRejected({ code: 'OPTIONS_OUT_OF_RANGE', field: 'values', count: 1, min: 2, max: 2 }));

  it('have values of the options', () =>
    given(productFamily, [created])
      .when(add(shirt, ['S', 'Green']))
      .thenRejected({
        ...{ code: 'OPTION_VALUE_UNKNOWN', option: 'Colour', value: 'Green', known: ['Red', 'Blue'] },
      }));

  it('have each combination once', () =>
    given(productFamily, [created, red])
      .when(add(other, ['S', 'Red']))
      .thenRejected({ code: 'VARIANT_COMBINATION_TAKEN', values: ['S', 'Red'], productId: shirt }));

  it('are at most a hundred', () => {
    const values = Array.from({ length: 50 }, (_, index) => `${index}`);
    const many = [
      { name: 'a', values },
      { name: 'b', values },
    ];
    const full: ProductFamilyEvent[] = Array.from({ length: variantsMax }, (_, index) => ({
      type: 'ProductVariantAdded',
      data: {
        ...{ familyId, productId: `${index}` as ProductId, claim: 1, options: many, addedAt: at },
        values: [`${index % 50}`, `${Math.floor(index / 50)}`],
      },
    }));
    given(productFamily, [
      { ...created, data: { ...created.data, options: many } } as typeof created,
      ...full,
    ])
      .when(add(shirt, ['0', '9']))
      .thenRejected({ code: 'VARIANTS_FULL', max: variantsMax });
  });

  it('are there once, with the values that they were given', () =>
    given(productFamily, [created, red])
      .when(add(shirt, ['M', 'Red']))
      .thenRejected({ code: 'VARIANT_ALREADY_ADDED', productId: shirt, values: ['S', 'Red'] }));

  it('change their values', () =>
    given(productFamily, [created, red])
      .when(change(shirt, ['M', 'Red']))
      .then([
        {
          type: 'ProductVariantChanged',
          data: { familyId, productId: shirt, values: ['M', 'Red'], options, changedAt: at },
        },
      ]));

  it('do not change to the values of another', () =>
    given(productFamily, [created, red, added(other, ['M', 'Red'])])
      .when(change(shirt, ['M', 'Red']))
      .thenRejected({ code: 'VARIANT_COMBINATION_TAKEN', values: ['M', 'Red'], productId: other }));

  it('do not change where they are not of the family', () =>
    given(productFamily, [created])
      .when(change(shirt, ['M', 'Red']))
      .thenRejected({ code: 'VARIANT_NOT_FOUND', productId: shirt }));

  it('lose one, whose combination is free again', () => {
    given(productFamily, [created, red])
      .when(remove(shirt))
      .then([removed(shirt)]);
    given(productFamily, [created, red, removed(shirt)])
      .when(add(other, ['S', 'Red']))
      .then([added(other, ['S', 'Red'])]);
  });
});

describe('a claim', () => {
  it('that has ended makes no variant any more, whichever comes first', () => {
    given(productFamily, [created, red, removed(shirt)])
      .when(add(shirt, ['S', 'Red']))
      .then([]);
    given(productFamily, [created])
      .when(remove(shirt))
      .then([removed(shirt)]);
    given(productFamily, [created, removed(shirt)])
      .when(add(shirt, ['S', 'Red']))
      .then([]);
  });

  it('is not ended by the end of an earlier one', () => {
    const again = added(shirt, ['S', 'Red'], 2);
    given(productFamily, [created, red, again]).when(remove(shirt)).then([]);
    given(productFamily, [created, red])
      .when(add(shirt, ['S', 'Red'], 2))
      .then([again]);
  });
});

describe('another description', () => {
  const described = (
    of: readonly FamilyOption[],
    variants: readonly { productId: ProductId; values: readonly string[] }[],
  ): ProductFamilyEvent => ({
    type: 'ProductFamilyDescribed',
    data: { familyId, name: 'Shirt', options: of, variants, describedAt: at },
  });

  it('renames options and values, also those of products', () =>
    given(productFamily, [created, red])
      .when(
        describeAs([
          asDescribed(size),
          { name: 'Color', values: [{ value: 'Crimson', was: 'Red' }, { value: 'Blue' }] },
        ]),
      )
      .then([
        described(
          [size, { name: 'Color', values: ['Crimson', 'Blue'] }],
          [{ productId: shirt, values: ['S', 'Crimson'] }],
        ),
      ]));

  it('adds values, puts them into another order and removes those of no product', () => {
    const sizes = { name: 'Size', values: ['XS', 'S'] };
    given(productFamily, [created, red])
      .when(describeAs([asDescribed(sizes), asDescribed(colour)]))
      .then([described([sizes, colour], [{ productId: shirt, values: ['S', 'Red'] }])]);
  });

  it('lets two values change places', () => {
    const swapped = { name: 'Colour', values: ['Blue', 'Red'] };
    given(productFamily, [created, red])
      .when(
        describeAs([
          asDescribed(size),
          {
            name: 'Colour',
            values: [
              { value: 'Blue', was: 'Red' },
              { value: 'Red', was: 'Blue' },
            ],
          },
        ]),
      )
      .then([described([size, swapped], [{ productId: shirt, values: ['S', 'Blue'] }])]);
  });

  it('keeps the values of products', () =>
    given(productFamily, [created, red])
      .when(describeAs([asDescribed(size), { name: 'Colour', values: [{ value: 'Blue' }] }]))
      .thenRejected({ code: 'OPTION_VALUE_IN_USE', option: 'Colour', value: 'Red', variants: 1 }));

  it('does not make two values of one', () =>
    given(productFamily, [created, red])
      .when(
        describeAs([
          asDescribed(size),
          { name: 'Colour', values: [{ value: 'Red' }, { value: 'Crimson', was: 'Red' }] },
        ]),
      )
      .thenRejected({ code: 'PRODUCT_FAMILY_INVALID', field: 'values', problem: 'TWICE' }));

  it('keeps the number of options while there are products', () => {
    given(productFamily, [created, red])
      .when(describeAs([asDescribed(size)]))
      .thenRejected({ code: 'OPTIONS_OUT_OF_RANGE', field: 'options', count: 1, min: 2, max: 2 });
    given(productFamily, [created])
      .when(describeAs([asDescribed(size)]))
      .then([described([size], [])]);
  });
});

it('names a product with its values', () => {
  const state = fold(productFamily.evolve, productFamily.initial, [created, red]);
  expect(variantName('Shirt', valuesOfVariant(state, shirt))).toBe('Shirt (S, Red)');
  expect(variantName('Shirt', valuesOfVariant(state, other))).toBe('Shirt');
});
