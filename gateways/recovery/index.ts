export { pinned } from './pinned';
export type { Pinned } from './pinned';
