import { z } from 'zod';
import type { AccountId, ProductId } from '../domain/kernel';
import type { ProductEvent } from '../domain/product';
import type { ReviewEvent, ReviewSubject } from '../domain/review';
import type {
  StockReceived,
  StockReleased,
  StockRemoved,
  StockReserved,
  StockShipped,
} from '../domain/stock';
import { readModel, type DocumentOf, type Fold } from '../platform/projections';
import { instant, money, uuid } from './fields';
import { noRating, RatingSummary, withEditedRating, withoutRating, withRating } from './rating';

export const CatalogueProduct = z
  .strictObject({
    id: uuid<ProductId>().describe('The unique identifier, derived from the SKU.'),
    number: z.int().describe('The number under which the World knows the product.'),
    sku: z.string().describe("The seller's own key of the product."),
    name: z.string().describe('The name shown to customers.'),
    description: z.string().describe('The description shown to customers.'),
    category: z.string().describe('The category that the product is listed in.'),
    price: money.describe('The price of one piece.'),
    imageUrl: z.string().nullable().describe('The URL of a picture; null where there is none.'),
    sellerId: uuid<AccountId>()
      .nullable()
      .describe("The seller's account; null where the shop itself sells the product."),
    active: z.boolean().describe('Whether the product is sold now.'),
    registeredAt: instant.describe('The time when the product was added to the catalogue.'),
    onHand: z.int().describe('The number of pieces in all warehouses that are free to be sold.'),
    reserved: z.int().describe('The number of pieces in all warehouses that are set aside for orders.'),
    rating: RatingSummary,
  })
  .describe('A product as a shopper sees it.');
export type CatalogueProduct = DocumentOf<typeof CatalogueProduct>;

/** Events of stock that change what can be sold. */
type StockMoved = StockReceived | StockRemoved | StockReserved | StockReleased | StockShipped;

type Shown = ProductEvent | StockMoved | ReviewEvent;

const reviewedProduct = (subject: ReviewSubject): ProductId | undefined =>
  subject.kind === 'product' ? subject.productId : undefined;

const changing =
  <Fact extends ProductEvent | StockMoved>(
    change: (product: CatalogueProduct, data: Fact['data']) => Partial<CatalogueProduct>,
  ): Fold<CatalogueProduct, Fact> =>
  (found, { data }) =>
    found && { ...found, ...change(found, data) };

const changingRating =
  <Fact extends ReviewEvent>(
    change: (rating: RatingSummary, data: Fact['data']) => RatingSummary,
  ): Fold<CatalogueProduct, Fact> =>
  (found, { data }) =>
    found && { ...found, rating: change(found.rating, data) };

export const catalogue = readModel<CatalogueProduct, Shown>('catalogue', {
  question: 'Which products are there, what do they cost, how many are left, and what do reviews say?',
  version: 1,
  document: CatalogueProduct,
  indexes: {
    by_name: ['active', 'name'],
    by_category_and_name: ['active', 'category', 'name'],
    by_price: ['active', 'price.amountMinor'],
    by_category_and_price: ['active', 'category', 'price.amountMinor'],
    by_age: ['active', 'registeredAt'],
    by_category_and_age: ['active', 'category', 'registeredAt'],
    by_rating: ['active', 'rating.average', 'rating.count'],
    by_category_and_rating: ['active', 'category', 'rating.average', 'rating.count'],
    by_seller: ['sellerId', 'name'],
    by_seller_and_activity: ['active', 'sellerId', 'name'],
    by_sku: ['sku'],
    by_number: ['number'],
  },
  searchFields: ['name', 'description', 'sku', 'category'],
  key: ({ data }) => ('subject' in data ? reviewedProduct(data.subject) : data.productId),
  on: {
    ProductRegistered: (_, { data }) => ({
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
    }),
    ProductPriceChanged: changing((_, { price }) => ({ price })),
    ProductDescribed: changing((_, { name, description, category, imageUrl = null }) => ({
      name,
      description,
      category,
      imageUrl,
    })),
    ProductDiscontinued: changing(() => ({ active: false })),
    ProductReinstated: changing(() => ({ active: true })),

    StockReceived: changing(({ onHand }, { quantity }) => ({ onHand: onHand + quantity })),
    StockRemoved: changing(({ onHand }, { quantity }) => ({ onHand: onHand - quantity })),
    StockReserved: changing(({ onHand, reserved }, { quantity }) => ({
      onHand: onHand - quantity,
      reserved: reserved + quantity,
    })),
    StockReleased: changing(({ onHand, reserved }, { quantity }) => ({
      onHand: onHand + quantity,
      reserved: reserved - quantity,
    })),
    StockShipped: changing(({ reserved }, { quantity }) => ({ reserved: reserved - quantity })),

    ReviewWritten: changingRating((summary, { rating }) => withRating(summary, rating)),
    ReviewEdited: changingRating((summary, { previousRating, rating }) =>
      withEditedRating(summary, previousRating, rating),
    ),
    ReviewWithdrawn: changingRating((summary, { rating }) => withoutRating(summary, rating)),
  },
});
