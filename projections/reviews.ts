import { z } from 'zod';
import type { PersonalDataErased } from '../domain/account';
import { erasedText, type AccountId, type ReviewId } from '../domain/kernel';
import type { HelpfulVoteEvent } from '../domain/helpful-vote';
import {
  review,
  type ReviewEvent,
  type ReviewReported,
  type ReviewReportsDismissed,
  type ReviewSubject,
} from '../domain/review';
import { readModel, type DocumentOf, type Fold } from '../platform/projections';
import { erasedIn, isErasure } from './erased-streams';
import { instant, uuid } from './fields';
import { hiddenKey, listKeyOf, shownKey } from './list-key';
import { Photo, photosOf } from './photo';

export const Review = z
  .strictObject({
    id: uuid<ReviewId>().describe('The unique identifier, derived from the author and the subject.'),
    authorId: uuid<AccountId>().describe("The author's account."),
    authorName: z.string().describe("The author's name when the review was written."),
    subject: z
      .string()
      .describe(
        'The subject of the review: `product:<id>` or `seller:<id>`; `hidden-` stands before it while a moderator hides the review.',
      ),
    rating: z.int32().describe('The number of stars: 1 (worst) to 5 (best).'),
    text: z.string().describe("The author's words; may be empty."),
    photos: z.array(Photo).describe('The pictures of the author, in their order.'),
    writtenAt: instant.describe('The time when the review was written.'),
    editedAt: instant.nullable().describe('The time when the review was last edited; null if it never was.'),
    helpful: z.int32().describe('The number of accounts to which the review is helpful.'),
    hiddenFor: z
      .string()
      .nullable()
      .describe('The reason for which a moderator has hidden the review; null where it is shown.'),
  })
  .describe("A customer's opinion of a product or a seller. Each customer has one about each subject.");
export type Review = DocumentOf<typeof Review>;

const keyOf = (subject: ReviewSubject, hiddenFor?: string): string =>
  subject.kind === 'product'
    ? listKeyOf('product', subject.productId, hiddenFor)
    : listKeyOf('seller', subject.sellerId, hiddenFor);

type Shown =
  Exclude<ReviewEvent, ReviewReported | ReviewReportsDismissed> | HelpfulVoteEvent | PersonalDataErased;

const voted =
  (by: 1 | -1): Fold<Review, HelpfulVoteEvent> =>
  (found) =>
    // A document of version 1 has no such field.
    found && { ...found, helpful: ((found as Partial<Review>).helpful ?? 0) + by };

/** A withdrawn review is removed. */
export const reviews = readModel<Review, Shown>('reviews', {
  question: 'Which reviews does each product and each seller have?',
  version: 3,
  document: Review,
  indexes: {
    by_subject: ['subject', 'writtenAt'],
    by_subject_and_rating: ['subject', 'rating', 'writtenAt'],
    by_subject_and_helpful: ['subject', 'helpful', 'writtenAt'],
    by_author: ['authorId', 'writtenAt'],
  },
  key: (event) => {
    if (isErasure(event)) return erasedIn(review.category, event);
    const { data } = event;
    if ('reviewId' in data) return data.reviewId;
    return data.on.kind === 'review' ? data.on.reviewId : undefined;
  },
  on: {
    ReviewWritten: (
      _,
      { data: { reviewId, authorId, authorName, subject, rating, text, photos, writtenAt, hiddenFor } },
    ) => ({
      id: reviewId,
      authorId,
      authorName,
      subject: keyOf(subject, hiddenFor),
      rating,
      text,
      photos: photosOf(photos),
      writtenAt,
      editedAt: null,
      helpful: 0,
      hiddenFor: hiddenFor ?? null,
    }),
    ReviewEdited: (found, { data: { rating, text, photos, editedAt } }) =>
      found && { ...found, rating, text, photos: photosOf(photos), editedAt },
    ReviewPhotosRemoved: (found) => found && { ...found, photos: [] },
    ReviewWithdrawn: () => undefined,
    ReviewHidden: (found, { data: { hiddenFor } }) =>
      found && { ...found, subject: hiddenKey(found.subject), hiddenFor },
    ReviewRestored: (found) => found && { ...found, subject: shownKey(found.subject), hiddenFor: null },

    // Reports of the person are in streams of reviews by others.
    PersonalDataErased: (found, { data: { accountId } }) =>
      found?.authorId === accountId ? { ...found, authorName: erasedText, photos: [] } : found,

    HelpfulVoteCast: voted(1),
    HelpfulVoteRetracted: voted(-1),
  },
});
