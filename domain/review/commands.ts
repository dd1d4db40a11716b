import type { AccountId, Instant, ReviewId } from '../kernel';
import type { ReviewSubject } from './events';

type To = { readonly reviewId: ReviewId; readonly authorId: AccountId; readonly at: Instant };

/** A withdrawn review may be written anew. */
export type WriteReview = To & {
  readonly type: 'WriteReview';
  readonly authorName: string;
  readonly subject: ReviewSubject;
  readonly rating: number;
  readonly text: string;
};
export type EditReview = To & { readonly type: 'EditReview'; readonly rating: number; readonly text: string };
export type WithdrawReview = To & { readonly type: 'WithdrawReview' };

export type ReviewCommand = WriteReview | EditReview | WithdrawReview;
