export { noRating, ratingSchema, withEditedRating, withoutRating, withRating } from './rating';
export type { RatingSummary } from './rating';
