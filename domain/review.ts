import {
  accept,
  reject,
  unreachable,
  type AccountId,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
  type ProductId,
  type ReviewId,
} from './kernel';

export type ReviewSubject =
  | { readonly kind: 'product'; readonly productId: ProductId }
  | { readonly kind: 'seller'; readonly sellerId: AccountId };

/** A whole number from 1 (worst) to 5 (best). */
export type Rating = 1 | 2 | 3 | 4 | 5;

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
export type ReviewWritten = Fact<
  'ReviewWritten',
  {
    reviewId: ReviewId;
    authorId: AccountId;
    authorName: string;
    subject: ReviewSubject;
    rating: Rating;
    text: string;
    writtenAt: Instant;
  }
>;

export type ReviewEdited = Fact<
  'ReviewEdited',
  {
    reviewId: ReviewId;
    subject: ReviewSubject;
    rating: Rating;
    previousRating: Rating;
    text: string;
    editedAt: Instant;
  }
>;

/** `rating`: the rating that no longer counts. */
export type ReviewWithdrawn = Fact<
  'ReviewWithdrawn',
  { reviewId: ReviewId; subject: ReviewSubject; rating: Rating; withdrawnAt: Instant }
>;

export type ReviewEvent = ReviewWritten | ReviewEdited | ReviewWithdrawn;

export const reviewEventTypes = {
  ReviewWritten: true,
  ReviewEdited: true,
  ReviewWithdrawn: true,
} as const satisfies Record<ReviewEvent['type'], true>;

type To = { readonly reviewId: ReviewId; readonly authorId: AccountId; readonly at: Instant };

/** Writes a review, also after a withdrawal. */
type WriteReview = To & {
  readonly type: 'WriteReview';
  readonly authorName: string;
  readonly subject: ReviewSubject;
  readonly rating: number;
  readonly text: string;
};

type EditReview = To & { readonly type: 'EditReview'; readonly rating: number; readonly text: string };

type WithdrawReview = To & { readonly type: 'WithdrawReview' };

export type ReviewCommand = WriteReview | EditReview | WithdrawReview;

export type ReviewRejection =
  | { readonly code: 'REVIEW_NOT_FOUND'; readonly reviewId: ReviewId }
  | { readonly code: 'REVIEW_ALREADY_WRITTEN'; readonly reviewId: ReviewId }
  | {
      readonly code: 'RATING_OUT_OF_RANGE';
      readonly rating: number;
      readonly min: number;
      readonly max: number;
    }
  | { readonly code: 'REVIEW_TEXT_TOO_LONG'; readonly length: number; readonly max: number };

export type KnownReview = {
  readonly status: 'STANDING' | 'WITHDRAWN';
  readonly authorId: AccountId;
  readonly subject: ReviewSubject;
  readonly rating: Rating;
  readonly text: string;
};

export type ReviewState = { readonly status: 'NONE' } | KnownReview;

const initial: ReviewState = { status: 'NONE' };

const existing = (state: ReviewState, event: ReviewEvent): KnownReview => {
  if (state.status === 'NONE') throw new Error(`${event.type} before ReviewWritten`);
  return state;
};

const evolve = (state: ReviewState, event: ReviewEvent): ReviewState => {
  switch (event.type) {
    case 'ReviewWritten': {
      const { authorId, subject, rating, text } = event.data;
      return { status: 'STANDING', authorId, subject, rating, text };
    }
    case 'ReviewEdited': {
      const { rating, text } = event.data;
      return { ...existing(state, event), rating, text };
    }
    case 'ReviewWithdrawn':
      return { ...existing(state, event), status: 'WITHDRAWN' };
    default:
      return unreachable(event);
  }
};

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
  // A rating is one to five whole stars. The text is optional and bounded.
  if (!isRating(rating)) return ratingOutOfRange(rating);
  if (text.length > reviewTextLengthMax) return textTooLong(text);
  if (state.status === 'STANDING') {
    // An author has one review of a subject and edits it.
    return says(state, command) ? accept() : reject({ code: 'REVIEW_ALREADY_WRITTEN', reviewId });
  }
  return accept({
    type: 'ReviewWritten',
    data: { reviewId, authorId, authorName, subject, rating, text, writtenAt: at },
  });
};

const editReview = (command: EditReview, state: ReviewState): ReviewDecision => {
  const { reviewId, authorId, rating, text, at } = command;
  // The existence of another author's review is private here.
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
  // The existence of another author's review is private here.
  if (state.status === 'NONE' || state.authorId !== authorId) return notFound(command);
  if (state.status === 'WITHDRAWN') return accept();
  const { subject, rating } = state;
  return accept({ type: 'ReviewWithdrawn', data: { reviewId, subject, rating, withdrawnAt: at } });
};

const decide = (command: ReviewCommand, state: ReviewState): ReviewDecision => {
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

export const review: Decider<ReviewState, ReviewCommand, ReviewEvent, ReviewRejection> = {
  category: 'review',
  initial,
  decide,
  evolve,
};
