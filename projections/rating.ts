import { z } from 'zod';
import { unreachable } from '../domain/kernel';
import type { Rating as Stars, ReviewEvent } from '../domain/review';
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

const withRating = (summary: RatingSummary, rating: Stars): RatingSummary => changedBy(summary, rating, 1);

const withoutRating = (summary: RatingSummary, rating: Stars): RatingSummary =>
  changedBy(summary, rating, -1);

/** The events of reviews that change a rating. Each says what the review is about. */
export type RatingEvent = Extract<ReviewEvent, { readonly data: { readonly subject: unknown } }>;

/** Returns the summary after an event. A hidden review does not count. */
export const ratingAfter = (summary: RatingSummary, { type, data }: RatingEvent): RatingSummary => {
  if ('hiddenFor' in data && type !== 'ReviewHidden' && data.hiddenFor !== undefined) return summary;
  switch (type) {
    case 'ReviewWritten':
    case 'ReviewRestored':
      return withRating(summary, data.rating);
    case 'ReviewEdited':
      return withRating(withoutRating(summary, data.previousRating), data.rating);
    case 'ReviewWithdrawn':
    case 'ReviewHidden':
      return withoutRating(summary, data.rating);
    default:
      return unreachable(type);
  }
};
