import type { AccountId, ProductFamilyId } from '../../../domain/kernel';
import {
  FamilyOption,
  FamilyVariant,
  productFamilies as families,
  ProductFamily,
} from '../../../projections/product-families';
import type { EdgeContext } from '../context';
import { mutationsConcept, shown, type Mutations } from './mutation';
import { combined, objectType } from './object-type';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { allowed, type Concept } from './resolvers';

type FamiliesArguments = PageArguments & { readonly seller?: AccountId | null };

const queries: Concept = {
  typeDefs: `
extend type Query {
  "The families of products, by name."
  productFamilies(${pageArguments}
    "Returns only families of this seller."
    seller: ID
  ): ProductFamilyConnection
  "A family of products by its id; null where there is none, or it was retired."
  productFamily(
    "The unique identifier of the family."
    id: ID!
  ): ProductFamily
}
`,
  resolvers: {
    Query: {
      productFamilies: allowed('everyone', ({ seller, ...args }: FamiliesArguments, { services }) =>
        connectionOf(services.readers.productFamilies.list(seller ?? undefined), args),
      ),
      productFamily: allowed('everyone', ({ id }: { readonly id: string }, { loaders, viewer }) =>
        loaders.productFamilies.load(id, viewer),
      ),
    },
  },
};

const familyType = objectType('ProductFamily', ProductFamily, {
  readModels: [families],
  types: { options: 'FamilyOption', variants: 'FamilyVariant' },
  omit: ['sellerId'],
  fields: {
    seller: {
      type: 'Seller',
      description: 'The seller; null where the shop itself sells the products.',
      resolve: ({ sellerId }: ProductFamily, _args: object, { loaders, viewer }: EdgeContext) =>
        sellerId && loaders.sellers.load(sellerId, viewer),
    },
  },
});

const variantType = objectType('FamilyVariant', FamilyVariant, {
  fields: {
    product: {
      type: 'Product',
      description: 'The product, also one that is no longer sold.',
      resolve: ({ productId }: FamilyVariant, _args: object, { loaders, viewer }: EdgeContext) =>
        loaders.products.load(productId, viewer),
    },
  },
});

const shownFamily = {
  shows: shown(
    'family',
    'ProductFamily',
    ({ familyId }: { readonly familyId: ProductFamilyId }, { loaders, viewer }) =>
      loaders.productFamilies.load(familyId, viewer),
  ),
};

export const productFamilyMutations = {
  createProductFamily: shownFamily,
  describeProductFamily: shownFamily,
  addProductVariant: shownFamily,
  changeProductVariant: shownFamily,
  removeProductVariant: shownFamily,
  retireProductFamily: {},
} satisfies Mutations;

export const productFamilies: Concept = combined(
  queries,
  familyType,
  objectType('FamilyOption', FamilyOption),
  variantType,
  connectionType('ProductFamily', 'productFamilies'),
  mutationsConcept(productFamilyMutations),
);
