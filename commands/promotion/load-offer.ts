import { automaticPromotions, automaticPromotionsId } from '../../domain/automatic-promotions';
import type { CartState } from '../../domain/cart';
import type { AccountId, Instant, PromotionId } from '../../domain/kernel';
import {
  isLimited,
  offerOf,
  type KnownPromotion,
  type Offer,
  type OfferedLine,
} from '../../domain/promotion';
import type { CommandContext } from '../../platform/execution';
import { orderIdOfCart } from '../../platform/ids';
import type { UseCaseDeps } from '../use-case/use-case';
import { loadUsable } from './load-usable';

/** The rejections of a coupon that does not apply. */
export const applicableRejections = [
  'PROMOTION_NOT_ACTIVE',
  'PROMOTION_USED_UP',
  'PROMOTION_USED_BY_CUSTOMER',
  'PROMOTION_HAS_NO_GOODS',
  'PROMOTION_MINIMUM_NOT_REACHED',
  'PROMOTION_TAKES_ALL',
] as const;

/** The discounts of a cart. `limited`: the promotions of which the order must reserve a use. */
export type OfferOfCart = Offer & { readonly limited: readonly PromotionId[] };

/**
 * A cart that is about to be ordered. `lines`: its lines with the categories of their products. `without`: automatic promotions
 * that are left out.
 */
type CartOffered = Pick<CartState, 'generation' | 'coupon'> & {
  readonly customerId: AccountId;
  readonly lines: readonly OfferedLine[];
  readonly without?: readonly PromotionId[] | undefined;
  readonly at: Instant;
};

/** Calculates what promotions take off a cart now, by the streams of the promotions. */
export const loadOffer = async (
  deps: UseCaseDeps,
  { customerId, generation, coupon, lines, without = [], at }: CartOffered,
  context: CommandContext,
): Promise<OfferOfCart> => {
  const user = { orderId: orderIdOfCart(customerId, generation), customerId, at };
  const loadAll = async (ids: readonly PromotionId[]): Promise<readonly KnownPromotion[]> => {
    const states = await Promise.all(ids.map((id) => loadUsable(deps, id, user, context)));
    // One that is listed and not created yet applies to nothing.
    return states.flatMap((state) => state ?? []);
  };
  const { promotionIds } = await deps.aggregates.of(automaticPromotions).load(automaticPromotionsId);
  const automatic = await loadAll(promotionIds.filter((id) => !without.includes(id)));
  const [withCode] = await loadAll(coupon === undefined ? [] : [coupon.promotionId]);
  const offer = offerOf({ ...user, lines, automatic, coupon: withCode });
  const used = new Set(offer.promotions.map(({ promotionId }) => promotionId));
  const limited = [...automatic, ...(withCode ? [withCode] : [])]
    .filter(({ promotionId, rule }) => used.has(promotionId) && isLimited(rule))
    .map(({ promotionId }) => promotionId);
  return { ...offer, limited };
};
