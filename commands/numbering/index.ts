export { createNumbers, reserveNumbers } from './numbers';
export type { Numbers } from './numbers';
