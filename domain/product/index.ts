import type { Decider } from '../kernel';
import type { ProductCommand } from './commands';
import { decide } from './decide';
import type { ProductEvent } from './events';
import type { ProductRejection } from './rejections';
import { evolve, initial } from './state';
import type { ProductState } from './state';

export const product: Decider<ProductState, ProductCommand, ProductEvent, ProductRejection> = {
  category: 'product',
  initial,
  decide,
  evolve,
};
export { productEventTypes } from './events';
export type {
  ProductDescribed,
  ProductDiscontinued,
  ProductPriceChanged,
  ProductRegistered,
  ProductReinstated,
} from './events';
export type { KnownProduct } from './state';
export type { ProductCommand, ProductEvent, ProductRejection, ProductState };
