import type {
  AccountId,
  Instant,
  PictureId,
  PicturesProblem,
  PriceScheduleId,
  ProductFamilyId,
  ProductId,
  SerialNumber,
} from '../kernel';
import type { CurrencyCode, Money, TaxCategory } from '../money';
import type { ProductPicture } from './events';

export type RegisterProduct = {
  readonly type: 'RegisterProduct';
  readonly productId: ProductId;
  readonly number: SerialNumber;
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly price: Money;
  readonly imageUrl?: string | undefined;
  readonly sellerId?: AccountId | undefined;
  readonly at: Instant;
};

export type ChangeProductPrice = {
  readonly type: 'ChangeProductPrice';
  readonly productId: ProductId;
  readonly price: Money;
  /** The price that the sender has seen. Absent: any. */
  readonly expectedPrice?: Money | undefined;
  readonly at: Instant;
};

export type Description = {
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly imageUrl?: string | undefined;
};

export type DescribeProduct = Description & {
  readonly type: 'DescribeProduct';
  readonly productId: ProductId;
  /** The description that the sender has seen. Absent: any. */
  readonly expected?: Description | undefined;
  readonly at: Instant;
};

export type DiscontinueProduct = {
  readonly type: 'DiscontinueProduct';
  readonly productId: ProductId;
  readonly at: Instant;
};

export type ReinstateProduct = {
  readonly type: 'ReinstateProduct';
  readonly productId: ProductId;
  readonly at: Instant;
};

export type WeighProduct = {
  readonly type: 'WeighProduct';
  readonly productId: ProductId;
  readonly weightGrams: number;
  /** The weight that the sender has seen, 0 where it was not weighed. Absent: any. */
  readonly expectedWeightGrams?: number | undefined;
  readonly at: Instant;
};

export type SetProductUnit = {
  readonly type: 'SetProductUnit';
  readonly productId: ProductId;
  readonly unit: string;
  /** The unit that the sender has seen, empty where there was none. Absent: any. */
  readonly expectedUnit?: string | undefined;
  readonly at: Instant;
};

export type SetProductTaxCategory = {
  readonly type: 'SetProductTaxCategory';
  readonly productId: ProductId;
  readonly taxCategory: TaxCategory;
  /** The category that the sender has seen. Absent: any. */
  readonly expectedTaxCategory?: TaxCategory | undefined;
  readonly at: Instant;
};

export type SetProductPictures = {
  readonly type: 'SetProductPictures';
  readonly productId: ProductId;
  readonly pictures: readonly ProductPicture[];
  /** The pictures that the sender has seen, in their order. Absent: any. */
  readonly expected?: readonly PictureId[] | undefined;
  readonly at: Instant;
};

export type JoinFamily = {
  readonly type: 'JoinFamily';
  readonly productId: ProductId;
  readonly familyId: ProductFamilyId;
  readonly values: readonly string[];
  readonly at: Instant;
};

/** Without `claim` the product leaves the family however it has joined it. */
export type LeaveFamily = {
  readonly type: 'LeaveFamily';
  readonly productId: ProductId;
  readonly familyId: ProductFamilyId;
  readonly claim?: number | undefined;
  readonly at: Instant;
};

/** Without `from` it begins now; without `until` it is for good. */
export type SchedulePrice = {
  readonly type: 'SchedulePrice';
  readonly productId: ProductId;
  readonly scheduleId: PriceScheduleId;
  readonly price: Money;
  readonly from?: Instant | undefined;
  readonly until?: Instant | undefined;
  readonly at: Instant;
};

export type CancelScheduledPrice = {
  readonly type: 'CancelScheduledPrice';
  readonly productId: ProductId;
  readonly scheduleId: PriceScheduleId;
  readonly at: Instant;
};

/** Begins and ends the scheduled prices that are due. */
export type ApplyScheduledPrices = {
  readonly type: 'ApplyScheduledPrices';
  readonly productId: ProductId;
  readonly at: Instant;
};

export type ProductCommand =
  | RegisterProduct
  | ChangeProductPrice
  | SchedulePrice
  | CancelScheduledPrice
  | ApplyScheduledPrices
  | DescribeProduct
  | DiscontinueProduct
  | ReinstateProduct
  | WeighProduct
  | SetProductUnit
  | SetProductTaxCategory
  | SetProductPictures
  | JoinFamily
  | LeaveFamily;

export type ProductRejection =
  | { readonly code: 'PRODUCT_NOT_FOUND'; readonly productId: ProductId }
  | { readonly code: 'PRODUCT_CHANGED'; readonly productId: ProductId }
  | { readonly code: 'PRODUCT_ALREADY_REGISTERED'; readonly productId: ProductId; readonly sku: string }
  | { readonly code: 'PRICE_NOT_POSITIVE'; readonly price: Money }
  | { readonly code: 'CURRENCY_CHANGED'; readonly was: CurrencyCode; readonly now: CurrencyCode }
  | {
      readonly code: 'PRICE_SCHEDULE_TIME_INVALID';
      readonly field: 'from' | 'until';
      readonly earliest: Instant;
      readonly latest: Instant;
    }
  | { readonly code: 'PRICE_SCHEDULE_OVERLAPS'; readonly scheduleId: PriceScheduleId; readonly from: Instant }
  | { readonly code: 'PRICE_SCHEDULES_FULL'; readonly max: number }
  | { readonly code: 'SALE_PRICE_NOT_LOWER'; readonly price: Money; readonly regularPrice: Money }
  | {
      readonly code: 'WEIGHT_OUT_OF_RANGE';
      readonly weightGrams: number;
      readonly min: number;
      readonly max: number;
    }
  | {
      readonly code: 'PRODUCT_IN_ANOTHER_FAMILY';
      readonly productId: ProductId;
      readonly familyId: ProductFamilyId;
    }
  | PicturesProblem
  | { readonly code: 'SKU_EMPTY' }
  | { readonly code: 'NAME_EMPTY' };
