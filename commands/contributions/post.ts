import { z } from 'zod';
import { account } from '../../domain/account';
import type { AccountId, OrderId, PostId, ProductId } from '../../domain/kernel';
import { order, statusOf } from '../../domain/order';
import { post, type PostAuthor, type PostTopic } from '../../domain/post';
import { product } from '../../domain/product';
import { review, type ReviewSubject } from '../../domain/review';
import type { Aggregates } from '../../platform/execution';
import { Fault } from '../../platform/faults';
import { answerId, questionId as questionIdOf, reviewAnswerId } from '../../platform/ids';
import { demandSeller, type AllowedContext } from '../use-case/authorization';
import {
  callerIdSchema,
  orderIdSchema,
  postIdSchema,
  productIdSchema,
  reviewIdSchema,
  textSchema,
} from '../use-case/input';
import { isActiveSeller } from '../merchant';
import { isShown } from './moderation';
import { nothing, outcomeOf, rejected, type Outcome } from '../use-case/outcome';
import { useCase, type UseCaseDeps } from '../use-case/use-case';

/** More than a post may have, so that the post itself states its limit. */
const postTextSchema = textSchema(100_000).describe('The text.');

/** Returns the seller of a product; null where the shop itself sells it, undefined where there is no such product. */
const sellerOf = async (
  { aggregates }: UseCaseDeps,
  productId: ProductId,
): Promise<AccountId | null | undefined> => {
  const known = await aggregates.of(product).load(productId);
  return known.status === 'NONE' ? undefined : (known.sellerId ?? null);
};

const sellerIn = async (deps: UseCaseDeps, subject: ReviewSubject): Promise<AccountId | undefined> =>
  subject.kind === 'seller' ? subject.sellerId : ((await sellerOf(deps, subject.productId)) ?? undefined);

/** Returns whether the author is the seller, and may sell now. */
const isSellerNow = async (
  deps: UseCaseDeps,
  sellerId: AccountId | null | undefined,
  authorId: AccountId,
): Promise<boolean> => sellerId === authorId && (await isActiveSeller(deps, authorId));

/** Returns whether the account has paid an order with the product. */
const hasBought = async (
  aggregates: Aggregates,
  {
    orderId,
    productId,
    by,
  }: { readonly orderId: OrderId; readonly productId: ProductId; readonly by: AccountId },
): Promise<boolean> => {
  const known = await aggregates.of(order).load(orderId);
  if (known.progress === 'NONE' || known.customerId !== by) return false;
  return (
    !['PLACED', 'CANCELLED'].includes(statusOf(known)) &&
    known.lines.some((line) => line.productId === productId)
  );
};

type Post = {
  readonly postId: PostId;
  readonly topic: PostTopic;
  readonly authorId: AccountId;
  readonly writtenAs: PostAuthor;
  readonly text: string;
  readonly expectedText?: string | undefined;
};

const write = async (
  written: Post,
  context: AllowedContext,
  { aggregates, clock }: UseCaseDeps,
): Promise<Outcome<{ readonly postId: PostId }, 'ACCOUNT_NOT_FOUND'>> => {
  const author = await aggregates.of(account).load(written.authorId);
  if (author.status === 'NONE') return rejected({ code: 'ACCOUNT_NOT_FOUND' });
  const { postId } = written;
  const command = { type: 'WritePost', ...written, authorName: author.name, at: clock.now() } as const;
  return outcomeOf(await aggregates.of(post).execute(postId, command, context), { postId });
};

