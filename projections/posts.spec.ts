import { cast, retracted } from '../tests/support/domain/helpful-votes';
import {
  aboutProduct,
  at,
  authorId,
  edited,
  hidden,
  hiddenFor,
  later,
  postId as id,
  restored,
  toQuestion,
  toReview,
  withdrawn,
  written,
} from '../tests/support/domain/posts';
import { erased } from '../tests/support/domain/erased';
import { erasedText } from '../domain/kernel';
import { itProjects } from '../tests/support/projections/it-projects';
import { posts } from './posts';
import type { Post } from './posts';

const question: Post = {
  ...{ id, about: 'product:mug', authorId, authorName: 'Ada', writtenAs: 'CUSTOMER' },
  ...{ text: 'Does it hold tea?', writtenAt: at, editedAt: null, helpful: 0, hiddenFor: null },
};
const ofTheShop: Post = { ...question, writtenAs: 'SHOP', text: 'Does it hold coffee?', editedAt: later };
const gone: Post = { ...question, about: 'hidden-product:mug', hiddenFor };

itProjects(posts, [
  { on: written(aboutProduct), because: 'is a question', touches: [{ id, after: question }] },
  {
    on: written(toQuestion),
    because: 'answers a question',
    touches: [{ id, after: { ...question, about: 'question:post-0' } }],
  },
  {
    on: written(toReview),
    because: 'answers a review',
    touches: [{ id, after: { ...question, about: 'review:review-1' } }],
  },
  {
    on: written(aboutProduct, { hiddenFor }),
    because: 'is written again while it is hidden',
    touches: [{ id, after: gone }],
  },
  {
    on: edited(),
    because: 'says something else now',
    touches: [
      { id, before: question, after: { ...question, text: 'Does it hold coffee?', editedAt: later } },
    ],
  },
  {
    on: edited(authorId, 'SHOP'),
    because: 'is the words of another side now',
    touches: [
      {
        id,
        before: question,
        after: ofTheShop,
      },
    ],
  },
  { on: withdrawn, because: 'is gone', touches: [{ id, before: question }] },
  { on: hidden, because: 'leaves its list', touches: [{ id, before: question, after: gone }] },
  { on: restored, because: 'is back', touches: [{ id, before: gone, after: question }] },
  {
    on: cast({ kind: 'post', postId: id }),
    because: 'is helpful to one more',
    touches: [{ id, before: question, after: { ...question, helpful: 1 } }],
  },
  {
    on: retracted({ kind: 'post', postId: id }),
    because: 'is helpful to one less',
    touches: [{ id, before: { ...question, helpful: 1 }, after: question }],
  },
  {
    on: erased(authorId, `post-${id}`, 'review-1'),
    because: 'loses the name of its author',
    touches: [{ id, before: question, after: { ...question, authorName: erasedText } }],
  },
  {
    on: erased('another', `post-${id}`),
    because: 'was only reported by the person',
    touches: [{ id, before: question, after: question }],
  },
  { on: cast({ kind: 'review', reviewId: 'r' as never }), because: 'is no vote on a post', touches: [] },
]);
