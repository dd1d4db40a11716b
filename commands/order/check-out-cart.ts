import { cart, type CartEvent, type CartRejection } from '../../domain/cart';
import type { OrderPlaced } from '../../domain/order';
import type { CommandContext, Executed } from '../../platform/execution';
import { stepOf } from '../use-case/outcome';
import type { UseCaseDeps } from '../use-case/use-case';

/** @param placing - the context of the command that placed the order. */
export const checkOutContext = (placing: CommandContext): CommandContext => stepOf(placing, 'check-out-cart');

/**
 * Removes an order's goods from its cart, once for each order; the cart may contain other products by then. `placeOrder` does
 * so before it answers, and the check-out reactor does the same if that was interrupted.
 *
 * @param placing - the context of the command that placed the order.
 * @returns undefined for an order without a cart.
 */
export const checkOutCart = async (
  { aggregates, clock }: UseCaseDeps,
  { customerId, orderId, cartGeneration: generation, lines }: OrderPlaced['data'],
  placing: CommandContext,
): Promise<Executed<CartEvent, CartRejection> | undefined> => {
  if (generation === undefined) return undefined;
  const ordered = lines.map(({ productId, quantity }) => ({ productId, quantity }));
  return aggregates
    .of(cart)
    .execute(
      customerId,
      { type: 'CheckOutCart', customerId, orderId, generation, ordered, at: clock.now() },
      checkOutContext(placing),
    );
};
