import type { AccountId, Instant, ProductId, ReviewId } from '../../../domain/kernel';
import type {
  Rating,
  ReviewEdited,
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

export const written = (subject: ReviewSubject, rating: Rating): ReviewWritten => ({
  type: 'ReviewWritten',
  data: { reviewId, authorId, authorName: 'Ada', subject, rating, text: 'Holds tea.', writtenAt },
});
export const edited = (subject: ReviewSubject, previousRating: Rating, rating: Rating): ReviewEdited => ({
  type: 'ReviewEdited',
  data: { reviewId, subject, rating, previousRating, text: 'Leaks.', editedAt },
});
export const withdrawn = (subject: ReviewSubject, rating: Rating): ReviewWithdrawn => ({
  type: 'ReviewWithdrawn',
  data: { reviewId, subject, rating, withdrawnAt: editedAt },
});
