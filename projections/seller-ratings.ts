import { z } from 'zod';
import type { AccountId } from '../domain/kernel';
import type { ReviewEvent } from '../domain/review';
import { readModel, type DocumentOf } from '../platform/projections';
import { uuid } from './fields';
import { noRating, RatingSummary, withEditedRating, withoutRating, withRating } from './rating';

export const SellerRating = z
  .strictObject({ id: uuid<AccountId>().describe("The seller's account."), rating: RatingSummary })
  .describe('A summary of the reviews of one seller.');
export type SellerRating = DocumentOf<typeof SellerRating>;

export const sellerRatings = readModel<SellerRating, ReviewEvent>('seller_ratings', {
  question: 'How do customers rate each seller?',
  version: 1,
  document: SellerRating,
  indexes: { by_rating: ['rating.average', 'rating.count'] },
  key: ({ data: { subject } }) => (subject.kind === 'seller' ? subject.sellerId : undefined),
  on: {
    ReviewWritten: (found, { data }, id) => ({
      id: id as AccountId,
      rating: withRating(found?.rating ?? noRating, data.rating),
    }),
    ReviewEdited: (found, { data }) =>
      found && { ...found, rating: withEditedRating(found.rating, data.previousRating, data.rating) },
    ReviewWithdrawn: (found, { data }) =>
      found && { ...found, rating: withoutRating(found.rating, data.rating) },
  },
});
