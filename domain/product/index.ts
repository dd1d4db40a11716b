export type { ProductCommand } from './commands';
export { productEventTypes } from './events';
export type {
  ProductDescribed,
  ProductDiscontinued,
  ProductEvent,
  ProductPriceChanged,
  ProductRegistered,
  ProductReinstated,
} from './events';
export type { ProductRejection } from './rejections';
