import type { AccountId, Fact, Instant, ProductId, ReviewId } from '../kernel';

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
/** `rating` is the one that no longer counts. */
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
