import type { CartCommand } from '../../domain/cart';
import type { Instant } from '../../domain/kernel';
import type { OrderPlaced } from '../../domain/order';

/** Tells the check-out apart from the placing that it follows; the workflow sends it under the same id, so it is done once. */
export const checkOutPurpose = 'check-out-cart';

type CheckOutCart = Extract<CartCommand, { type: 'CheckOutCart' }>;

/**
 * What takes an order's goods out of the cart that it came from, by what the order holds: the cart may hold other things by
 * then.
 *
 * @returns undefined for an order that did not come from a cart.
 */
export const checkOutOf = (
  { customerId, orderId, cartGeneration: generation, lines }: OrderPlaced['data'],
  at: Instant,
): CheckOutCart | undefined => {
  if (generation === undefined) return undefined;
  const ordered = lines.map(({ productId, quantity }) => ({ productId, quantity }));
  return { type: 'CheckOutCart', customerId, orderId, generation, ordered, at };
};
