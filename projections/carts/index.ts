export type { Cart } from './document';
export { carts } from './project';
