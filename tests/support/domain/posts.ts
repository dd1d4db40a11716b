import type { AccountId, Instant, PostId, ProductId, ReviewId } from '../../../domain/kernel';
import type {
  PostAuthor,
  PostEdited,
  PostHidden,
  PostReported,
  PostReportsDismissed,
  PostRestored,
  PostTopic,
  PostWithdrawn,
  PostWritten,
} from '../../../domain/post';

/** One post and its facts: a question, or an answer to a question or a review. */
export const postId = 'post-1' as PostId;
export const authorId = 'ada' as AccountId;
export const moderatorId = 'mia' as AccountId;
export const reporterId = 'eve' as AccountId;
export const hiddenFor = 'It is advertising.';
export const aboutProduct: PostTopic = { kind: 'product', productId: 'mug' as ProductId };
export const toQuestion: PostTopic = {
  kind: 'question',
  questionId: 'post-0' as PostId,
  productId: 'mug' as ProductId,
};
export const toReview: PostTopic = { kind: 'review', reviewId: 'review-1' as ReviewId };
export const at = '2026-11-02T09:00:00.000Z' as Instant;
export const later = '2026-11-02T10:00:00.000Z' as Instant;

type Hiding = { readonly hiddenFor?: string };

export const written = (topic: PostTopic, hiding: Hiding = {}): PostWritten => ({
  type: 'PostWritten',
  data: {
    ...{ postId, topic, authorId, authorName: 'Ada', writtenAs: 'CUSTOMER', text: 'Does it hold tea?' },
    ...{ writtenAt: at, ...hiding },
  },
});
export const edited = (by = authorId, writtenAs: PostAuthor = 'CUSTOMER'): PostEdited => ({
  type: 'PostEdited',
  data: { postId, authorId: by, authorName: 'Ada', writtenAs, text: 'Does it hold coffee?', editedAt: later },
});
export const withdrawn: PostWithdrawn = { type: 'PostWithdrawn', data: { postId, withdrawnAt: later } };
export const reported = (by = reporterId): PostReported => ({
  type: 'PostReported',
  data: {
    ...{ postId, authorId, reporterId: by, reason: 'SPAM' },
    note: 'The same text everywhere.',
    reportedAt: later,
  },
});
export const dismissed: PostReportsDismissed = {
  type: 'PostReportsDismissed',
  data: { postId, moderatorId, dismissedAt: later },
};
export const hidden: PostHidden = {
  type: 'PostHidden',
  data: { postId, moderatorId, hiddenFor, hiddenAt: later },
};
export const restored: PostRestored = {
  type: 'PostRestored',
  data: { postId, moderatorId, restoredAt: later },
};
