import { figures, type SomeRows } from './row';

export const reviewRejections = {
  REVIEW_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such review, it was withdrawn, or it belongs to another account.',
    remedy: 'Take the id of one of your own reviews, which the query me lists, or write one.',
    figures: { reviewId: figures.reviewId },
    about: ['reviewId'],
  },
  REVIEW_ALREADY_WRITTEN: {
    kind: 'already-exists',
    why: 'You have written a review of this already.',
    remedy: 'Change that one with editReview.',
    figures: { reviewId: figures.reviewId },
  },
  RATING_OUT_OF_RANGE: {
    kind: 'invalid',
    why: 'The rating is not one of the possible ones.',
    says: ({ rating, min, max }) => `${rating} is not a whole number from ${min} to ${max}.`,
    remedy: 'Give a rating within the range.',
    figures: {
      rating: { type: 'Float', text: 'The rating that was given.' },
      min: { type: 'Int', text: 'The smallest possible value.' },
      max: { type: 'Int', text: 'The largest possible value.' },
    },
    about: ['rating'],
  },
  REVIEW_TEXT_TOO_LONG: {
    kind: 'invalid',
    why: 'The text has more characters than a review may have.',
    says: ({ length, max }) => `A review has at most ${max} characters, and this one has ${length}.`,
    remedy: 'Shorten it.',
    figures: {
      length: { type: 'SafeInt', text: 'The number of characters of the text.' },
      max: { type: 'SafeInt', text: 'The maximum number of characters.' },
    },
    about: ['text'],
  },
  SUBJECT_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such product or seller to review.',
    remedy: 'Take the id of a product that the query products lists, or of its seller.',
    figures: {},
    about: ['productId', 'sellerId'],
  },
} satisfies SomeRows;
