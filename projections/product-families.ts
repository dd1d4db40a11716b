import { z } from 'zod';
import type { AccountId, ProductFamilyId, ProductId } from '../domain/kernel';
import type { ProductFamilyEvent } from '../domain/product-family';
import { readModel, type DocumentOf, type Fold } from '../platform/projections';
import { instant, uuid } from './fields';

export const FamilyOption = z
  .strictObject({
    name: z.string().describe('The name, such as `Size`.'),
    values: z.array(z.string()).describe('The values in their order.'),
  })
  .describe('An option of a product family, with its values.');

export const FamilyVariant = z
  .strictObject({
    productId: uuid<ProductId>().describe('The ID of the product that has the values.'),
    values: z.array(z.string()).describe('A value of each option, in the order of the options.'),
  })
  .describe('A product of a family, with its values.');
export type FamilyVariant = DocumentOf<typeof FamilyVariant>;

export const ProductFamily = z
  .strictObject({
    id: uuid<ProductFamilyId>().describe('The unique identifier.'),
    name: z.string().describe('The name shown to customers.'),
    options: z.array(FamilyOption).describe('The options in their order: 1 to 3.'),
    sellerId: uuid<AccountId>()
      .nullable()
      .describe("The seller's account; null where the shop itself sells the products."),
    variants: z
      .array(FamilyVariant)
      .describe(
        'The products, in the order of the values of the first option, then of the next: at most 100.',
      ),
    createdAt: instant.describe('The time when the family was created.'),
  })
  .describe('Products that differ only in the values of some options, such as the sizes of a shirt.');
export type ProductFamily = DocumentOf<typeof ProductFamily>;

const inOrder = (variants: readonly FamilyVariant[], options: ProductFamily['options']): FamilyVariant[] => {
  const placesOf = ({ values }: FamilyVariant): readonly number[] =>
    options.map((option, index) => option.values.indexOf(values[index] ?? ''));
  return variants
    .map((variant) => ({ variant, places: placesOf(variant) }))
    .sort((one, other) => {
      const differing = one.places.findIndex((place, index) => place !== other.places[index]);
      return (one.places[differing] ?? 0) - (other.places[differing] ?? 0);
    })
    .map(({ variant }) => variant);
};

const changing =
  <Fact extends ProductFamilyEvent>(
    change: (family: ProductFamily, data: Fact['data']) => Partial<ProductFamily>,
  ): Fold<ProductFamily, Fact> =>
  (found, { data }) => {
    if (!found) return undefined;
    const changed = { ...found, ...change(found, data) };
    return { ...changed, variants: inOrder(changed.variants, changed.options) };
  };

const without = ({ variants }: ProductFamily, productId: ProductId): readonly FamilyVariant[] =>
  variants.filter((variant) => variant.productId !== productId);

export const productFamilies = readModel<ProductFamily, ProductFamilyEvent>('product_families', {
  question: 'Which products differ only in the values of options, and in which?',
  version: 1,
  document: ProductFamily,
  indexes: { by_name: ['name'], by_seller: ['sellerId', 'name'] },
  key: ({ data }) => data.familyId,
  on: {
    ProductFamilyCreated: (_, { data: { familyId: id, name, options, sellerId = null, createdAt } }) => ({
      id,
      name,
      options,
      sellerId,
      variants: [],
      createdAt,
    }),
    ProductVariantAdded: changing((family, { productId, values }) => ({
      variants: [...without(family, productId), { productId, values }],
    })),
    ProductVariantChanged: changing((family, { productId, values }) => ({
      variants: [...without(family, productId), { productId, values }],
    })),
    ProductVariantRemoved: changing((family, { productId }) => ({ variants: without(family, productId) })),
    ProductFamilyDescribed: changing((_, { name, options, variants }) => ({ name, options, variants })),
    ProductFamilyRetired: () => undefined,
  },
});
