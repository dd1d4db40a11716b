export type { Deadline } from './document';
export { deadlines } from './project';
