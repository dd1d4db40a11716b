import type { AccountId, Instant, ReviewId } from '../domain/kernel';
import type { ReviewEvent, ReviewSubject } from '../domain/review';
import type { Projection } from '../platform/projections';
import type { CollectionSpec } from '../platform/read-models';
import { instant, maybe, record, text, whole } from './schema';

/** A review that stands. `subject`: `product:<id>` or `seller:<id>`. */
export type Review = {
  readonly id: ReviewId;
  readonly authorId: AccountId;
  readonly authorName: string;
  readonly subject: string;
  readonly rating: number;
  readonly text: string;
  readonly writtenAt: Instant;
  readonly editedAt: Instant | null;
};

const collection: CollectionSpec = {
  name: 'reviews',
  version: 1,
  indexes: [
    { name: 'by_subject', fields: ['subject', 'writtenAt'] },
    { name: 'by_subject_and_rating', fields: ['subject', 'rating', 'writtenAt'] },
    { name: 'by_author', fields: ['authorId', 'writtenAt'] },
  ],
  schema: record<Review>(
    {
      id: text('UUID.'),
      authorId: text("The author's account id."),
      authorName: text('What the author was called.'),
      subject: text('`product:<id>` or `seller:<id>`.'),
      rating: whole('1 (worst) to 5 (best).'),
      text: text("The author's words; may be empty."),
      writtenAt: instant('When it was written.'),
      editedAt: maybe(instant('When it was last changed; null for one that never was.')),
    },
    'A review that stands.',
  ),
};

const keyOf = (subject: ReviewSubject): string =>
  subject.kind === 'product' ? `product:${subject.productId}` : `seller:${subject.sellerId}`;

const idOf = ({ data }: { readonly data: { readonly reviewId: string } }) => [data.reviewId];

/** What people think of products and sellers. A withdrawn review is gone. */
export const reviews: Projection<Review, ReviewEvent> = {
  collection,
  handlers: {
    ReviewWritten: {
      ids: idOf,
      evolve: (_, { data: { reviewId, authorId, authorName, subject, rating, text: words, writtenAt } }) => ({
        id: reviewId,
        authorId,
        authorName,
        subject: keyOf(subject),
        rating,
        text: words,
        writtenAt,
        editedAt: null,
      }),
    },
    ReviewEdited: {
      ids: idOf,
      evolve: (review, { data: { rating, text: words, editedAt } }) =>
        review && { ...review, rating, text: words, editedAt },
    },
    ReviewWithdrawn: { ids: idOf, evolve: () => undefined },
  },
};
