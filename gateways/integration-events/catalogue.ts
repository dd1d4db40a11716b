import type { ProductId, WarehouseId } from '../../domain/kernel';
import type { ProductEvent } from '../../domain/product';
import type { ReviewEvent, ReviewSubject } from '../../domain/review';
import type { StockEvent } from '../../domain/stock';
import { on, type FactMapping, type MappedFact } from './fact-mapping';

const product = on('product.events');
const user = on('user.events');

export const productTelling: FactMapping<ProductEvent> = {
  ProductRegistered: (data) => product('product.registered', data.productId, data),
  ProductPriceChanged: (data) => product('product.price.changed', data.productId, data),
  ProductDescribed: (data) => product('product.described', data.productId, data),
  ProductDiscontinued: (data) => product('product.discontinued', data.productId, data),
  ProductReinstated: (data) => product('product.reinstated', data.productId, data),
};

type At = { readonly warehouseId: WarehouseId; readonly productId: ProductId; readonly quantity: number };
type Change = { readonly onHand: number; readonly reserved: number };

/** Makes a message about stock. `change`: the differences, which can be added up in any order. */
const stockUpdated = (
  { warehouseId, productId, quantity }: At,
  cause: string,
  sign: { readonly onHand: -1 | 0 | 1; readonly reserved: -1 | 0 | 1 },
): MappedFact | undefined => {
  // A place in the queue was given up: the stock is unchanged.
  if (quantity === 0) return undefined;
  const change: Change = { onHand: sign.onHand * quantity, reserved: sign.reserved * quantity };
  return product('product.stock.updated', productId, { productId, warehouseId, cause, change });
};

export const stockTelling: FactMapping<StockEvent> = {
  StockReceived: (data) => stockUpdated(data, 'received', { onHand: 1, reserved: 0 }),
  StockRemoved: (data) => stockUpdated(data, 'removed', { onHand: -1, reserved: 0 }),
  StockReserved: (data) => stockUpdated(data, 'reserved', { onHand: -1, reserved: 1 }),
  StockReleased: (data) => stockUpdated(data, 'released', { onHand: 1, reserved: -1 }),
  StockShipped: (data) => stockUpdated(data, 'shipped', { onHand: 0, reserved: -1 }),
};

type Rated = { readonly reviewId: string; readonly subject: ReviewSubject; readonly rating: number };

/** The change of a review. */
type What = 'written' | 'edited' | 'withdrawn' | 'hidden' | 'restored';

const reviewed = (what: What, { reviewId, subject, rating }: Rated): MappedFact => {
  if (subject.kind === 'product')
    return product(`product.review.${what}`, subject.productId, {
      reviewId,
      productId: subject.productId,
      rating,
    });
  return user(`seller.review.${what}`, subject.sellerId, { reviewId, sellerId: subject.sellerId, rating });
};

/** A change of a review that other systems do not count, because it is hidden, is not for them. */
const ofShown =
  (what: What) =>
  (data: Rated & { readonly hiddenFor?: string | undefined }): MappedFact | undefined =>
    data.hiddenFor === undefined ? reviewed(what, data) : undefined;

export const reviewTelling: FactMapping<ReviewEvent> = {
  ReviewWritten: ofShown('written'),
  ReviewEdited: ofShown('edited'),
  ReviewWithdrawn: ofShown('withdrawn'),
  ReviewHidden: (data) => reviewed('hidden', data),
  ReviewRestored: (data) => reviewed('restored', data),
};
