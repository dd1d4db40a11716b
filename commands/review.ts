import { z } from 'zod';
import { account } from '../domain/account';
import type { Picture, PictureId, ReviewId } from '../domain/kernel';
import { product } from '../domain/product';
import { review, reviewPhotosMax, type ReviewSubject } from '../domain/review';
import type { Aggregates, CommandContext } from '../platform/execution';
import { reviewId as reviewIdOf } from '../platform/ids';
import { named } from './fields';
import {
  callerIdSchema,
  pictureIdSchema,
  productIdSchema,
  ratingSchema,
  reviewIdSchema,
  sellerIdSchema,
  textSchema,
} from './input';
import { nothing, outcomeOf, rejected, type Outcome } from './outcome';
import { claimPictures } from './picture';
import { useCase, type UseCaseDeps } from './use-case';

/** More than a review may have, so that the review itself states its limit. */
const reviewTextSchema = textSchema(100_000).describe('The text of the review.');

/** More than a review may have, so that the review itself states its limit. */
const PHOTOS_READ_MAX = 50;

const photosSchema = z.array(pictureIdSchema).max(PHOTOS_READ_MAX);

/** Keeps photos for a review that is about to name them. */
const claimPhotos = async (
  photoIds: readonly PictureId[] | undefined,
  reviewId: ReviewId,
  context: CommandContext,
  deps: UseCaseDeps,
): Promise<Outcome<readonly Picture[] | undefined, 'PICTURES_TOO_MANY' | 'PICTURE_NOT_FOUND'>> => {
  if (photoIds === undefined) return { kind: 'accepted', value: undefined };
  if (photoIds.length > reviewPhotosMax)
    return rejected({ code: 'PICTURES_TOO_MANY', count: photoIds.length, max: reviewPhotosMax });
  const claim = { pictureIds: photoIds, owner: `review:${reviewId}`, at: deps.clock.now() } as const;
  return claimPictures(claim, context, deps);
};

const PHOTO_CODES = [
  'PICTURE_NOT_FOUND',
  'PICTURE_USED_UP',
  'PICTURES_TOO_MANY',
  'PICTURE_REPEATED',
] as const;

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
      photoIds: photosSchema
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
      ...PHOTO_CODES,
    ],
    handle: async ({ authorId, subject, rating, text, photoIds }, context, deps) => {
      const { aggregates, clock } = deps;
      const author = await aggregates.of(account).load(authorId);
      if (author.status === 'NONE') return rejected({ code: 'ACCOUNT_NOT_FOUND' });
      if (!(await exists(aggregates, subject))) return rejected({ code: 'SUBJECT_NOT_FOUND' });
      const reviewId = reviewIdOf(authorId, keyOf(subject));
      const claimed = await claimPhotos(photoIds, reviewId, context, deps);
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
      photoIds: photosSchema
        .describe('The IDs of uploaded pictures, in their order: 4 at most. The photos stay where absent.')
        .exactOptional(),
    }),
    success: z.object({}),
    rejections: ['REVIEW_NOT_FOUND', 'RATING_OUT_OF_RANGE', 'REVIEW_TEXT_TOO_LONG', ...PHOTO_CODES],
    handle: async ({ photoIds, ...input }, context, deps) => {
      const { reviewId, authorId } = input;
      const reviews = deps.aggregates.of(review);
      const found = await reviews.load(reviewId);
      // The decider says so of a review of another author, for which nothing is claimed.
      const isOwn = found.status === 'STANDING' && found.authorId === authorId;
      const claimed = await claimPhotos(isOwn ? photoIds : undefined, reviewId, context, deps);
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
