import type { AccountId } from '../domain/kernel';
import { itProjects } from '../tests/support/projections/it-projects';
import {
  edited,
  hidden,
  ofProduct,
  ofSeller,
  restored,
  withdrawn,
  written,
} from '../tests/support/domain/reviews';
import { noRating } from './rating';
import { sellerRatings } from './seller-ratings';
import type { SellerRating } from './seller-ratings';

const id = 'bob' as AccountId;
const none: SellerRating = { id, rating: noRating };
const four: SellerRating = { id, rating: { count: 1, average: 4, counts: [0, 0, 0, 1, 0] } };
const two: SellerRating = { id, rating: { count: 1, average: 2, counts: [0, 1, 0, 0, 0] } };

itProjects(sellerRatings, [
  { on: written(ofSeller, 4), because: 'is the first', touches: [{ id, after: four }] },
  {
    on: written(ofSeller, 2),
    because: 'is another',
    touches: [{ id, before: four, after: { id, rating: { count: 2, average: 3, counts: [0, 1, 0, 1, 0] } } }],
  },
  { on: edited(ofSeller, 4, 2), because: 'moves', touches: [{ id, before: four, after: two }] },
  { on: withdrawn(ofSeller, 2), because: 'counts no more', touches: [{ id, before: two, after: none }] },
  { on: hidden(ofSeller, 2), because: 'is hidden', touches: [{ id, before: two, after: none }] },
  { on: restored(ofSeller, 2), because: 'is shown again', touches: [{ id, before: none, after: two }] },
  { on: written(ofProduct, 4), because: 'is of a product', touches: [] },
]);
