import type { CartCommand } from '../../domain/cart';
import type { Instant } from '../../domain/kernel';
import type { OrderPlaced } from '../../domain/order';

/**
 * The purpose that distinguishes the check-out from its placing; the reactor sends it under the same id, so it is done
 * once.
 */
export const checkOutPurpose = 'check-out-cart';

type CheckOutCart = Extract<CartCommand, { type: 'CheckOutCart' }>;

/**
 * Returns the command that removes an order's goods from its cart; the cart may contain other products by then.
 *
 * @returns undefined for an order without a cart.
 */
export const checkOutOf = (
  { customerId, orderId, cartGeneration: generation, lines }: OrderPlaced['data'],
  at: Instant,
): CheckOutCart | undefined => {
  if (generation === undefined) return undefined;
  const ordered = lines.map(({ productId, quantity }) => ({ productId, quantity }));
  return { type: 'CheckOutCart', customerId, orderId, generation, ordered, at };
};
