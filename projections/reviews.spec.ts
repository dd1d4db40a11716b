import type { PictureId, PostId } from '../domain/kernel';
import { cast, retracted } from '../tests/support/domain/helpful-votes';
import { erased } from '../tests/support/domain/erased';
import { erasedText } from '../domain/kernel';
import { itProjects, recorded } from '../tests/support/projections/it-projects';
import {
  authorId,
  edited,
  editedAt,
  hidden,
  hiddenFor,
  ofProduct,
  ofSeller,
  reviewId as id,
  restored,
  withdrawn,
  written,
  writtenAt,
} from '../tests/support/domain/reviews';
import { reviews } from './reviews';
import type { Review } from './reviews';

const standing: Review = {
  id,
  authorId,
  authorName: 'Ada',
  subject: 'product:mug',
  rating: 4,
  text: 'Holds tea.',
  photos: [],
  writtenAt,
  editedAt: null,
  helpful: 0,
  hiddenFor: null,
};
const photo = { pictureId: 'p' as PictureId, thumbnailId: 't', width: 8, height: 6 };
const pictured: Review = {
  ...standing,
  photos: [{ id: 'p' as PictureId, thumbnailId: 't', width: 8, height: 6 }],
};
const withPhotos = written(ofProduct, 4);
const gone: Review = { ...standing, subject: 'hidden-product:mug', hiddenFor };
const ofOther = { kind: 'post', postId: 'answer' as PostId } as const;

itProjects(reviews, [
  { on: written(ofProduct, 4), because: 'is of a product', touches: [{ id, after: standing }] },
  {
    on: written(ofSeller, 5),
    because: 'is of a seller',
    touches: [{ id, after: { ...standing, subject: 'seller:bob', rating: 5 } }],
  },
  {
    on: edited(ofProduct, 4, 2),
    because: 'says something else now',
    touches: [{ id, before: standing, after: { ...standing, rating: 2, text: 'Leaks.', editedAt } }],
  },
  {
    on: { ...withPhotos, data: { ...withPhotos.data, photos: [photo] } },
    because: 'has photos',
    touches: [{ id, after: pictured }],
  },
  {
    on: {
      type: 'ReviewPhotosRemoved',
      data: { reviewId: id, removedPhotos: [photo.pictureId], removedAt: editedAt },
    },
    because: 'has no photos of an erased account',
    touches: [{ id, before: pictured, after: standing }],
  },
  { on: withdrawn(ofProduct, 4), because: 'is gone', touches: [{ id, before: standing }] },
  {
    on: written(ofProduct, 4),
    because: 'is written again after it was withdrawn',
    touches: [{ id, after: standing }],
  },
  { on: hidden(ofProduct, 4), because: 'leaves its list', touches: [{ id, before: standing, after: gone }] },
  { on: restored(ofProduct, 4), because: 'is back', touches: [{ id, before: gone, after: standing }] },
  {
    on: written(ofSeller, 5, { hiddenFor }),
    because: 'is written again while it is hidden',
    touches: [{ id, after: { ...gone, subject: 'hidden-seller:bob', rating: 5 } }],
  },
  {
    on: cast({ kind: 'review', reviewId: id }),
    because: 'is helpful to one more',
    touches: [{ id, before: { ...standing, helpful: 6 }, after: { ...standing, helpful: 7 } }],
  },
  {
    on: retracted({ kind: 'review', reviewId: id }),
    because: 'is helpful to one less',
    touches: [{ id, before: { ...standing, helpful: 7 }, after: { ...standing, helpful: 6 } }],
  },
  {
    on: erased(authorId, `review-${id}`, 'post-1'),
    because: 'loses the name of its author',
    touches: [{ id, before: standing, after: { ...standing, authorName: erasedText } }],
  },
  {
    on: erased('another', `review-${id}`),
    because: 'was only reported by the person',
    touches: [{ id, before: standing, after: standing }],
  },
  { on: cast(ofOther), because: 'is no vote on a review', touches: [] },
]);

it('counts from nothing in a document of version 1', () => {
  const former = { ...standing, helpful: undefined, hiddenFor: undefined };
  const vote = recorded(cast({ kind: 'review', reviewId: id }));
  expect(reviews.handlers.HelpfulVoteCast.evolve(former as never, vote, id)).toMatchObject({ helpful: 1 });
});
