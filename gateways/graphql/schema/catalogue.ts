import { categoryPathField, textsBelow, treeIn } from './categories';
import { questionsField } from './posts';
import { priceFields, prices } from './prices';
import { reviewsField } from './reviews';
import type { AccountId, Instant, ProductId } from '../../../domain/kernel';
import {
  catalogue as products,
  CatalogueProduct,
  ProductOption,
  ProductPicture,
} from '../../../projections/catalogue';
import { variantName } from '../../../domain/product-family';
import type { CurrencyCode } from '../../../domain/money';
import type { PriceBand, ProductNarrowing } from '../../../projections/product-search';
import type { EdgeContext } from '../context';
import type { ProductListing, ProductSort, Readers } from '../readers/readers';
import { Fault } from '../../../platform/faults';
import { given } from './given';
import { pictureFields, pictureUrl, thumbnailUrl } from './pictures';
import { mutationsConcept, shown, type Mutations } from './mutation';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { RatingSummary } from '../../../projections/rating';
import { combined, enumType, objectType } from './object-type';
import { allowed, type Concept } from './resolvers';
import { demandPermission, signedIn } from '../access/caller';

type ProductsArguments = PageArguments & {
  readonly query?: string | null;
  readonly category?: string | null;
  readonly seller?: AccountId | null;
  readonly sort?: ProductSort | null;
  readonly filter?: {
    readonly inStock?: boolean | null;
    readonly starsMin?: number | null;
    readonly price?: {
      readonly currency: CurrencyCode;
      readonly from?: number | null;
      readonly below?: number | null;
    } | null;
  } | null;
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
    "The words to find, in any order. Each may be incomplete; one of four letters or more may have a typing error, where it is meant for the name or the category. A search finds up to 1,000 products. At most 500 characters."
    query: String
    "Returns only products of this category: with a slug or a name of a category of the tree, of that one and of those below it; otherwise those that name it so themselves."
    category: String
    "Returns only products of this seller, without \`query\` by name. Not together with \`category\`."
    seller: ID
    "The order of the products. Default: \`RELEVANCE\` with a \`query\`, \`NAME\` otherwise."
    sort: ProductSort
    "Returns only products that have all of this. Of a list without \`query\` the next 2,000 products of the list are looked at."
    filter: ProductFilter
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
  "Best fit for the words of \`query\` first."
  RELEVANCE
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

"Conditions of the products in a list. A product fulfils all that are given."
input ProductFilter {
  "With true: only products of which pieces are free to be sold."
  inStock: Boolean
  "Only products whose reviews have at least this average: 1 to 5."
  starsMin: Int
  "Only products with a price in this range."
  price: PriceRange
}

"Prices of one currency, in its minor unit."
input PriceRange {
  "The currency."
  currency: CurrencyCode!
  "The lowest price."
  from: SafeInt
  "Prices are lower than this."
  below: SafeInt
}

"The number of products that each choice of a filter would show. A filter does not narrow its own choices."
type ProductFacets {
  "The categories, those with the most products first: at most 50."
  categories: [CategoryFacet!]!
  "Bands of prices, in the currency of the filter, or in the one that most products have."
  prices: [PriceFacet!]!
  "The least averages of reviews, from 4 stars to 1."
  stars: [StarsFacet!]!
  "The number of products of which pieces are free to be sold."
  inStock: Int!
  "Whether all products were counted; false where there are more than 1,000."
  isExact: Boolean!
}

"A category with its number of products."
type CategoryFacet {
  "The category."
  category: String!
  "The number of products."
  count: Int!
}

"A band of prices with its number of products."
type PriceFacet {
  "The lowest price; null for the lowest band."
  from: Money
  "Prices are lower than this; null for the highest band."
  below: Money
  "The number of products."
  count: Int!
}

"A least average of reviews with its number of products."
type StarsFacet {
  "The least average."
  starsMin: Int!
  "The number of products."
  count: Int!
}

extend type ProductConnection {
  "The number of products that each choice of a filter would show: of the whole list, not of the page."
  facets: ProductFacets!
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

const narrowingOf = (filter: ProductsArguments['filter']): ProductNarrowing => {
  const { inStock, starsMin, price } = filter ?? {};
  if (typeof starsMin === 'number' && (starsMin < 1 || starsMin > 5))
    throw new Fault('INPUT_INVALID', `filter.starsMin: give 1 to 5, not ${starsMin}`);
  return {
    isInStock: inStock ?? undefined,
    starsMin: starsMin ?? undefined,
    price: price
      ? { currency: price.currency, ...given({ from: price.from, below: price.below }) }
      : undefined,
  };
};

type OffSaleReason = 'DISCONTINUED' | 'SELLER_DISABLED';

const offSaleReasons = enumType<OffSaleReason>('OffSaleReason', 'The reason why a product is not sold now.', {
  DISCONTINUED: 'Its seller or staff took it off sale.',
  SELLER_DISABLED: 'The shop has disabled its seller. It may be sold again later.',
});

/** A document of version 6 has no `isWithdrawn`. */
const offSaleBecause = ({
  active,
  isWithdrawn = false,
  isDiscontinued = !isWithdrawn,
}: Pick<CatalogueProduct, 'active'> & Partial<CatalogueProduct>): OffSaleReason | null => {
  if (active) return null;
  return isDiscontinued ? 'DISCONTINUED' : 'SELLER_DISABLED';
};

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
      const categories = category ? textsBelow(await treeIn(services), category) : undefined;
      const asked = given({ text: text === '' ? null : text, categories, sellerId });
      const { products: shown } = args.asOf ? await catalogueAsOf(args.asOf, context) : services.readers;
      const sort = args.sort ?? (asked.text === undefined ? 'NAME' : 'RELEVANCE');
      const listing = shown.list({ ...asked, ...narrowingOf(args.filter), sort });
      return connectionOf(listing, args);
    }),
    product: allowed('everyone', async ({ id, asOf }: OneProduct, context) => {
      if (!asOf) return context.loaders.products.load(id, context.viewer);
      const { products: then } = await catalogueAsOf(asOf, context);
      return (await then.getMany([id.toLowerCase()]))[0]?.document ?? null;
    }),
  },
  ProductConnection: {
    facets: ({ listing }: { readonly listing: ProductListing }) => listing.facets(),
  },
  PriceFacet: {
    from: ({ from, currency }: PriceBand) => from && { amountMinor: from, currency },
    below: ({ below, currency }: PriceBand) => below && { amountMinor: below, currency },
  },
  Offer: {
    seller: ({ sellerId }: { sellerId: AccountId | null }, _args: object, context: EdgeContext) =>
      sellerId && context.loaders.sellers.load(sellerId, context.viewer),
  },
};

