import type { AccountId, ProductId, ReviewId } from '../../../domain/kernel';
import type { ReviewSubject } from '../../../domain/review';
import { Fault } from '../../../platform/faults';
import { Account, accounts } from '../../../projections/accounts';
import { Review, reviews as opinions } from '../../../projections/reviews';
import { sellerRatings } from '../../../projections/seller-ratings';
import type { EdgeContext } from '../context';
import type { ReviewSort } from '../readers';
import { afterwards, mutation, mutationsConcept } from './mutation';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { noRating } from '../../../projections/rating';
import { combined, objectType } from './object-type';
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

const queries = `
extend type Query {
  "A seller by the id of its account; null where there is none."
  seller(
    "The unique identifier of the seller's account."
    id: ID!
  ): Seller
}

"The order of a list of reviews."
enum ReviewSort {
  "Newest first."
  NEWEST
  "Worst first."
  RATING
  "Best first."
  RATING_DESCENDING
}
`;

const sellerOf = async (id: AccountId, context: EdgeContext): Promise<Account | null> => {
  const account = await context.account(id);
  return account?.roles.includes('seller') ? account : null;
};

const resolvers: Concept['resolvers'] = {
  Query: {
    seller: (_root: unknown, { id }: { id: AccountId }, context: EdgeContext) => sellerOf(id, context),
  },
};

const reviewType = objectType('Review', Review, {
  isNode: true,
  readModels: [opinions],
  omit: ['subject'],
  fields: {
    product: {
      type: 'Product',
      description: 'The product that the review is about; null where it is about a seller.',
      resolve: ({ subject }: Review, _args: object, context: EdgeContext) => {
        const id = idIn(subject, 'product');
        return id === undefined ? null : context.product(id as ProductId);
      },
    },
    seller: {
      type: 'Seller',
      description: 'The seller that the review is about; null where it is about a product.',
      resolve: ({ subject }: Review, _args: object, context: EdgeContext) => {
        const id = idIn(subject, 'seller');
        return id === undefined ? null : sellerOf(id as AccountId, context);
      },
    },
  },
});

const sellerType = objectType('Seller', Account, {
  description: 'An account that sells products.',
  readModels: [accounts, sellerRatings],
  omit: ['email', 'roles', 'registeredAt'],
  fields: {
    id: { description: "The unique identifier of the seller's account." },
    rating: {
      type: 'Rating!',
      description: 'A summary of the reviews of the seller.',
      resolve: async ({ id }: Account, _args: object, { documents }: EdgeContext) =>
        (await documents.sellerRatings(id))?.document.rating ?? noRating,
    },
    reviews: {
      type: 'ReviewConnection!',
      description: 'The reviews of the seller.',
      args: `${pageArguments}
    "The order of the reviews."
    sort: ReviewSort = NEWEST`,
      resolve: ({ id }: Account, args: ReviewArguments, context: EdgeContext) =>
        reviewsField(reviewSubjectOf('seller', id), args, context),
    },
  },
});

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

export const reviews: Concept = combined(
  { typeDefs: queries, resolvers },
  reviewType,
  sellerType,
  connectionType('Review', 'reviews'),
  mutations,
);
