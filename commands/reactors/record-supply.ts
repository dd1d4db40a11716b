import { order, type OrderPartMoved } from '../../domain/order';
import type { StockReserved } from '../../domain/stock';
import { contextFrom, requireKnownOutcome, type EventOf } from '../../platform/reactions';
import type { UseCaseDeps } from '../use-case/use-case';
import { releaseStock, type Reserved } from './release-stock';

/**
 * Records in an order that goods are reserved for it. Goods that it does not need any more, because it was cancelled,
 * refunded or comes from another warehouse, go back on hand.
 *
 * @param purposes - those of the two commands, different for each product of an event.
 */
export const recordSupply = async (
  deps: UseCaseDeps,
  event: EventOf<StockReserved> | EventOf<OrderPartMoved>,
  reserved: Reserved,
  purposes: { readonly record: string; readonly release: string },
): Promise<void> => {
  const { orderId } = reserved;
  const executed = requireKnownOutcome(
    await deps.aggregates
      .of(order)
      .execute(
        orderId,
        { type: 'RecordLineSupplied', ...reserved, at: deps.clock.now() },
        contextFrom(event, purposes.record),
      ),
  );
  if (executed.kind === 'accepted') return;
  const { code } = executed.rejection;
  if (code !== 'ORDER_WRONG_STATUS' && code !== 'ALLOCATION_MISMATCH')
    throw new Error(`Rejected: ${JSON.stringify(executed.rejection)}`);
  await releaseStock(deps, event, reserved, purposes.release);
};
