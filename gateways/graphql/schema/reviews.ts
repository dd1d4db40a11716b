import type { AccountId, ProductId, ReviewId } from '../../../domain/kernel';
import type { ReviewSubject } from '../../../domain/review';
import { Fault } from '../../../platform/faults';
import { accounts, type Account } from '../../../projections/accounts';
import { reviews as opinions, type Review } from '../../../projections/reviews';
import { sellerRatings } from '../../../projections/seller-ratings';
import type { EdgeContext } from '../context';
import type { ReviewSort } from '../readers';
import { afterwards, mutation, mutationsConcept } from './mutation';
import {
  connectionOf,
  connectionResolvers,
  connectionTypeDefs,
  pageArguments,
  type PageArguments,
} from './relay';
import type { Concept } from './resolvers';

export type ReviewArguments = PageArguments & { readonly sort?: ReviewSort | null };

/** The key of what a review is about, as the read model keeps it. */
export const reviewSubjectOf = (kind: ReviewSubject['kind'], id: string): string => `${kind}:${id}`;

export const reviewsField = async (
  subject: string,
  args: ReviewArguments,
  { services }: EdgeContext,
): Promise<object> =>
  connectionOf(services.readers.reviews.list({ subject, sort: args.sort ?? 'NEWEST' }), args);

/** The id that a subject's key holds, where it is of that kind. */
const idIn = (subject: string, kind: ReviewSubject['kind']): string | undefined =>
  subject.startsWith(`${kind}:`) ? subject.slice(kind.length + 1) : undefined;

const typeDefs = `
extend type Query {
  "A seller, and what people think of them; null where there is no such seller."
  seller(
    "The seller's account id."
    id: ID!
  ): Seller
}

"In which order reviews come."
enum ReviewSort {
  "Newest first."
  NEWEST
  "Worst first."
  RATING
  "Best first."
  RATING_DESCENDING
}

"What somebody thinks of a product or a seller: one opinion a person and subject."
type Review implements Node {
  "A UUID, derived from the author and the subject."
  id: ID!
  "1 (worst) to 5 (best)."
  rating: Int!
  "Why."
  text: String!
  "The author's name."
  authorName: String!
  "The author's account id."
  authorId: ID!
  "When it was written."
  writtenAt: DateTime!
  "When it was last changed; null for one that never was."
  editedAt: DateTime
  "What it is about, where that is a product."
  product: Product
  "Whom it is about, where that is a seller."
  seller: Seller
}

"Somebody who sells."
type Seller {
  "The account's id."
  id: ID!
  "What they are called."
  name: String!
  "What their reviews come to."
  rating: Rating!
  "What people think of them."
  reviews(${pageArguments}
    "In which order."
    sort: ReviewSort = NEWEST
  ): ReviewConnection!
}
${connectionTypeDefs('Review', 'reviews')}
`;

/** What no reviews come to. */
const unrated = { average: null, count: 0, counts: [0, 0, 0, 0, 0] };

const sellerOf = async (id: AccountId, context: EdgeContext): Promise<Account | null> => {
  const account = await context.account(id);
  return account?.roles.includes('seller') ? account : null;
};

const resolvers: Concept['resolvers'] = {
  ...connectionResolvers('Review'),
  Query: {
    seller: (_root: unknown, { id }: { id: AccountId }, context: EdgeContext) => sellerOf(id, context),
  },
  Review: {
    product: ({ subject }: Review, _args: object, context: EdgeContext) => {
      const id = idIn(subject, 'product');
      return id === undefined ? null : context.product(id as ProductId);
    },
    seller: ({ subject }: Review, _args: object, context: EdgeContext) => {
      const id = idIn(subject, 'seller');
      return id === undefined ? null : sellerOf(id as AccountId, context);
    },
  },
  Seller: {
    rating: async ({ id }: Account, _args: object, { documents }: EdgeContext) =>
      (await documents.sellerRatings(id))?.document.rating ?? unrated,
    reviews: ({ id }: Account, args: ReviewArguments, context: EdgeContext) =>
      reviewsField(reviewSubjectOf('seller', id), args, context),
  },
};

type OfReview = { readonly reviewId: ReviewId };
type Opinion = { readonly rating: number; readonly text: string };
type WriteReviewInput = Opinion & {
  readonly productId?: ProductId | null;
  readonly sellerId?: AccountId | null;
};

const subjectOf = ({ productId, sellerId }: WriteReviewInput): ReviewSubject => {
  if (productId && !sellerId) return { kind: 'product', productId };
  if (sellerId && !productId) return { kind: 'seller', sellerId };
  throw new Fault('INPUT_INVALID', 'productId: give either a productId or a sellerId');
};

const opinionInput = `
  "1 (worst) to 5 (best)."
  rating: Int!
  "Why."
  text: String!`;
const reviewSuccess = `
  "The review as it is now; null where the read models don't show it yet: read it later."
  review: Review`;
const reviewIdInput = `
  "The review."
  reviewId: ID!`;

const fields = { review: afterwards(({ reviewId }: OfReview, context) => context.review(reviewId)) };

export const reviewMutations = {
  writeReview: mutation('writeReview', {
    description: 'Says what one thinks of a product or a seller.',
    input: `
  "The product; or else a seller."
  productId: ID
  "The seller; or else a product."
  sellerId: ID${opinionInput}`,
    success: reviewSuccess,
    rejections: [
      'SUBJECT_NOT_FOUND',
      'ACCOUNT_NOT_FOUND',
      'REVIEW_ALREADY_WRITTEN',
      'RATING_OUT_OF_RANGE',
      'REVIEW_TEXT_TOO_LONG',
    ],
    command: (input: WriteReviewInput, { id: authorId }) => ({
      authorId,
      subject: subjectOf(input),
      rating: input.rating,
      text: input.text,
    }),
    keep: ({ reviewId }): OfReview => ({ reviewId }),
    fields,
  }),
  editReview: mutation('editReview', {
    description: 'Says otherwise from now on.',
    input: `${reviewIdInput}${opinionInput}`,
    success: reviewSuccess,
    rejections: ['REVIEW_NOT_FOUND', 'RATING_OUT_OF_RANGE', 'REVIEW_TEXT_TOO_LONG'],
    command: ({ reviewId, rating, text }: OfReview & Opinion, { id: authorId }) => ({
      reviewId,
      authorId,
      rating,
      text,
    }),
    keep: (_value, { reviewId }): OfReview => ({ reviewId }),
    fields,
  }),
  withdrawReview: mutation('withdrawReview', {
    description: 'Takes an opinion back; it may be written anew.',
    input: reviewIdInput,
    success: `
  "The review that is no more."
  reviewId: ID!`,
    rejections: ['REVIEW_NOT_FOUND'],
    command: ({ reviewId }: OfReview, { id: authorId }) => ({ reviewId, authorId }),
    keep: (_value, { reviewId }): OfReview => ({ reviewId }),
  }),
};

const mutations = mutationsConcept(reviewMutations);

export const reviews: Concept = {
  typeDefs: typeDefs + mutations.typeDefs,
  readModels: { Review: [opinions], Seller: [accounts, sellerRatings] },
  resolvers: { ...resolvers, ...mutations.resolvers },
};
