import type { AccountId, Instant, ProductFamilyId, ProductId } from '../domain/kernel';
import { itProjects } from '../tests/support/projections/it-projects';
import { productFamilies, type ProductFamily } from './product-families';

const id = 'shirts' as ProductFamilyId;
const [one, two, three] = ['one', 'two', 'three'] as readonly string[] as [ProductId, ProductId, ProductId];
const at = '2026-11-30T09:00:00.000Z' as Instant;
const options = [
  { name: 'Size', values: ['S', 'M'] },
  { name: 'Colour', values: ['Red', 'Blue'] },
];
const created = {
  type: 'ProductFamilyCreated',
  data: { familyId: id, name: 'Shirt', options, createdAt: at },
} as const;
const empty: ProductFamily = { id, name: 'Shirt', options, sellerId: null, variants: [], createdAt: at };
const smallBlue = { productId: one, values: ['S', 'Blue'] };
const mediumRed = { productId: two, values: ['M', 'Red'] };
const smallRed = { productId: three, values: ['S', 'Red'] };
const added = (variant: typeof smallRed) =>
  ({
    type: 'ProductVariantAdded',
    data: { familyId: id, ...variant, claim: 1, options, addedAt: at },
  }) as const;
const of = (...variants: ProductFamily['variants']): ProductFamily => ({ ...empty, variants });

itProjects(productFamilies, [
  { on: created, because: 'is created', touches: [{ id, after: empty }] },
  {
    on: { ...created, data: { ...created.data, sellerId: 'sam' as AccountId } },
    because: 'is of a seller',
    touches: [{ id, after: { ...empty, sellerId: 'sam' as AccountId } }],
  },
  {
    on: added(smallRed),
    because: 'has its products in the order of their values',
    touches: [{ id, before: of(smallBlue, mediumRed), after: of(smallRed, smallBlue, mediumRed) }],
  },
  {
    on: { type: 'ProductVariantChanged', data: { familyId: id, ...smallRed, options, changedAt: at } },
    because: 'has a product with other values',
    touches: [
      {
        id,
        before: of(smallBlue, { productId: three, values: ['M', 'Blue'] }),
        after: of(smallRed, smallBlue),
      },
    ],
  },
  {
    on: { type: 'ProductVariantRemoved', data: { familyId: id, productId: one, claim: 1, removedAt: at } },
    because: 'has a product less',
    touches: [{ id, before: of(smallBlue, mediumRed), after: of(mediumRed) }],
  },
  {
    on: {
      type: 'ProductFamilyDescribed',
      data: {
        ...{ familyId: id, name: 'Tee', describedAt: at, variants: [mediumRed, smallBlue] },
        options: [{ name: 'Size', values: ['M', 'S'] }, options[1]!],
      },
    },
    because: 'has another name and another order',
    touches: [
      {
        id,
        before: of(smallBlue, mediumRed),
        after: {
          ...empty,
          name: 'Tee',
          options: [{ name: 'Size', values: ['M', 'S'] }, options[1]!],
          variants: [mediumRed, smallBlue],
        },
      },
    ],
  },
  {
    on: { type: 'ProductFamilyRetired', data: { familyId: id, productIds: [one], retiredAt: at } },
    because: 'is retired',
    touches: [{ id, before: of(smallBlue) }],
  },
]);
