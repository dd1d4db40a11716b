export { illFormedTextIn, wellFormed } from './well-formed-text';
export type { IllFormedText } from './well-formed-text';
