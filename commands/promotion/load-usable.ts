import type { AccountId, Instant, OrderId, PromotionId } from '../../domain/kernel';
import { isUndone, order } from '../../domain/order';
import { lapsedUses, promotion, refusalOfUse, type KnownPromotion } from '../../domain/promotion';
import type { CommandContext } from '../../platform/execution';
import { stepOf } from '../use-case/outcome';
import type { UseCaseDeps } from '../use-case/use-case';

/** The number of lapsed uses that one request looks at. */
const LAPSED_AT_ONCE_MAX = 100;

type User = { readonly orderId: OrderId; readonly customerId: AccountId; readonly at: Instant };

/**
 * Confirms a lapsed use if its order was placed with the promotion and stands, and gives it back otherwise: the same order may have
 * been placed without it later.
 */
const settleUse = async (
  { aggregates }: UseCaseDeps,
  { promotionId, orderId, at }: Pick<User, 'orderId' | 'at'> & { readonly promotionId: PromotionId },
  context: CommandContext,
): Promise<void> => {
  const state = await aggregates.of(order).load(orderId);
  const isUsed =
    state.progress !== 'NONE' &&
    !isUndone(state) &&
    (state.promotions ?? []).some((used) => used.promotionId === promotionId);
  const type = isUsed ? 'ConfirmPromotionUse' : 'ReleasePromotionUse';
  // With the time in its id, because an order can lose a use more than once.
  const step = stepOf(context, `${type} ${promotionId} ${orderId} ${at}`);
  await aggregates.of(promotion).execute(promotionId, { type, promotionId, orderId, at }, step);
};

/**
 * Loads a promotion for an order that is about to use it. Where its limit is reached, the uses of orders whose placing was
 * refused or interrupted are given back first.
 *
 * @returns undefined for one that does not exist.
 */
export const loadUsable = async (
  deps: UseCaseDeps,
  promotionId: PromotionId,
  user: User,
  context: CommandContext,
): Promise<KnownPromotion | undefined> => {
  const promotions = deps.aggregates.of(promotion);
  const state = await promotions.load(promotionId);
  if (state.status === 'NONE') return undefined;
  const refusal = refusalOfUse(state, user);
  if (refusal === undefined || refusal.code === 'PROMOTION_NOT_ACTIVE') return state;
  const { at } = user;
  // The uses of others do not count against the limit of a customer.
  const customerId = refusal.code === 'PROMOTION_USED_BY_CUSTOMER' ? user.customerId : undefined;
  const lapsed = lapsedUses(state, { at, customerId }, LAPSED_AT_ONCE_MAX);
  if (lapsed.length === 0) return state;
  await Promise.all(lapsed.map((orderId) => settleUse(deps, { promotionId, orderId, at }, context)));
  const settled = await promotions.load(promotionId);
  return settled.status === 'NONE' ? undefined : settled;
};
