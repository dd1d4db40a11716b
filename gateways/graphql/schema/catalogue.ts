import { reviewSubjectOf, reviewsField, type ReviewArguments } from './reviews';
import type { AccountId, ProductId } from '../../../domain/kernel';
import type { CurrencyCode, Money } from '../../../domain/money';
import { catalogue as products, type CatalogueProduct } from '../../../projections/catalogue';
import type { EdgeContext } from '../context';
import type { ProductSort } from '../readers';
import { afterwards, given, mutation, mutationsConcept } from './mutation';
import {
  connectionOf,
  connectionResolvers,
  connectionTypeDefs,
  pageArguments,
  type PageArguments,
} from './relay';
import type { Concept } from './resolvers';
import { staff } from '../caller';

type ProductsArguments = PageArguments & {
  readonly query?: string | null;
  readonly category?: string | null;
  readonly sort?: ProductSort | null;
};

/** What is offered of a product; one seller's price, as long as a product is one seller's. */
const offersOf = ({ id, sellerId, price, onHand, active }: CatalogueProduct): readonly object[] =>
  active ? [{ productId: id, sellerId, price, available: onHand }] : [];

const typeDefs = `
extend type Query {
  "Products that are sold."
  products(${pageArguments}
    "Words to find, in any order; the last one may be unfinished. What is found comes in an order of its own, whatever the sort."
    query: String
    "Only of this category."
    category: String
    "In which order."
    sort: ProductSort = NAME
  ): ProductConnection
  "One product, sold or not; null where there is none."
  product(
    "Its id."
    id: ID!
  ): Product
}

"In which order products come."
enum ProductSort {
  "By name, A to Z."
  NAME
  "Cheapest first."
  PRICE
  "Dearest first."
  PRICE_DESCENDING
  "Newest first."
  NEWEST
  "Best rated first."
  RATING
}

"Something that is, or was, sold."
type Product implements Node {
  "A UUID, derived from the SKU."
  id: ID!
  "The number under which the World knows it."
  number: String!
  "The seller's own key for it."
  sku: String!
  "What it is called."
  name: String!
  "What it is."
  description: String!
  "What kind of thing it is."
  category: String!
  "What one costs."
  price: Money!
  "A picture; null where there is none."
  imageUrl: String
  "Whether it is sold now."
  active: Boolean!
  "Since when it is in the catalogue."
  registeredAt: DateTime!
  "How many there are, over all warehouses."
  availability: Availability!
  "What its reviews come to."
  rating: Rating!
  "Who offers it, at what price."
  offers: [Offer!]!
  "What people think of it."
  reviews(${pageArguments}
    "In which order."
    sort: ReviewSort = NEWEST
  ): ReviewConnection!
  "How many there are in each warehouse. For staff."
  stock: [StockLevel!]
}

"How many of a product there are."
type Availability {
  "In the warehouses, those set aside for orders included."
  onHand: SafeInt!
  "Free to be sold now."
  available: SafeInt!
}

"What reviews come to."
type Rating {
  "The mean, 1 to 5; null without reviews."
  average: Float
  "How many reviews there are."
  count: Int!
  "How many there are of 1, 2, 3, 4 and 5 stars."
  counts: [Int!]!
}

"A product at a price, by a seller."
type Offer {
  "Who sells it; null where the house does."
  seller: Seller
  "What one costs."
  price: Money!
  "How many can be sold now."
  available: SafeInt!
}
${connectionTypeDefs('Product', 'products')}
`;

const resolvers: Concept['resolvers'] = {
  ...connectionResolvers('Product'),
  Query: {
    products: async (_root: unknown, args: ProductsArguments, { services }: EdgeContext) => {
      const text = args.query?.trim();
      const asked = given({ text: text === '' ? null : text, category: args.category });
      const listing = services.readers.products.list({ ...asked, sort: args.sort ?? 'NAME' });
      return connectionOf(listing, args);
    },
    product: (_root: unknown, { id }: { id: ProductId }, context: EdgeContext) => context.product(id),
  },
  Product: {
    number: ({ number }: CatalogueProduct) => String(number),
    availability: ({ onHand, reserved }: CatalogueProduct) => ({
      onHand: onHand + reserved,
      available: onHand,
    }),
    offers: offersOf,
    reviews: ({ id }: CatalogueProduct, args: ReviewArguments, context: EdgeContext) =>
      reviewsField(reviewSubjectOf('product', id), args, context),
    stock: ({ id }: CatalogueProduct, _args: object, { viewer, services }: EdgeContext) => {
      staff(viewer);
      return services.readers.stock.ofProduct(id);
    },
  },
  Offer: {
    seller: ({ sellerId }: { sellerId: AccountId | null }, _args: object, context: EdgeContext) =>
      sellerId && context.account(sellerId),
  },
};

