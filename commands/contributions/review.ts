import { z } from 'zod';
import { account } from '../../domain/account';
import { product } from '../../domain/product';
import { review, reviewPhotosMax, type ReviewSubject } from '../../domain/review';
import type { Aggregates } from '../../platform/execution';
import { reviewId as reviewIdOf } from '../../platform/ids';
import { named } from '../use-case/fields';
import {
  callerIdSchema,
  productIdSchema,
  ratingSchema,
  reviewIdSchema,
  sellerIdSchema,
  textSchema,
} from '../use-case/input';
import { nothing, outcomeOf, rejected } from '../use-case/outcome';
import { claimPhotos, pictureRejections, pictureIdsSchema } from '../catalogue/picture';
import { useCase } from '../use-case/use-case';

/** More than a review may have, so that the review itself states its limit. */
const reviewTextSchema = textSchema(100_000).describe('The text of the review.');

const subjectSchema = named(
  'ReviewSubject',
  '`kind` is `product` with a product ID, or `seller` with a seller ID.',
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('product'), productId: productIdSchema }),
    z.object({ kind: z.literal('seller'), sellerId: sellerIdSchema }),
  ]),
);

const keyOf = (subject: ReviewSubject): string =>
  subject.kind === 'product' ? `product:${subject.productId}` : `seller:${subject.sellerId}`;

const exists = async (aggregates: Aggregates, subject: ReviewSubject): Promise<boolean> => {
  if (subject.kind === 'product')
    return (await aggregates.of(product).load(subject.productId)).status !== 'NONE';
  const seller = await aggregates.of(account).load(subject.sellerId);
  return seller.status !== 'NONE' && seller.roles.includes('seller');
};

export const reviewUseCases = {
  writeReview: useCase({
    summary: 'Writes a review of a product or a seller. An account has one review of each.',
    allow: { by: 'owner', or: 'review:change' },
    input: z.object({
      authorId: callerIdSchema,
      subject: subjectSchema,
      rating: ratingSchema,
      text: reviewTextSchema,
      photoIds: pictureIdsSchema
        .describe('The IDs of uploaded pictures, in their order: 4 at most.')
        .exactOptional(),
    }),
    success: z.object({ reviewId: reviewIdSchema }),
    rejections: [
      'SUBJECT_NOT_FOUND',
      'ACCOUNT_NOT_FOUND',
      'REVIEW_ALREADY_WRITTEN',
      'RATING_OUT_OF_RANGE',
      'REVIEW_TEXT_TOO_LONG',
      ...pictureRejections,
    ],
    handle: async ({ authorId, subject, rating, text, photoIds }, context, deps) => {
      const { aggregates, clock } = deps;
      const author = await aggregates.of(account).load(authorId);
      if (author.status === 'NONE') return rejected({ code: 'ACCOUNT_NOT_FOUND' });
      if (!(await exists(aggregates, subject))) return rejected({ code: 'SUBJECT_NOT_FOUND' });
      const reviewId = reviewIdOf(authorId, keyOf(subject));
      const claimed = await claimPhotos(
        { photoIds, max: reviewPhotosMax, owner: `review:${reviewId}` },
        context,
        deps,
      );
      if (claimed.kind !== 'accepted') return claimed;
      const photos = claimed.value;
      const authorName = author.name;
      const reviews = aggregates.of(review);
      const executed = await reviews.execute(
        reviewId,
        {
          ...{ type: 'WriteReview', reviewId, authorId, authorName, subject, rating, text },
          ...{ photos, at: clock.now() },
        },
        context,
      );
      return outcomeOf(executed, { reviewId });
    },
  }),

  editReview: useCase({
    summary: "Replaces the rating and the text of one of the caller's reviews.",
    allow: { by: 'owner', or: 'review:change' },
    input: z.object({
      reviewId: reviewIdSchema,
      authorId: callerIdSchema,
      rating: ratingSchema,
      text: reviewTextSchema,
      photoIds: pictureIdsSchema
        .describe('The IDs of uploaded pictures, in their order: 4 at most. The photos stay where absent.')
        .exactOptional(),
      expected: named(
        'ReviewSeen',
        'The rating, the text and the photos of a review.',
        z.object({
          rating: ratingSchema,
          text: reviewTextSchema,
          photoIds: pictureIdsSchema.describe('The IDs of the photos, in their order.'),
        }),
      )
        .describe('The review as the caller has seen it. The change is rejected if it is another one now.')
        .exactOptional(),
    }),
    success: z.object({}),
    rejections: [
      'REVIEW_NOT_FOUND',
      'CHANGED_MEANWHILE',
      'RATING_OUT_OF_RANGE',
      'REVIEW_TEXT_TOO_LONG',
      ...pictureRejections,
    ],
    handle: async ({ photoIds, ...input }, context, deps) => {
      const { reviewId, authorId } = input;
      const reviews = deps.aggregates.of(review);
      const found = await reviews.load(reviewId);
      // The decider says so of a review of another author, for which nothing is claimed.
      const isOwn = found.status === 'STANDING' && found.authorId === authorId;
      const claimed = await claimPhotos(
        { photoIds: isOwn ? photoIds : undefined, max: reviewPhotosMax, owner: `review:${reviewId}` },
        context,
        deps,
      );
      if (claimed.kind !== 'accepted') return claimed;
      const command = { type: 'EditReview', ...input, photos: claimed.value, at: deps.clock.now() } as const;
      return outcomeOf(await reviews.execute(reviewId, command, context), nothing);
    },
  }),

  withdrawReview: useCase({
    summary: "Withdraws one of the caller's reviews. The subject can then be reviewed again.",
    allow: { by: 'owner', or: 'review:change' },
    input: z.object({ reviewId: reviewIdSchema, authorId: callerIdSchema }),
    success: z.object({}),
    rejections: ['REVIEW_NOT_FOUND'],
    handle: async (input, context, { aggregates, clock }) => {
      const command = { type: 'WithdrawReview', ...input, at: clock.now() } as const;
      return outcomeOf(await aggregates.of(review).execute(input.reviewId, command, context), nothing);
    },
  }),
};
