import { z } from 'zod';
import type { Rating as Stars } from '../domain/review';
import type { DocumentOf } from '../platform/projections';

export const RatingSummary = z
  .strictObject({
    count: z.int32().describe('The number of reviews.'),
    average: z
      .number()
      .nullable()
      .describe('The mean of the stars, 1 to 5, not rounded; null without reviews.'),
    counts: z
      .array(z.int32().describe('The number of reviews.'))
      .describe('The number of reviews with 1, 2, 3, 4 and 5 stars.'),
  })
  .describe('A summary of all reviews.');
export type RatingSummary = DocumentOf<typeof RatingSummary>;

const summaryOf = (counts: readonly number[]): RatingSummary => {
  // Computed from whole numbers each time, so that no rounding error adds up.
  const count = counts.reduce((sum, reviews) => sum + reviews, 0);
  const stars = counts.reduce((sum, reviews, index) => sum + reviews * (index + 1), 0);
  return { count, average: count === 0 ? null : stars / count, counts };
};

const changedBy = ({ counts }: RatingSummary, rating: Stars, by: 1 | -1): RatingSummary =>
  summaryOf(counts.map((reviews, index) => (index + 1 === rating ? reviews + by : reviews)));

export const noRating: RatingSummary = summaryOf([0, 0, 0, 0, 0]);

export const withRating = (summary: RatingSummary, rating: Stars): RatingSummary =>
  changedBy(summary, rating, 1);

export const withoutRating = (summary: RatingSummary, rating: Stars): RatingSummary =>
  changedBy(summary, rating, -1);

export const withEditedRating = (summary: RatingSummary, was: Stars, is: Stars): RatingSummary =>
  withRating(withoutRating(summary, was), is);
