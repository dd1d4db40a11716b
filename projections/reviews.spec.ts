import { itProjects } from '../tests/support/projections/it-projects';
import {
  authorId,
  edited,
  editedAt,
  ofProduct,
  ofSeller,
  reviewId as id,
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
  writtenAt,
  editedAt: null,
};

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
  { on: withdrawn(ofProduct, 4), because: 'is gone', touches: [{ id, before: standing }] },
  {
    on: written(ofProduct, 4),
    because: 'is written again after it was withdrawn',
    touches: [{ id, after: standing }],
  },
]);
