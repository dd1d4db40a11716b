export type { Review } from './document';
export { reviews } from './project';
