import type { AccountId, PostId, ProductId } from '../../../domain/kernel';
import type { Stored } from '../../../platform/read-models';
import { positionOf } from '../../../platform/event-store';
import type { Listing, Readers } from '../../../gateways/graphql/readers/readers';
import type { HelpfulVote } from '../../../projections/helpful-votes';
import type { ModerationCase } from '../../../projections/moderation-cases';
import type { Post } from '../../../projections/posts';
import type { Review } from '../../../projections/reviews';

export type Contributions = {
  reviews: Review[];
  posts: Post[];
  helpfulVotes: HelpfulVote[];
  moderationCases: ModerationCase[];
};

type Told = <Result>(what: string, result: Result) => Promise<Result>;
type ListingOf = <D>(what: string, documents: readonly D[]) => Listing<D>;

const stored = <D>(document: D): Stored<D> => ({ document, lastPosition: positionOf(1) });
const among = <D extends { readonly id: string }>(documents: readonly D[], wanted: readonly string[]) =>
  documents.filter((document) => wanted.includes(document.id)).map(stored);

/** Readers of reviews, posts, votes and cases of moderation over arrays. */
export const contributionReaders = (
  shop: Contributions,
  told: Told,
  listing: ListingOf,
): Pick<Readers, 'reviews' | 'posts' | 'helpfulVotes' | 'moderationCases'> => ({
  reviews: {
    getMany: (wanted) => told('reviews', among(shop.reviews, wanted)),
    list: ({ subject, stars }) =>
      listing(
        'reviews.list',
        shop.reviews.filter((one) => one.subject === subject && (stars ?? one.rating) === one.rating),
      ),
    byAuthor: (authorId) =>
      listing(
        'reviews.byAuthor',
        shop.reviews.filter((one) => one.authorId === authorId),
      ),
  },
  posts: {
    getMany: (wanted) => told('posts', among(shop.posts, wanted)),
    questionsOn: (productId) =>
      listing(
        'posts.questionsOn',
        shop.posts.filter((one) => one.about === `product:${productId}`),
      ),
    answersTo: (question) =>
      listing(
        'posts.answersTo',
        shop.posts.filter((one) => one.about === `question:${question}`),
      ),
    byAuthor: (authorId) =>
      listing(
        'posts.byAuthor',
        shop.posts.filter((one) => one.authorId === authorId),
      ),
  },
  helpfulVotes: { getMany: (wanted) => told('helpfulVotes', among(shop.helpfulVotes, wanted)) },
  moderationCases: {
    list: (state) =>
      listing(
        'moderationCases.list',
        shop.moderationCases.filter((one) => one.state === state),
      ),
  },
});

/** A question on a product with one answer, of the shop. */
export const questionAndAnswer = (
  productId: ProductId,
  [questionId, answerId]: readonly [PostId, PostId],
  authorId: AccountId,
): Post[] => {
  const at = '2026-11-02T09:00:00.000Z' as Post['writtenAt'];
  const common = { writtenAt: at, editedAt: null, helpful: 0, hiddenFor: null };
  return [
    {
      ...{ id: questionId, about: `product:${productId}`, authorId, authorName: 'Ada' },
      ...{ writtenAs: 'CUSTOMER', text: 'How much does it hold?', ...common },
    },
    {
      ...{ id: answerId, about: `question:${questionId}`, authorId: 'sue' as AccountId, authorName: 'Sue' },
      ...{ writtenAs: 'SHOP', text: 'A third of a litre.', ...common, helpful: 2 },
    },
  ];
};
