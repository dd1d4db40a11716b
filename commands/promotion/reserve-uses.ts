import {
  later,
  type AccountId,
  type Instant,
  type Millis,
  type OrderId,
  type PromotionId,
} from '../../domain/kernel';
import { promotion, type PromotionEvent, type PromotionRejection } from '../../domain/promotion';
import type { CommandContext, Executed } from '../../platform/execution';
import { stepOf } from '../use-case/outcome';
import type { UseCaseDeps } from '../use-case/use-case';

/** The time for which a use is held for an order that is about to be placed: far longer than the placing may take. */
export const USE_HELD_MS = (15 * 60_000) as Millis;

/** More time than placing an order takes. */
const PLACING_MS = (5 * 60_000) as Millis;

type Uses = {
  readonly orderId: OrderId;
  readonly customerId: AccountId;
  readonly promotionIds: readonly PromotionId[];
  /** The time until which the order may be placed. Default: it is placed at once. */
  readonly until?: Instant | undefined;
};

/**
 * Reserves a use of each promotion for an order that is about to be placed. The order may reserve them again.
 *
 * @returns the first answer that is no acceptance; undefined if all are reserved.
 */
export const reserveUses = async (
  { aggregates, clock }: UseCaseDeps,
  { orderId, customerId, promotionIds, until }: Uses,
  context: CommandContext,
): Promise<Exclude<Executed<PromotionEvent, PromotionRejection>, { kind: 'accepted' }> | undefined> => {
  const at = clock.now();
  const use = {
    type: 'ReservePromotionUse',
    orderId,
    customerId,
    heldUntil: later(until ?? at, USE_HELD_MS),
    // The order may be placed at the last moment, and placing takes its time.
    neededUntil: until && later(until, PLACING_MS),
    at,
  } as const;
  for (const promotionId of promotionIds) {
    // With the time in its id, because a repeat after the use has lapsed must reserve it again.
    const step = stepOf(context, `reserve ${promotionId} ${at}`);
    const reserved = await aggregates.of(promotion).execute(promotionId, { ...use, promotionId }, step);
    if (reserved.kind !== 'accepted') return reserved;
  }
  return undefined;
};