export const postUseCases = {
  askQuestion: useCase({
    summary: 'Asks a question on a product, which its seller, the shop and its buyers can answer.',
    allow: { by: 'owner', or: 'review:change' },
    input: z.object({ authorId: callerIdSchema, productId: productIdSchema, text: postTextSchema }),
    success: z.object({ postId: postIdSchema }),
    rejections: ['PRODUCT_NOT_FOUND', 'ACCOUNT_NOT_FOUND', 'POST_TEXT_OUT_OF_RANGE'],
    handle: async ({ authorId, productId, text }, context, deps) => {
      const sellerId = await sellerOf(deps, productId);
      if (sellerId === undefined) return rejected({ code: 'PRODUCT_NOT_FOUND', productId });
      const topic = { kind: 'product', productId } as const;
      const writtenAs = (await isSellerNow(deps, sellerId, authorId)) ? 'SELLER' : 'CUSTOMER';
      return write(
        { postId: questionIdOf(context.commandId), topic, authorId, writtenAs, text },
        context,
        deps,
      );
    },
  }),

  answerQuestion: useCase({
    summary:
      'Answers a question, or replaces the answer that the caller has given. For the seller of the product, the shop, and accounts that have bought the product.',
    allow: { by: 'owner', or: 'review:answer' },
    input: z.object({
      authorId: callerIdSchema,
      questionId: postIdSchema.describe('The ID of the question.'),
      text: postTextSchema,
      orderId: orderIdSchema
        .describe('The ID of a paid order of the caller with the product. The seller and the shop need none.')
        .exactOptional(),
    }),
    success: z.object({ postId: postIdSchema }),
    rejections: ['POST_NOT_FOUND', 'PURCHASE_NOT_FOUND', 'ACCOUNT_NOT_FOUND', 'POST_TEXT_OUT_OF_RANGE'],
    handle: async ({ authorId, questionId, text, orderId }, context, deps) => {
      const { aggregates } = deps;
      const question = await aggregates.of(post).load(questionId);
      if (!isShown(question) || question.topic.kind !== 'product')
        return rejected({ code: 'POST_NOT_FOUND', postId: questionId });
      const { productId } = question.topic;
      const roleOf = async (): Promise<PostAuthor | undefined> => {
        if (await isSellerNow(deps, await sellerOf(deps, productId), authorId)) return 'SELLER';
        if (context.forAll) return 'SHOP';
        if (orderId === undefined) return undefined;
        return (await hasBought(aggregates, { orderId, productId, by: authorId })) ? 'BUYER' : undefined;
      };
      const writtenAs = await roleOf();
      if (writtenAs === undefined) return rejected({ code: 'PURCHASE_NOT_FOUND' });
      const topic = { kind: 'question', questionId, productId } as const;
      return write(
        { postId: answerId(authorId, questionId), topic, authorId, writtenAs, text },
        context,
        deps,
      );
    },
  }),

  answerReview: useCase({
    summary:
      'Answers a review as the seller or for the shop, or replaces the answer. A review has one answer.',
    allow: { by: 'seller', or: 'review:answer' },
    input: z.object({
      authorId: callerIdSchema,
      reviewId: reviewIdSchema,
      text: postTextSchema,
      expectedText: postTextSchema
        .describe(
          'The answer that the caller has seen, empty where there was none. The change is rejected if there is another one now.',
        )
        .exactOptional(),
    }),
    success: z.object({ postId: postIdSchema }),
    rejections: ['REVIEW_NOT_FOUND', 'ACCOUNT_NOT_FOUND', 'POST_TEXT_OUT_OF_RANGE', 'CHANGED_MEANWHILE'],
    handle: async ({ authorId, reviewId, text, expectedText }, context, deps) => {
      const known = await deps.aggregates.of(review).load(reviewId);
      if (!isShown(known)) return rejected({ code: 'REVIEW_NOT_FOUND', reviewId });
      const sellerId = await sellerIn(deps, known.subject);
      demandSeller(context, sellerId, 'review:answer');
      const isSeller = await isSellerNow(deps, sellerId, authorId);
      if (!isSeller && !context.forAll)
        throw new Fault('NOT_PERMITTED', 'This account may not sell now. Ask the shop for the reason.');
      const writtenAs = isSeller ? 'SELLER' : 'SHOP';
      const topic = { kind: 'review', reviewId } as const;
      return write(
        { postId: reviewAnswerId(reviewId), topic, authorId, writtenAs, text, expectedText },
        context,
        deps,
      );
    },
  }),

  withdrawPost: useCase({
    summary: 'Withdraws one of the questions or answers of the caller, or an answer of the shop.',
    allow: { by: 'owner', or: 'review:answer' },
    input: z.object({ postId: postIdSchema, authorId: callerIdSchema }),
    success: z.object({}),
    rejections: ['POST_NOT_FOUND'],
    handle: async (input, context, { aggregates, clock }) => {
      const command = { type: 'WithdrawPost', ...input, forShop: context.forAll, at: clock.now() } as const;
      return outcomeOf(await aggregates.of(post).execute(input.postId, command, context), nothing);
    },
  }),
};
