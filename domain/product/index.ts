import type { Decider } from '../kernel';
import type { ProductCommand, ProductRejection } from './commands';
import { decide } from './decide';
import type { ProductEvent } from './events';
import { evolve, initial, type ProductState } from './state';

export const product: Decider<ProductState, ProductCommand, ProductEvent, ProductRejection> = {
  category: 'product',
  initial,
  decide,
  evolve,
};

export type { ProductCommand, ProductRejection } from './commands';
export { productPicturesMax, productWeightGramsMax } from './decide';
export { priceScheduleDaysMax, priceSchedulesMax } from './price-schedule';
export { productEventTypes } from './events';
export type {
  ProductRegistered,
  ProductPriceChanged,
  ProductPriceScheduled,
  ProductSaleStarted,
  ProductRegularPriceChanged,
  ProductPriceScheduleEnded,
  ProductDescribed,
  ProductDiscontinued,
  ProductReinstated,
  ProductWeighed,
  ProductUnitSet,
  ProductTaxCategorySet,
  ProductPicture,
  ProductPicturesSet,
  ProductJoinedFamily,
  ProductLeftFamily,
  ProductEvent,
} from './events';
export type { KnownProduct, ProductState } from './state';