type Described = {
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly imageUrl?: string | null;
};

const productSuccess = `
  "The product as it is now; null where the read models don't show it yet: read it later."
  product: Product`;

const productIdInput = `
  "The product."
  productId: ID!`;

const descriptionInput = `
  "What it is called."
  name: String!
  "What it is."
  description: String!
  "What kind of thing it is."
  category: String!
  "A picture: an http(s) URL."
  imageUrl: String`;

type OfProduct = { readonly productId: ProductId };

const fields = {
  product: afterwards(({ productId }: OfProduct, context) => context.product(productId)),
};
const keep = (_value: object, { productId }: OfProduct): OfProduct => ({ productId });

const priceOf = ({ amountMinor, currency }: Money): Money => ({
  amountMinor,
  currency: currency satisfies CurrencyCode,
});

export const catalogueMutations = {
  registerProduct: mutation('registerProduct', {
    description: 'Puts a product into the catalogue. For staff, and for sellers in their own name.',
    input: `
  "The seller's own key for it; a SKU is one product, for ever."
  sku: String!${descriptionInput}
  "What one costs."
  price: MoneyInput!
  "Who sells it; the house where absent."
  sellerId: ID`,
    success: productSuccess,
    rejections: ['PRODUCT_ALREADY_REGISTERED', 'SKU_EMPTY', 'NAME_EMPTY', 'PRICE_NOT_POSITIVE'],
    command: (input: Described & { sku: string; price: Money; sellerId?: AccountId | null }) => ({
      sku: input.sku,
      name: input.name,
      description: input.description,
      category: input.category,
      price: priceOf(input.price),
      ...given({ imageUrl: input.imageUrl, sellerId: input.sellerId }),
    }),
    keep: ({ productId }): OfProduct => ({ productId }),
    fields,
  }),
  changeProductPrice: mutation('changeProductPrice', {
    description: 'Asks another price from now on. For staff and the seller of the product.',
    input: `${productIdInput}
  "What one costs from now on."
  price: MoneyInput!`,
    success: productSuccess,
    rejections: ['PRODUCT_NOT_FOUND', 'PRICE_NOT_POSITIVE', 'CURRENCY_CHANGED'],
    command: ({ productId, price }: OfProduct & { price: Money }) => ({ productId, price: priceOf(price) }),
    keep,
    fields,
  }),
  describeProduct: mutation('describeProduct', {
    description: 'Describes a product anew. For staff and the seller of the product.',
    input: `${productIdInput}${descriptionInput}`,
    success: productSuccess,
    rejections: ['PRODUCT_NOT_FOUND', 'NAME_EMPTY'],
    command: ({ productId, name, description, category, imageUrl }: OfProduct & Described) => ({
      productId,
      name,
      description,
      category,
      ...given({ imageUrl }),
    }),
    keep,
    fields,
  }),
  discontinueProduct: mutation('discontinueProduct', {
    description: 'Sells a product no more. For staff and the seller of the product.',
    input: productIdInput,
    success: productSuccess,
    rejections: ['PRODUCT_NOT_FOUND'],
    command: ({ productId }: OfProduct) => ({ productId }),
    keep,
    fields,
  }),
  reinstateProduct: mutation('reinstateProduct', {
    description: 'Sells a product again. For staff and the seller of the product.',
    input: productIdInput,
    success: productSuccess,
    rejections: ['PRODUCT_NOT_FOUND'],
    command: ({ productId }: OfProduct) => ({ productId }),
    keep,
    fields,
  }),
};

const mutations = mutationsConcept(catalogueMutations);

export const catalogue: Concept = {
  typeDefs: typeDefs + mutations.typeDefs,
  readModels: { Product: [products] },
  resolvers: { ...resolvers, ...mutations.resolvers },
};
