import { reviewSubjectOf, reviewsField, type ReviewArguments } from './reviews';
import type { AccountId, Instant, ProductId } from '../../../domain/kernel';
import { catalogue as products, CatalogueProduct } from '../../../projections/catalogue';
import type { EdgeContext } from '../context';
import type { ProductSort, Readers } from '../readers';
import { Fault } from '../../../platform/faults';
import { given } from './given';
import { mutationsConcept, shown, type Mutations } from './mutation';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { RatingSummary } from '../../../projections/rating';
import { combined, objectType } from './object-type';
import { allowed, type Concept } from './resolvers';
import { demandPermission, signedIn } from '../caller';

type ProductsArguments = PageArguments & {
  readonly query?: string | null;
  readonly category?: string | null;
  readonly seller?: AccountId | null;
  readonly sort?: ProductSort | null;
  readonly asOf?: Instant | null;
};
type OneProduct = { readonly id: ProductId; readonly asOf?: Instant | null };

/** Returns the offers of a product: one at most, because a product has one seller. */
const offersOf = ({ id, sellerId, price, onHand, active }: CatalogueProduct): readonly object[] =>
  active ? [{ productId: id, sellerId, price, available: onHand }] : [];

const typeDefs = `
extend type Query {
  "Products that are sold now."
  products(${pageArguments}
    "The words to find, in any order; the last one may be incomplete. \`sort\` does not apply to a search."
    query: String
    "Returns only products of this category."
    category: String
    "Returns only products of this seller, by name: \`sort\` does not apply. Not together with \`category\`."
    seller: ID
    "The order of the products."
    sort: ProductSort = NAME
    "Returns the list as it was at this moment. For staff. It is built on the side, so the first answer may be the error \`PAST_BEING_BUILT\`."
    asOf: DateTime
  ): ProductConnection
  "A product by its id, also one that is no longer sold; null where there is none."
  product(
    "The unique identifier of the product."
    id: ID!
    "Returns the product as it was at this moment; its reviews and its stock by warehouse are as they are now. For staff. It is built on the side, so the first answer may be the error \`PAST_BEING_BUILT\`."
    asOf: DateTime
  ): Product
}

"The order of a list of products."
enum ProductSort {
  "By name, A to Z."
  NAME
  "Cheapest first."
  PRICE
  "Most expensive first."
  PRICE_DESCENDING
  "Newest first."
  NEWEST
  "Best rated first."
  RATING
}

"The number of pieces of a product in all warehouses."
type Availability {
  "The number of pieces in the warehouses, including those that are set aside for orders."
  onHand: SafeInt!
  "The number of pieces that are free to be sold."
  available: SafeInt!
}

"A seller's offer of a product."
type Offer {
  "The seller; null where the shop itself sells the product."
  seller: Seller
  "The price of one piece."
  price: Money!
  "The number of pieces that are free to be sold."
  available: SafeInt!
}
`;

/** Stock and ratings of a product come from other streams than its own, so the whole catalogue is folded. For staff. */
const catalogueAsOf = (asOf: Instant, { viewer, services }: EdgeContext): Promise<Readers> => {
  demandPermission(viewer, 'event:read');
  return services.past.readers(products, asOf);
};

const resolvers: Concept['resolvers'] = {
  Query: {
    products: allowed('everyone', async (args: ProductsArguments, context) => {
      const { services } = context;
      const text = args.query?.trim();
      if (args.category && args.seller)
        throw new Fault('INPUT_INVALID', 'seller: give it without a category');
      const { category, seller: sellerId } = args;
      const asked = given({ text: text === '' ? null : text, category, sellerId });
      const { products: shown } = args.asOf ? await catalogueAsOf(args.asOf, context) : services.readers;
      return connectionOf(shown.list({ ...asked, sort: args.sort ?? 'NAME' }), args);
    }),
    product: allowed('everyone', async ({ id, asOf }: OneProduct, context) => {
      if (!asOf) return context.loaders.products.load(id, context.viewer);
      const { products: then } = await catalogueAsOf(asOf, context);
      return (await then.getMany([id.toLowerCase()]))[0]?.document ?? null;
    }),
  },
  Offer: {
    seller: ({ sellerId }: { sellerId: AccountId | null }, _args: object, context: EdgeContext) =>
      sellerId && context.loaders.sellers.load(sellerId, context.viewer),
  },
};

const productType = objectType('Product', CatalogueProduct, {
  isNode: true,
  readModels: [products],
  omit: ['sellerId', 'onHand', 'reserved'],
  types: { rating: 'Rating' },
  fields: {
    number: { type: 'String!', resolve: ({ number }: CatalogueProduct) => String(number) },
    availability: {
      type: 'Availability!',
      description: 'The number of pieces in all warehouses.',
      resolve: ({ onHand, reserved }: CatalogueProduct) => ({ onHand: onHand + reserved, available: onHand }),
    },
    offers: {
      type: '[Offer!]!',
      description: 'The sellers of the product, with their prices.',
      resolve: offersOf,
    },
    reviews: {
      type: 'ReviewConnection!',
      description: 'The reviews of the product.',
      args: `${pageArguments}
    "The order of the reviews."
    sort: ReviewSort = NEWEST`,
      resolve: ({ id }: CatalogueProduct, args: ReviewArguments, context: EdgeContext) =>
        reviewsField(reviewSubjectOf('product', id), args, context),
    },
    stock: {
      type: '[StockLevel!]',
      description: 'The stock of the product in each warehouse. For staff and the seller of the product.',
      resolve: allowed(
        { by: 'seller', or: 'stock:read' },
        (_args: object, { viewer, services }, { id, sellerId }: CatalogueProduct) => {
          if (sellerId === null || signedIn(viewer).id !== sellerId) demandPermission(viewer, 'stock:read');
          return services.readers.stock.ofProduct(id);
        },
      ),
    },
  },
});

const shownProduct = {
  shows: shown('product', 'Product', ({ productId }: { readonly productId: ProductId }, context) =>
    context.loaders.products.load(productId, context.viewer),
  ),
};

export const catalogueMutations = {
  registerProduct: shownProduct,
  changeProductPrice: shownProduct,
  describeProduct: shownProduct,
  discontinueProduct: shownProduct,
  reinstateProduct: shownProduct,
} satisfies Mutations;

const mutations = mutationsConcept(catalogueMutations);

export const catalogue: Concept = combined(
  { typeDefs, resolvers },
  productType,
  objectType('Rating', RatingSummary, { description: 'A summary of reviews.' }),
  connectionType('Product', 'products'),
  mutations,
);
