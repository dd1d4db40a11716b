import type { OrderId, ProductId, WarehouseId } from '../../domain/kernel';
import { order, type OrderPartMoved } from '../../domain/order';
import { stock, type StockReserved } from '../../domain/stock';
import { contextFrom, requireAccepted, requireKnownOutcome, type EventOf } from '../../platform/reactions';
import type { UseCaseDeps } from '../use-case';
import { stockIdOf } from '../warehouse';

type Reserved = {
  readonly orderId: OrderId;
  readonly warehouseId: WarehouseId;
  readonly productId: ProductId;
};

/**
 * Records in an order that goods are reserved for it. Goods that it does not need any more, because it was cancelled,
 * refunded or comes from another warehouse, go back on hand.
 *
 * @param purposes - those of the two commands, different for each product of an event.
 */
export const recordSupply = async (
  { aggregates, clock }: UseCaseDeps,
  event: EventOf<StockReserved> | EventOf<OrderPartMoved>,
  { orderId, warehouseId, productId }: Reserved,
  purposes: { readonly record: string; readonly release: string },
): Promise<void> => {
  const executed = requireKnownOutcome(
    await aggregates
      .of(order)
      .execute(
        orderId,
        { type: 'RecordLineSupplied', orderId, warehouseId, productId, at: clock.now() },
        contextFrom(event, purposes.record),
      ),
  );
  if (executed.kind === 'accepted') return;
  const { code } = executed.rejection;
  if (code !== 'ORDER_WRONG_STATUS' && code !== 'ALLOCATION_MISMATCH')
    throw new Error(`Rejected: ${JSON.stringify(executed.rejection)}`);
  requireAccepted(
    await aggregates
      .of(stock)
      .execute(
        stockIdOf(warehouseId, productId),
        { type: 'ReleaseStock', warehouseId, productId, orderId, at: clock.now() },
        contextFrom(event, purposes.release),
      ),
  );
};
