export { editReview } from './edit-review';
export { withdrawReview } from './withdraw-review';
export { writeReview } from './write-review';
