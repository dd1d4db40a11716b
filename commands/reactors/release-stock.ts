import type { OrderId, ProductId, WarehouseId } from '../../domain/kernel';
import { stock } from '../../domain/stock';
import type { RecordedEvent } from '../../platform/event-store';
import { contextFrom, requireAccepted } from '../../platform/reactions';
import type { UseCaseDeps } from '../use-case/use-case';
import { stockIdOf } from '../warehouse';

/** The goods of one product that a warehouse has reserved for an order. */
export type Reserved = {
  readonly orderId: OrderId;
  readonly warehouseId: WarehouseId;
  readonly productId: ProductId;
  /** The pieces that the order goes on to have; absent for none. */
  readonly keep?: number | undefined;
};

/** Gives goods back that were reserved for an order. @param purpose - different for each product of an event. */
export const releaseStock = async (
  { aggregates, clock }: Pick<UseCaseDeps, 'aggregates' | 'clock'>,
  event: RecordedEvent,
  { orderId, warehouseId, productId, keep }: Reserved,
  purpose: string,
): Promise<void> => {
  const command = { type: 'ReleaseStock', warehouseId, productId, orderId, keep, at: clock.now() } as const;
  const executed = await aggregates
    .of(stock)
    .execute(stockIdOf(warehouseId, productId), command, contextFrom(event, purpose));
  requireAccepted(executed);
};
