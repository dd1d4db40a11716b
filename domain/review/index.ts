import type { Decider } from '../kernel';
import type { ReviewCommand } from './commands';
import { decide } from './decide';
import type { ReviewEvent } from './events';
import type { ReviewRejection } from './rejections';
import { evolve, initial } from './state';
import type { ReviewState } from './state';

export const review: Decider<ReviewState, ReviewCommand, ReviewEvent, ReviewRejection> = {
  category: 'review',
  initial,
  decide,
  evolve,
};
export { reviewTextLengthMax } from './decide';
export { reviewEventTypes } from './events';
export type { Rating, ReviewEdited, ReviewSubject, ReviewWithdrawn, ReviewWritten } from './events';
export type { KnownReview } from './state';
export type { ReviewCommand, ReviewEvent, ReviewRejection, ReviewState };
