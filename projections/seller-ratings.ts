import type { AccountId } from '../domain/kernel';
import type { ReviewEvent, ReviewSubject } from '../domain/review';
import type { Projection } from '../platform/projections';
import type { CollectionSpec } from '../platform/read-models';
import {
  noRating,
  ratingSchema,
  withEditedRating,
  withRating,
  withoutRating,
  type RatingSummary,
} from './rating';
import { record, text } from './schema';

/** What people think of a seller, in figures; `id` is the seller's account id. */
export type SellerRating = { readonly id: AccountId; readonly rating: RatingSummary };

const collection: CollectionSpec = {
  name: 'seller_ratings',
  version: 1,
  indexes: [{ name: 'by_rating', fields: ['rating.average', 'rating.count'] }],
  schema: record<SellerRating>(
    { id: text("The seller's account id."), rating: ratingSchema },
    'What people think of a seller, in figures.',
  ),
};

const sellerOf = ({ data: { subject } }: { readonly data: { readonly subject: ReviewSubject } }) =>
  subject.kind === 'seller' ? [subject.sellerId] : [];

/** What the reviews of each seller come to. */
export const sellerRatings: Projection<SellerRating, ReviewEvent> = {
  collection,
  handlers: {
    ReviewWritten: {
      ids: sellerOf,
      evolve: (seller, { data }, id) => ({
        id: id as AccountId,
        rating: withRating(seller?.rating ?? noRating, data.rating),
      }),
    },
    ReviewEdited: {
      ids: sellerOf,
      evolve: (seller, { data }) =>
        seller && { ...seller, rating: withEditedRating(seller.rating, data.previousRating, data.rating) },
    },
    ReviewWithdrawn: {
      ids: sellerOf,
      evolve: (seller, { data }) =>
        seller && { ...seller, rating: withoutRating(seller.rating, data.rating) },
    },
  },
};
