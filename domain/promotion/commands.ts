import type { AccountId, Instant, OrderId, PromotionId } from '../kernel';
import type { Money } from '../money';
import type { PromotionRule } from './events';

type To = { readonly promotionId: PromotionId; readonly at: Instant };

export type CreatePromotion = To & { readonly type: 'CreatePromotion'; readonly rule: PromotionRule };
export type StopPromotion = To & { readonly type: 'StopPromotion' };
/** Reserves a use for an order that is about to be placed. The same order has one use, however often it is reserved. */
export type ReservePromotionUse = To & {
  readonly type: 'ReservePromotionUse';
  readonly orderId: OrderId;
  readonly customerId: AccountId;
  readonly heldUntil: Instant;
  /** A use that is held for less is reserved again. Default: a few minutes from now. */
  readonly neededUntil?: Instant | undefined;
};
export type ConfirmPromotionUse = To & { readonly type: 'ConfirmPromotionUse'; readonly orderId: OrderId };
export type ReleasePromotionUse = To & { readonly type: 'ReleasePromotionUse'; readonly orderId: OrderId };

export type PromotionCommand =
  CreatePromotion | StopPromotion | ReservePromotionUse | ConfirmPromotionUse | ReleasePromotionUse;

/** The states of a promotion at a moment. */
export type PromotionStanding = 'NOT_STARTED' | 'ACTIVE' | 'ENDED' | 'STOPPED';

/** The fields of a rule that can be wrong. */
export type PromotionField =
  | 'name'
  | 'coupon'
  | 'percent'
  | 'amount'
  | 'discountMax'
  | 'minimum'
  | 'productIds'
  | 'categories'
  | 'endsAt'
  | 'usesMax'
  | 'usesOfCustomerMax';

/** The reason why a promotion does not apply to an order. */
export type PromotionRefusal =
  | {
      readonly code: 'PROMOTION_NOT_ACTIVE';
      readonly promotionId: PromotionId;
      readonly state: Exclude<PromotionStanding, 'ACTIVE'>;
    }
  | { readonly code: 'PROMOTION_USED_UP'; readonly promotionId: PromotionId; readonly usesMax: number }
  | {
      readonly code: 'PROMOTION_USED_BY_CUSTOMER';
      readonly promotionId: PromotionId;
      readonly usesMax: number;
    }
  | { readonly code: 'PROMOTION_HAS_NO_GOODS'; readonly promotionId: PromotionId }
  | {
      readonly code: 'PROMOTION_MINIMUM_NOT_REACHED';
      readonly promotionId: PromotionId;
      readonly minimum: Money;
      readonly reached: Money;
    }
  | { readonly code: 'PROMOTION_TAKES_ALL'; readonly promotionId: PromotionId };

export type PromotionRejection =
  | { readonly code: 'PROMOTION_NOT_FOUND'; readonly promotionId: PromotionId }
  | { readonly code: 'PROMOTION_INVALID'; readonly field: PromotionField }
  | { readonly code: 'COUPON_TAKEN'; readonly coupon: string }
  | PromotionRefusal;
