import { z } from 'zod';
import type { AccountId } from '../domain/kernel';
import { readModel, type DocumentOf, type Fold } from '../platform/projections';
import { uuid } from './fields';
import { noRating, ratingAfter, RatingSummary, type RatingEvent } from './rating';

export const SellerRating = z
  .strictObject({ id: uuid<AccountId>().describe("The seller's account."), rating: RatingSummary })
  .describe('A summary of the reviews of one seller.');
export type SellerRating = DocumentOf<typeof SellerRating>;

const rated: Fold<SellerRating, RatingEvent> = (found, event, id) => ({
  id: id as AccountId,
  rating: ratingAfter(found?.rating ?? noRating, event),
});

export const sellerRatings = readModel<SellerRating, RatingEvent>('seller_ratings', {
  question: 'How do customers rate each seller?',
  version: 1,
  document: SellerRating,
  indexes: { by_rating: ['rating.average', 'rating.count'] },
  key: ({ data: { subject } }) => (subject.kind === 'seller' ? subject.sellerId : undefined),
  on: {
    ReviewWritten: rated,
    ReviewEdited: rated,
    ReviewWithdrawn: rated,
    ReviewHidden: rated,
    ReviewRestored: rated,
  },
});
