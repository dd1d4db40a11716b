import type { AccountId, Instant, ProductId, ReviewId } from '../../../domain/kernel';
import type {
  Rating,
  ReviewEdited,
  ReviewHidden,
  ReviewRestored,
  ReviewSubject,
  ReviewWithdrawn,
  ReviewWritten,
} from '../../../domain/review';

/** One review and its facts, of a product or of a seller. */
export const reviewId = 'review-1' as ReviewId;
export const authorId = 'ada' as AccountId;
export const ofProduct: ReviewSubject = { kind: 'product', productId: 'mug' as ProductId };
export const ofSeller: ReviewSubject = { kind: 'seller', sellerId: 'bob' as AccountId };
export const writtenAt = '2026-11-02T09:00:00.000Z' as Instant;
export const editedAt = '2026-11-02T10:00:00.000Z' as Instant;

type Hiding = { readonly hiddenFor?: string };

export const written = (subject: ReviewSubject, rating: Rating, hiding: Hiding = {}): ReviewWritten => ({
  type: 'ReviewWritten',
  data: { reviewId, authorId, authorName: 'Ada', subject, rating, text: 'Holds tea.', writtenAt, ...hiding },
});
export const edited = (
  subject: ReviewSubject,
  previousRating: Rating,
  rating: Rating,
  hiding: Hiding = {},
): ReviewEdited => ({
  type: 'ReviewEdited',
  data: { reviewId, subject, rating, previousRating, text: 'Leaks.', editedAt, ...hiding },
});
export const withdrawn = (subject: ReviewSubject, rating: Rating, hiding: Hiding = {}): ReviewWithdrawn => ({
  type: 'ReviewWithdrawn',
  data: { reviewId, subject, rating, withdrawnAt: editedAt, ...hiding },
});

/** Facts of a moderator. */
export const moderatorId = 'mia' as AccountId;
export const hiddenFor = 'It is advertising.';
export const hidden = (subject: ReviewSubject, rating: Rating): ReviewHidden => ({
  type: 'ReviewHidden',
  data: { reviewId, subject, rating, moderatorId, hiddenFor, hiddenAt: editedAt },
});
export const restored = (subject: ReviewSubject, rating: Rating): ReviewRestored => ({
  type: 'ReviewRestored',
  data: { reviewId, subject, rating, moderatorId, restoredAt: editedAt },
});
