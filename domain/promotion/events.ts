import type { AccountId, Fact, Instant, OrderId, ProductId, PromotionId } from '../kernel';
import type { Money } from '../money';

/**
 * The rule of a promotion: its discount, its goods, its time and its limits. It has either `percent` or `amount`. All amounts have
 * one currency; where there is an amount, only goods of that currency count.
 */
export type PromotionRule = {
  readonly name: string;
  /** The code that a customer gives; absent for a promotion that applies by itself. */
  readonly coupon?: string | undefined;
  /** A whole number from 1 to 100. */
  readonly percent?: number | undefined;
  /** The highest discount of `percent`. */
  readonly discountMax?: Money | undefined;
  readonly amount?: Money | undefined;
  /** The lowest price of all its goods together at which it applies. */
  readonly minimum?: Money | undefined;
  /** The goods: those of these products and those of these categories. All goods where both are absent. */
  readonly productIds?: readonly ProductId[] | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly startsAt?: Instant | undefined;
  /** The first moment at which it does not apply any more. */
  readonly endsAt?: Instant | undefined;
  /** Orders of all customers together. */
  readonly usesMax?: number | undefined;
  readonly usesOfCustomerMax?: number | undefined;
};

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
export type PromotionCreated = Fact<
  'PromotionCreated',
  { promotionId: PromotionId; rule: PromotionRule; createdAt: Instant }
>;
/** No further order uses the promotion. Orders that have used it keep their discounts. */
export type PromotionStopped = Fact<'PromotionStopped', { promotionId: PromotionId; stoppedAt: Instant }>;
/**
 * The order may use the promotion. It is not placed yet: if it still does not exist after `heldUntil`, the use may be given
 * back. Only promotions with a limit count their uses.
 */
export type PromotionUseReserved = Fact<
  'PromotionUseReserved',
  {
    promotionId: PromotionId;
    orderId: OrderId;
    customerId: AccountId;
    heldUntil: Instant;
    reservedAt: Instant;
  }
>;
/** The order was placed. */
export type PromotionUseConfirmed = Fact<
  'PromotionUseConfirmed',
  { promotionId: PromotionId; orderId: OrderId; confirmedAt: Instant }
>;
/** The order was not placed, or has expired or been cancelled: another order may have the use. */
export type PromotionUseReleased = Fact<
  'PromotionUseReleased',
  { promotionId: PromotionId; orderId: OrderId; releasedAt: Instant }
>;

export type PromotionEvent =
  PromotionCreated | PromotionStopped | PromotionUseReserved | PromotionUseConfirmed | PromotionUseReleased;

export const promotionEventTypes = {
  PromotionCreated: true,
  PromotionStopped: true,
  PromotionUseReserved: true,
  PromotionUseConfirmed: true,
  PromotionUseReleased: true,
} as const satisfies Record<PromotionEvent['type'], true>;
