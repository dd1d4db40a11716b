export type { ReviewCommand } from './commands';
export { reviewEventTypes } from './events';
export type {
  Rating,
  ReviewEdited,
  ReviewEvent,
  ReviewSubject,
  ReviewWithdrawn,
  ReviewWritten,
} from './events';
export type { ReviewRejection } from './rejections';
