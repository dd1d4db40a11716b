import type { ReviewId } from '../kernel';

export type ReviewRejection =
  | { readonly code: 'REVIEW_NOT_FOUND'; readonly reviewId: ReviewId }
  | { readonly code: 'REVIEW_ALREADY_WRITTEN'; readonly reviewId: ReviewId }
  | {
      readonly code: 'RATING_OUT_OF_RANGE';
      readonly rating: number;
      readonly min: number;
      readonly max: number;
    }
  | { readonly code: 'REVIEW_TEXT_TOO_LONG'; readonly length: number; readonly max: number };
