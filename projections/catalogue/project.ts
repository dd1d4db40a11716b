import type { ProductEvent, ProductRegistered } from '../../domain/product';
import type { ReviewEvent, ReviewSubject } from '../../domain/review';
import type {
  StockReceived,
  StockReleased,
  StockRemoved,
  StockReserved,
  StockShipped,
} from '../../domain/stock';
import { noRating, withEditedRating, withoutRating, withRating } from '../rating';
import type { EventOf, Handler, Projection } from '../runtime';
import { collection } from './collection';
import type { CatalogueProduct } from './document';

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
