import { z } from 'zod';
import { account } from '../domain/account';
import { product } from '../domain/product';
import { review, type ReviewSubject } from '../domain/review';
import type { Aggregates } from '../platform/execution';
import { reviewId as reviewIdOf } from '../platform/ids';
import { demandSelf } from './authorization';
import { accountIdSchema, parse, productIdSchema, reviewIdSchema, sellerIdSchema, textSchema } from './input';
import { nothing, outcomeOf, rejected } from './outcome';
import type { UseCaseDeps, UseCaseOf } from './use-case';

/** Beyond what a review may say, so that the review itself states its limit. */
const reviewTextSchema = textSchema(100_000);

const writeReviewSchema = z.object({
  authorId: accountIdSchema,
  subject: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('product'), productId: productIdSchema }),
    z.object({ kind: z.literal('seller'), sellerId: sellerIdSchema }),
  ]),
  rating: z.number(),
  text: reviewTextSchema,
});

const keyOf = (subject: ReviewSubject): string =>
  subject.kind === 'product' ? `product:${subject.productId}` : `seller:${subject.sellerId}`;

const exists = async (aggregates: Aggregates, subject: ReviewSubject): Promise<boolean> => {
  if (subject.kind === 'product')
    return (await aggregates.load(product, subject.productId)).status !== 'NONE';
  const seller = await aggregates.load(account, subject.sellerId);
  return seller.status !== 'NONE' && seller.roles.includes('seller');
};

/** One opinion a person and subject. */
export const writeReview =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'writeReview'> =>
  async (input, context) => {
    const { authorId, subject, rating, text } = parse(writeReviewSchema, input);
    demandSelf(context, authorId);
    const author = await aggregates.load(account, authorId);
    if (author.status === 'NONE') return rejected({ code: 'ACCOUNT_NOT_FOUND' });
    if (!(await exists(aggregates, subject))) return rejected({ code: 'SUBJECT_NOT_FOUND' });
    const reviewId = reviewIdOf(authorId, keyOf(subject));
    const authorName = author.name;
    const executed = await aggregates.execute(
      review,
      reviewId,
      { type: 'WriteReview', reviewId, authorId, authorName, subject, rating, text, at: clock.now() },
      context,
    );
    return outcomeOf(executed, { reviewId });
  };

const editReviewSchema = z.object({
  reviewId: reviewIdSchema,
  authorId: accountIdSchema,
  rating: z.number(),
  text: reviewTextSchema,
});

/** Changes what the author thinks. */
export const editReview =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'editReview'> =>
  async (input, context) => {
    const { reviewId, authorId, rating, text } = parse(editReviewSchema, input);
    demandSelf(context, authorId);
    const executed = await aggregates.execute(
      review,
      reviewId,
      { type: 'EditReview', reviewId, authorId, rating, text, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };

const withdrawReviewSchema = z.object({ reviewId: reviewIdSchema, authorId: accountIdSchema });

/** Takes an opinion back; it may be written anew. */
export const withdrawReview =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'withdrawReview'> =>
  async (input, context) => {
    const { reviewId, authorId } = parse(withdrawReviewSchema, input);
    demandSelf(context, authorId);
    const executed = await aggregates.execute(
      review,
      reviewId,
      { type: 'WithdrawReview', reviewId, authorId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
