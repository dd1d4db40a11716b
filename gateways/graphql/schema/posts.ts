import type { PostId, ReviewId } from '../../../domain/kernel';
import type { PostAuthor } from '../../../domain/post';
import type { CatalogueProduct } from '../../../projections/catalogue';
import { helpfulVotes } from '../../../projections/helpful-votes';
import { idInKey } from '../../../projections/list-key';
import { Post, posts as written } from '../../../projections/posts';
import type { EdgeContext } from '../context';
import { hiddenForText, isHelpfulToViewer } from './helpful';
import { mutationsConcept, shown, type Mutations } from './mutation';
import { combined, enumType, objectType } from './object-type';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import type { Concept } from './resolvers';

/** The field `questions` of a product. */
export const questionsField = {
  type: 'PostConnection!',
  description: 'The questions on the product, the newest first.',
  args: pageArguments,
  resolve: ({ id }: CatalogueProduct, args: PageArguments, { services }: EdgeContext) =>
    connectionOf(services.readers.posts.questionsOn(id), args),
};

const author = enumType<PostAuthor>('PostAuthor', 'The relation of the author of a post to the product.', {
  SELLER: 'The seller of the product.',
  SHOP: 'The shop.',
  BUYER: 'An account that has bought the product.',
  CUSTOMER: 'Another account.',
});

const postType = objectType('Post', Post, {
  isNode: true,
  readModels: [written, helpfulVotes],
  omit: ['about'],
  types: { writtenAs: 'PostAuthor' },
  fields: {
    hiddenFor: {
      description: `${hiddenForText} a moderator has hidden the post; null where it is shown.`,
    },
    isHelpfulToViewer,
    product: {
      type: 'Product',
      description: 'The product that a question is about; null for an answer.',
      resolve: ({ about }: Post, _args: object, { loaders, viewer }: EdgeContext) => {
        const id = idInKey(about, 'product');
        return id === undefined ? null : loaders.products.load(id, viewer);
      },
    },
    question: {
      type: 'Post',
      description: 'The question that an answer is to; null for others, and while the question is not shown.',
      resolve: ({ about }: Post, _args: object, { loaders, viewer }: EdgeContext) => {
        const id = idInKey(about, 'question');
        return id === undefined ? null : loaders.posts.load(id, viewer);
      },
    },
    review: {
      type: 'Review',
      description: 'The review that an answer is to; null for others, and while the review is not shown.',
      resolve: ({ about }: Post, _args: object, { loaders, viewer }: EdgeContext) => {
        const id = idInKey(about, 'review');
        return id === undefined ? null : loaders.reviews.load(id, viewer);
      },
    },
    answers: {
      type: 'PostConnection!',
      description: 'The answers to a question, the most helpful first; none for an answer.',
      args: pageArguments,
      resolve: ({ id }: Post, args: PageArguments, { services }: EdgeContext) =>
        connectionOf(services.readers.posts.answersTo(id), args),
    },
  },
});

const shownPost = {
  shows: shown('post', 'Post', ({ postId }: { readonly postId: PostId }, { loaders, viewer }) =>
    loaders.posts.load(postId, viewer),
  ),
};

const answeredReview = {
  shows: shown('review', 'Review', ({ reviewId }: { readonly reviewId: ReviewId }, { loaders, viewer }) =>
    loaders.reviews.load(reviewId, viewer),
  ),
};

export const postMutations = {
  askQuestion: shownPost,
  answerQuestion: shownPost,
  answerReview: answeredReview,
  withdrawPost: { repeats: ['postId'] },
} satisfies Mutations;

export const posts: Concept = combined(
  author,
  postType,
  connectionType('Post', 'posts'),
  mutationsConcept(postMutations),
);