const productType = objectType('Product', CatalogueProduct, {
  isNode: true,
  readModels: [products],
  omit: [
    'sellerId',
    'isDiscontinued',
    'isWithdrawn',
    'onHand',
    'reserved',
    'searchKeys',
    'familyId',
    'recentPrices',
    'sale',
  ],
  types: {
    rating: 'Rating',
    options: 'ProductOption',
    reduction: 'PriceReduction',
    taxCategory: 'TaxCategory',
    pictures: 'ProductPicture',
  },
  fields: {
    // A document of version 4 has no such field.
    taxCategory: {
      resolve: ({ taxCategory = 'STANDARD' }: Partial<CatalogueProduct>) => taxCategory,
    },
    // A document of version 1 has no such field.
    options: { resolve: ({ options = [] }: Partial<CatalogueProduct>) => options },
    // A document of version 2 has no such field.
    pictures: { resolve: ({ pictures = [] }: Partial<CatalogueProduct>) => pictures },
    pictureUrl: {
      type: 'String',
      description:
        'The address of the first picture: of an uploaded one, or else `imageUrl`; null where there is none.',
      resolve: ({ pictures: [first] = [], imageUrl }: Partial<CatalogueProduct>) =>
        first ? pictureUrl(first) : imageUrl,
    },
    thumbnailUrl: {
      type: 'String',
      description:
        'The address of the first picture in a small size, if it was uploaded, or else `imageUrl`; null where there is none.',
      resolve: ({ pictures: [first] = [], imageUrl }: Partial<CatalogueProduct>) =>
        first ? thumbnailUrl(first) : imageUrl,
    },
    fullName: {
      type: 'String!',
      description: 'The name with the values of its options: the one that carts and orders show.',
      resolve: ({ name, options = [] }: Pick<CatalogueProduct, 'name'> & Partial<CatalogueProduct>) =>
        variantName(
          name,
          options.map(({ value }) => value),
        ),
    },
    family: {
      type: 'ProductFamily',
      description: 'The family to which it belongs, as it is now; null where it belongs to none.',
      resolve: ({ familyId }: Partial<CatalogueProduct>, _args: object, { loaders, viewer }: EdgeContext) =>
        familyId ? loaders.productFamilies.load(familyId, viewer) : null,
    },
    offSaleBecause: {
      type: 'OffSaleReason',
      description: 'The reason why it is not sold now; null where it is sold.',
      resolve: offSaleBecause,
    },
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
    ...priceFields,
    categoryPath: categoryPathField,
    reviews: reviewsField('product'),
    questions: questionsField,
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
  weighProduct: shownProduct,
  setProductUnit: shownProduct,
  schedulePrice: { ...shownProduct, repeats: ['scheduleId'] },
  cancelScheduledPrice: shownProduct,
  setTaxCategory: shownProduct,
  setProductPictures: shownProduct,
} satisfies Mutations;

const mutations = mutationsConcept(catalogueMutations);

export const catalogue: Concept = combined(
  { typeDefs, resolvers },
  productType,
  offSaleReasons,
  objectType('ProductOption', ProductOption),
  objectType('ProductPicture', ProductPicture, { omit: ['thumbnailId'], fields: pictureFields }),
  objectType('Rating', RatingSummary, { description: 'A summary of reviews.' }),
  connectionType('Product', 'products'),
  prices,
  mutations,
);
