import { figures, type SomeRows } from './row';

export const reviewRejections = {
  REVIEW_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such review, it was withdrawn, or it belongs to another account.',
    remedy: 'Use the id of one of your own reviews, which the query me returns, or write a review.',
    figures: { reviewId: figures.reviewId },
    about: ['reviewId'],
  },
  REVIEW_ALREADY_WRITTEN: {
    kind: 'already-exists',
    why: 'You have written a review of this already.',
    remedy: 'Change the existing review with editReview.',
    figures: { reviewId: figures.reviewId },
  },
  RATING_OUT_OF_RANGE: {
    kind: 'invalid',
    why: 'The rating is not within the permitted range.',
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
    why: 'The text of the review is too long.',
    says: ({ length, max }) =>
      `The text of a review has at most ${max} characters, and this one has ${length}.`,
    remedy: 'Shorten the text.',
    figures: {
      length: { type: 'SafeInt', text: 'The number of characters of the text.' },
      max: { type: 'SafeInt', text: 'The maximum number of characters.' },
    },
    about: ['text'],
  },
  SUBJECT_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such product or seller to review.',
    remedy: 'Use the id of a product from the query products, or of its seller.',
    figures: {},
    about: ['productId', 'sellerId'],
  },
  POST_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such question or answer, it was withdrawn, or it belongs to another account.',
    remedy: 'Use an id of the questions of a product, or of their answers.',
    figures: { postId: figures.postId },
    about: ['postId', 'questionId'],
  },
  POST_TEXT_OUT_OF_RANGE: {
    kind: 'invalid',
    why: 'The text is empty or too long.',
    says: ({ length, max }) =>
      `A question or an answer has 1 to ${max} characters, not only blanks, and this one has ${length}.`,
    remedy: 'Change the text.',
    figures: {
      length: { type: 'SafeInt', text: 'The number of characters of the text.' },
      max: { type: 'SafeInt', text: 'The maximum number of characters.' },
    },
    about: ['text'],
  },
  PURCHASE_NOT_FOUND: {
    kind: 'not-found',
    why: 'No paid order of yours with this product was named.',
    remedy:
      'Give the ID of an order with the product that you have paid; others than buyers, the seller and the shop do not answer.',
    figures: {},
    about: ['orderId'],
  },
  CONTRIBUTION_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such review, question or answer, or it is not shown.',
    remedy: 'Use an id of a review, a question or an answer that is shown.',
    figures: {},
    about: ['reviewId', 'postId'],
  },
  OWN_CONTRIBUTION: {
    kind: 'wrong-state',
    why: 'You have written this yourself.',
    remedy: 'Withdraw it instead of reporting it; votes are for others.',
    figures: {},
    about: ['reviewId', 'postId'],
  },
  ALREADY_HIDDEN: {
    kind: 'wrong-state',
    why: 'It is hidden already, for another reason.',
    says: ({ hiddenFor }) => `It is hidden already, for this reason: ${hiddenFor}`,
    remedy: 'Restore it first to hide it for another reason.',
    figures: {
      hiddenFor: { type: 'String', text: 'The reason for which it is hidden.', as: 'hiddenReason' },
    },
    about: ['reviewId', 'postId'],
  },
} satisfies SomeRows;
