import { z } from 'zod';
import type { AccountId, ReviewId } from '../domain/kernel';
import type { ReviewEvent, ReviewSubject } from '../domain/review';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, uuid } from './fields';

export const Review = z
  .strictObject({
    id: uuid<ReviewId>().describe('The unique identifier, derived from the author and the subject.'),
    authorId: uuid<AccountId>().describe("The author's account."),
    authorName: z.string().describe("The author's name when the review was written."),
    subject: z.string().describe('The subject of the review: `product:<id>` or `seller:<id>`.'),
    rating: z.int32().describe('The number of stars: 1 (worst) to 5 (best).'),
    text: z.string().describe("The author's words; may be empty."),
    writtenAt: instant.describe('The time when the review was written.'),
    editedAt: instant.nullable().describe('The time when the review was last edited; null if it never was.'),
  })
  .describe("A customer's opinion of a product or a seller. Each customer has one about each subject.");
export type Review = DocumentOf<typeof Review>;

const subjectKeyOf = (subject: ReviewSubject): string =>
  subject.kind === 'product' ? `product:${subject.productId}` : `seller:${subject.sellerId}`;

/** A withdrawn review is removed. */
export const reviews = readModel<Review, ReviewEvent>('reviews', {
  question: 'Which reviews does each product and each seller have?',
  version: 1,
  document: Review,
  indexes: {
    by_subject: ['subject', 'writtenAt'],
    by_subject_and_rating: ['subject', 'rating', 'writtenAt'],
    by_author: ['authorId', 'writtenAt'],
  },
  key: ({ data }) => data.reviewId,
  on: {
    ReviewWritten: (_, { data: { reviewId, authorId, authorName, subject, rating, text, writtenAt } }) => ({
      id: reviewId,
      authorId,
      authorName,
      subject: subjectKeyOf(subject),
      rating,
      text,
      writtenAt,
      editedAt: null,
    }),
    ReviewEdited: (found, { data: { rating, text, editedAt } }) =>
      found && { ...found, rating, text, editedAt },
    ReviewWithdrawn: () => undefined,
  },
});
