import { accept, reject, unreachable } from '../kernel';
import type { Decision } from '../kernel';
import type { EditReview, ReviewCommand, WithdrawReview, WriteReview } from './commands';
import type { Rating, ReviewEvent } from './events';
import type { ReviewRejection } from './rejections';
import type { KnownReview, ReviewState } from './state';

type ReviewDecision = Decision<ReviewEvent, ReviewRejection>;

/** UTF-16 units, as browsers count them. */
export const reviewTextLengthMax = 5_000;

const isRating = (rating: number): rating is Rating => Number.isInteger(rating) && rating >= 1 && rating <= 5;

const notFound = ({ reviewId }: EditReview | WithdrawReview): ReviewDecision =>
  reject({ code: 'REVIEW_NOT_FOUND', reviewId });

const ratingOutOfRange = (rating: number): ReviewDecision =>
  reject({ code: 'RATING_OUT_OF_RANGE', rating, min: 1, max: 5 });

const textTooLong = ({ length }: string): ReviewDecision =>
  reject({ code: 'REVIEW_TEXT_TOO_LONG', length, max: reviewTextLengthMax });

const says = (state: KnownReview, { rating, text }: WriteReview | EditReview): boolean =>
  state.rating === rating && state.text === text;

const writeReview = (command: WriteReview, state: ReviewState): ReviewDecision => {
  const { reviewId, authorId, authorName, subject, rating, text, at } = command;
  // One to five whole stars; the words may be missing, or be many, but not a book.
  if (!isRating(rating)) return ratingOutOfRange(rating);
  if (text.length > reviewTextLengthMax) return textTooLong(text);
  if (state.status === 'STANDING') {
    // One opinion a person and subject; who has another one edits it.
    return says(state, command) ? accept() : reject({ code: 'REVIEW_ALREADY_WRITTEN', reviewId });
  }
  return accept({
    type: 'ReviewWritten',
    data: { reviewId, authorId, authorName, subject, rating, text, writtenAt: at },
  });
};

const editReview = (command: EditReview, state: ReviewState): ReviewDecision => {
  const { reviewId, authorId, rating, text, at } = command;
  // Someone else's review is not shown to exist.
  if (state.status !== 'STANDING' || state.authorId !== authorId) return notFound(command);
  if (!isRating(rating)) return ratingOutOfRange(rating);
  if (text.length > reviewTextLengthMax) return textTooLong(text);
  if (says(state, command)) return accept();
  const { subject, rating: previousRating } = state;
  return accept({
    type: 'ReviewEdited',
    data: { reviewId, subject, rating, previousRating, text, editedAt: at },
  });
};

const withdrawReview = (command: WithdrawReview, state: ReviewState): ReviewDecision => {
  const { reviewId, authorId, at } = command;
  // Someone else's review is not shown to exist.
  if (state.status === 'NONE' || state.authorId !== authorId) return notFound(command);
  if (state.status === 'WITHDRAWN') return accept();
  const { subject, rating } = state;
  return accept({ type: 'ReviewWithdrawn', data: { reviewId, subject, rating, withdrawnAt: at } });
};

export const decide = (command: ReviewCommand, state: ReviewState): ReviewDecision => {
  switch (command.type) {
    case 'WriteReview':
      return writeReview(command, state);
    case 'EditReview':
      return editReview(command, state);
    case 'WithdrawReview':
      return withdrawReview(command, state);
    default:
      return unreachable(command);
  }
};
