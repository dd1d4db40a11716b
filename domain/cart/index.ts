import type { Decider } from '../kernel';
import type { CartCommand } from './commands';
import { decide } from './decide';
import type { CartEvent } from './events';
import type { CartRejection } from './rejections';
import { evolve, initial } from './state';
import type { CartState } from './state';

export const cart: Decider<CartState, CartCommand, CartEvent, CartRejection> = {
  category: 'cart',
  initial,
  decide,
  evolve,
};
export { cartLinesMax, cartQuantityMax } from './decide';
export { cartEventTypes } from './events';
export type { CartCheckedOut, CartLineAdded, CartLineChanged, CartLineRemoved, Ordered } from './events';
export { lineOf, withoutOrdered } from './state';
export type { CartLine } from './state';
export type { CartCommand, CartEvent, CartRejection, CartState };
