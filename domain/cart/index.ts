export type { CartCommand } from './commands';
export { cartEventTypes } from './events';
export type { CartCheckedOut, CartEvent, CartLineAdded, CartLineChanged, CartLineRemoved } from './events';
export type { CartRejection } from './rejections';
