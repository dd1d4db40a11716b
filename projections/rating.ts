import type { Rating } from '../domain/review';
import { list, maybe, number, record, whole } from './schema';

/** What the reviews of one subject come to. */
export type RatingSummary = {
  readonly count: number;
  /** Of the stars in `counts`, not rounded; null without reviews. */
  readonly average: number | null;
  /** How many reviews there are of 1, 2, 3, 4 and 5 stars. */
  readonly counts: readonly number[];
};

export const ratingSchema = record<RatingSummary>(
  {
    count: whole('How many reviews there are.'),
    average: maybe(number('The mean of their stars, 1 to 5; null without reviews.')),
    counts: list(whole('How many.'), 'How many there are of 1, 2, 3, 4 and 5 stars.'),
  },
  'Of the reviews that stand.',
);

const summaryOf = (counts: readonly number[]): RatingSummary => {
  // Counted anew from whole numbers each time, so that no rounding error ever adds up.
  const count = counts.reduce((sum, reviews) => sum + reviews, 0);
  const stars = counts.reduce((sum, reviews, index) => sum + reviews * (index + 1), 0);
  return { count, average: count === 0 ? null : stars / count, counts };
};

const changedBy = ({ counts }: RatingSummary, rating: Rating, by: 1 | -1): RatingSummary =>
  summaryOf(counts.map((reviews, index) => (index + 1 === rating ? reviews + by : reviews)));

export const noRating: RatingSummary = summaryOf([0, 0, 0, 0, 0]);

export const withRating = (summary: RatingSummary, rating: Rating): RatingSummary =>
  changedBy(summary, rating, 1);

export const withoutRating = (summary: RatingSummary, rating: Rating): RatingSummary =>
  changedBy(summary, rating, -1);

export const withEditedRating = (summary: RatingSummary, was: Rating, is: Rating): RatingSummary =>
  withRating(withoutRating(summary, was), is);
