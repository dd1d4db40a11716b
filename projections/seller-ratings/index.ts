export type { SellerRating } from './document';
export { sellerRatings } from './project';
