import type { OrderId } from '../../domain/kernel';
import { order } from '../../domain/order';
import type { Position } from '../../platform/event-store';
import type { Logger } from '../../platform/telemetry';
import type { CommandContext } from '../../platform/execution';
import type { Outcome } from '../use-case/outcome';
import { attemptPayment, type PayDeps } from './attempt-payment';

/** A placed order, and its payment at once, if requested. */
export type PlacedOrder = {
  readonly orderId: OrderId;
  readonly paymentMethod: string | undefined;
  /** The store's position after the placing. */
  readonly position: Position | undefined;
};

/**
 * Pays an order that was just placed. The order exists with any outcome of the payment, so the answer is the order:
 * after a decline or an unknown outcome it is still PLACED.
 */
export const payAtOnce = async (
  deps: PayDeps & { readonly logger: Logger },
  { orderId, paymentMethod: method, position }: PlacedOrder,
  context: CommandContext,
): Promise<Extract<Outcome<{ orderId: OrderId }>, { kind: 'accepted' }>> => {
  const placed = { kind: 'accepted', value: { orderId }, position } as const;
  if (method === undefined) return placed;
  try {
    const known = await deps.aggregates.of(order).load(orderId);
    if (known.progress === 'NONE') return placed;
    const { customerId, total: amount } = known;
    const paid = await attemptPayment(deps, { orderId, customerId, amount, method }, context);
    if (paid.kind === 'accepted' && paid.position !== undefined)
      return { ...placed, position: paid.position };
  } catch (error) {
    deps.logger.warn({ error, orderId }, 'The payment workflow finishes the payment');
  }
  return placed;
};
