import type { AccountId, Instant, ProductId } from '../domain/kernel';
import type { Money } from '../domain/money';
import type { ProductEvent, ProductRegistered } from '../domain/product';
import type { ReviewEvent, ReviewSubject } from '../domain/review';
import type {
  StockReceived,
  StockReleased,
  StockRemoved,
  StockReserved,
  StockShipped,
} from '../domain/stock';
import type { EventOf, Handler, Projection } from '../platform/projections';
import type { CollectionSpec, Index } from '../platform/read-models';
import {
  noRating,
  ratingSchema,
  withEditedRating,
  withRating,
  withoutRating,
  type RatingSummary,
} from './rating';
import { flag, instant, maybe, money, record, text, whole } from './schema';

/** A product as a shopper sees it: what it is, what it costs, how many there are, what others think of it. */
export type CatalogueProduct = {
  readonly id: ProductId;
  readonly number: number;
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly price: Money;
  readonly imageUrl: string | null;
  readonly sellerId: AccountId | null;
  readonly active: boolean;
  readonly registeredAt: Instant;
  /** Over all warehouses. `onHand`: can be sold now. */
  readonly onHand: number;
  readonly reserved: number;
  readonly rating: RatingSummary;
};

const orders: readonly Index[] = [
  { name: 'name', fields: ['name'] },
  { name: 'price', fields: ['price.amountMinor'] },
  { name: 'age', fields: ['registeredAt'] },
  { name: 'rating', fields: ['rating.average', 'rating.count'] },
];

/** Each order twice: over what is sold, and over what is sold of one category. */
const indexes: readonly Index[] = orders.flatMap(({ name, fields }) => [
  { name: `by_${name}`, fields: ['active', ...fields] },
  { name: `by_category_and_${name}`, fields: ['active', 'category', ...fields] },
]);

const collection: CollectionSpec = {
  name: 'catalogue',
  version: 1,
  indexes: [...indexes, { name: 'by_sku', fields: ['sku'] }, { name: 'by_number', fields: ['number'] }],
  searchFields: ['name', 'description', 'sku', 'category'],
  schema: record<CatalogueProduct>(
    {
      id: text('UUID, derived from the SKU.'),
      number: whole('The number under which the World knows it.'),
      sku: text("The seller's own key for it."),
      name: text('What it is called.'),
      description: text('What it is.'),
      category: text('What kind of thing it is.'),
      price: money('What one costs.'),
      imageUrl: maybe(text('A picture; null where there is none.')),
      sellerId: maybe(text("The seller's account id; null where the house sells it.")),
      active: flag('Whether it is sold now.'),
      registeredAt: instant('Since when it is in the catalogue.'),
      onHand: whole('Over all warehouses, free to be sold now.'),
      reserved: whole('Over all warehouses, set aside for orders.'),
      rating: ratingSchema,
    },
    'A product as a shopper sees it.',
  ),
};

/** Stock facts that change what a shopper can have. */
type StockMoved = StockReceived | StockRemoved | StockReserved | StockReleased | StockShipped;

type Shown = ProductEvent | StockMoved | ReviewEvent;

const idOf = ({ data }: { readonly data: { readonly productId: string } }) => [data.productId];

const reviewedProduct = ({ data: { subject } }: { readonly data: { readonly subject: ReviewSubject } }) =>
  subject.kind === 'product' ? [subject.productId] : [];

const on = <Fact extends ProductEvent | StockMoved>(
  change: (product: CatalogueProduct, data: Fact['data']) => Partial<CatalogueProduct>,
): Handler<CatalogueProduct, Fact> => ({
  ids: idOf,
  evolve: (product, { data }) => product && { ...product, ...change(product, data) },
});

const onReview = <Fact extends ReviewEvent>(
  change: (rating: CatalogueProduct['rating'], data: Fact['data']) => CatalogueProduct['rating'],
): Handler<CatalogueProduct, Fact> => ({
  ids: reviewedProduct,
  evolve: (product, { data }) => product && { ...product, rating: change(product.rating, data) },
});

const registered = ({ data }: EventOf<ProductRegistered>): CatalogueProduct => ({
  id: data.productId,
  number: data.number,
  sku: data.sku,
  name: data.name,
  description: data.description,
  category: data.category,
  price: data.price,
  imageUrl: data.imageUrl ?? null,
  sellerId: data.sellerId ?? null,
  active: true,
  registeredAt: data.registeredAt,
  onHand: 0,
  reserved: 0,
  rating: noRating,
});

/** What there is to buy: found by words, listed by category, price, name, age and rating. */
export const catalogue: Projection<CatalogueProduct, Shown> = {
  collection,
  handlers: {
    ProductRegistered: { ids: idOf, evolve: (_, event) => registered(event) },
    ProductPriceChanged: on((_, { price }) => ({ price })),
    ProductDescribed: on((_, { name, description, category, imageUrl = null }) => ({
      name,
      description,
      category,
      imageUrl,
    })),
    ProductDiscontinued: on(() => ({ active: false })),
    ProductReinstated: on(() => ({ active: true })),

    StockReceived: on(({ onHand }, { quantity }) => ({ onHand: onHand + quantity })),
    StockRemoved: on(({ onHand }, { quantity }) => ({ onHand: onHand - quantity })),
    StockReserved: on(({ onHand, reserved }, { quantity }) => ({
      onHand: onHand - quantity,
      reserved: reserved + quantity,
    })),
    StockReleased: on(({ onHand, reserved }, { quantity }) => ({
      onHand: onHand + quantity,
      reserved: reserved - quantity,
    })),
    StockShipped: on(({ reserved }, { quantity }) => ({ reserved: reserved - quantity })),

    ReviewWritten: onReview((summary, { rating }) => withRating(summary, rating)),
    ReviewEdited: onReview((summary, { previousRating, rating }) =>
      withEditedRating(summary, previousRating, rating),
    ),
    ReviewWithdrawn: onReview((summary, { rating }) => withoutRating(summary, rating)),
  },
};
