import type { Decider } from '../kernel';
import type { PromotionCommand, PromotionRefusal, PromotionRejection, PromotionStanding } from './commands';
import { decide } from './decide';
import type { PromotionEvent } from './events';
import { evolve, initial, snapshot } from './state';
import type { PromotionState } from './state';

export const promotion: Decider<PromotionState, PromotionCommand, PromotionEvent, PromotionRejection> = {
  category: 'promotion',
  initial,
  decide,
  evolve,
  snapshot,
};
export { promotionCategoriesMax, promotionProductsMax, promotionUsesMax } from './decide';
export { promotionEventTypes } from './events';
export type {
  PromotionCreated,
  PromotionEvent,
  PromotionRule,
  PromotionStopped,
  PromotionUseReleased,
  PromotionUseReserved,
} from './events';
export { offerOf } from './offer';
export type { AppliedPromotion, Offer, OfferedLine, OfferRequest } from './offer';
export { isLimited, lapsedUses, refusalOfUse, standingOf } from './state';
export type { KnownPromotion, PromotionState } from './state';
export type { PromotionCommand, PromotionRefusal, PromotionRejection, PromotionStanding };
