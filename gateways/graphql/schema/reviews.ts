import { z } from 'zod';
import { productIdSchema, sellerIdSchema } from '../../../commands/use-case/input';
import type { ReviewId } from '../../../domain/kernel';
import type { ReviewSubject } from '../../../domain/review';
import { Fault } from '../../../platform/faults';
import { reviewAnswerId } from '../../../platform/ids';
import { Account, accounts } from '../../../projections/accounts';
import { helpfulVotes } from '../../../projections/helpful-votes';
import { idInKey, listKeyOf } from '../../../projections/list-key';
import { Photo } from '../../../projections/photo';
import { Review, reviews as opinions } from '../../../projections/reviews';
import { sellerRatings } from '../../../projections/seller-ratings';
import type { EdgeContext } from '../context';
import type { ReviewSort } from '../readers/readers';
import { instead, mutationsConcept, shown, type Mutations } from './mutation';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { noRating } from '../../../projections/rating';
import { combined, objectType } from './object-type';
import { hiddenForText, isHelpfulToViewer } from './helpful';
import { pictureFields } from './pictures';
import { allowed, type Concept } from './resolvers';

type ReviewArguments = PageArguments & { readonly sort?: ReviewSort | null; readonly stars?: number | null };

const listOf = async (
  subject: string,
  { sort, stars, ...page }: ReviewArguments,
  { services }: EdgeContext,
): Promise<object> => {
  // Some clients send the default themselves.
  if (typeof stars === 'number' && (sort ?? 'NEWEST') !== 'NEWEST')
    throw new Fault('INPUT_INVALID', 'stars: the list is the newest first; give it without another `sort`');
  const asked = { subject, sort: sort ?? 'NEWEST', stars: stars ?? undefined };
  return connectionOf(services.readers.reviews.list(asked), page);
};

/** The field `reviews` of a product or a seller. */
export const reviewsField = (kind: ReviewSubject['kind']) => ({
  type: 'ReviewConnection!',
  description: `The reviews of the ${kind}.`,
  args: `${pageArguments}
    "The order of the reviews."
    sort: ReviewSort = NEWEST
    "Returns only reviews with so many stars, 1 to 5, the newest first. Not together with another \`sort\`."
    stars: Int`,
  resolve: ({ id }: { readonly id: string }, args: ReviewArguments, context: EdgeContext) =>
    listOf(listKeyOf(kind, id), args, context),
});

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
  "Most helpful first."
  HELPFUL
}
`;

const sellerOf = async (id: string, context: EdgeContext): Promise<Account | null> => {
  const account = await context.loaders.sellers.load(id, context.viewer);
  return account?.roles.includes('seller') ? account : null;
};

const resolvers: Concept['resolvers'] = {
  Query: {
    seller: allowed('everyone', ({ id }: { id: string }, context) => sellerOf(id, context)),
  },
};

const reviewType = objectType('Review', Review, {
  isNode: true,
  readModels: [opinions, helpfulVotes],
  omit: ['subject'],
  types: { photos: 'Photo' },
  fields: {
    // Documents of version 1 have no such fields.
    photos: { resolve: ({ photos = [] }: Partial<Review>) => photos },
    helpful: { resolve: ({ helpful = 0 }: Partial<Review>) => helpful },
    hiddenFor: {
      description: `${hiddenForText} a moderator has hidden the review; null where it is shown.`,
      resolve: ({ hiddenFor = null }: Partial<Review>) => hiddenFor,
    },
    isHelpfulToViewer,
    answer: {
      type: 'Post',
      description: 'The answer of the seller or the shop; null where there is none.',
      resolve: ({ id }: Review, _args: object, { loaders, viewer }: EdgeContext) =>
        loaders.posts.load(reviewAnswerId(id), viewer),
    },
    product: {
      type: 'Product',
      description: 'The product that the review is about; null where it is about a seller.',
      resolve: ({ subject }: Review, _args: object, context: EdgeContext) => {
        const id = idInKey(subject, 'product');
        return id === undefined ? null : context.loaders.products.load(id, context.viewer);
      },
    },
    seller: {
      type: 'Seller',
      description: 'The seller that the review is about; null where it is about a product.',
      resolve: ({ subject }: Review, _args: object, context: EdgeContext) => {
        const id = idInKey(subject, 'seller');
        return id === undefined ? null : sellerOf(id, context);
      },
    },
  },
});

// What strangers see of an account is listed, so that a new field of accounts stays private.
const sellerType = objectType('Seller', Account.pick({ id: true, name: true }), {
  description: 'An account that sells products.',
  readModels: [accounts, sellerRatings],
  fields: {
    id: { description: "The unique identifier of the seller's account." },
    rating: {
      type: 'Rating!',
      description: 'A summary of the reviews of the seller.',
      resolve: async ({ id }: Account, _args: object, { loaders, viewer }: EdgeContext) =>
        (await loaders.sellerRatings.load(id, viewer))?.rating ?? noRating,
    },
    reviews: reviewsField('seller'),
  },
});

const shownReview = {
  shows: shown('review', 'Review', ({ reviewId }: { readonly reviewId: ReviewId }, context) =>
    context.loaders.reviews.load(reviewId, context.viewer),
  ),
};

const subjectArguments = z.object({
  productId: productIdSchema.describe('The ID of the product. Give it or `sellerId`.').optional(),
  sellerId: sellerIdSchema.describe('The ID of the seller. Give it or `productId`.').optional(),
});

const subjectOf = ({ productId, sellerId }: z.output<typeof subjectArguments>): ReviewSubject => {
  if (productId && !sellerId) return { kind: 'product', productId };
  if (sellerId && !productId) return { kind: 'seller', sellerId };
  throw new Fault('INPUT_INVALID', 'productId: give either a productId or a sellerId');
};

export const reviewMutations = {
  writeReview: { ...shownReview, replaces: { subject: instead(subjectArguments, subjectOf) } },
  editReview: shownReview,
  withdrawReview: { repeats: ['reviewId'] },
} satisfies Mutations;

const mutations = mutationsConcept(reviewMutations);

export const reviews: Concept = combined(
  { typeDefs: queries, resolvers },
  reviewType,
  objectType('Photo', Photo, { omit: ['thumbnailId'], fields: pictureFields }),
  sellerType,
  connectionType('Review', 'reviews'),
  mutations,
);
