import type { ShipmentId, WarehouseId } from '../../domain/kernel';
import { order, type KnownOrder, type OrderEvent, type OrderRejection } from '../../domain/order';
import type { CommandContext, Executed } from '../../platform/execution';
import { shipmentId as shipmentIdOf } from '../../platform/ids';
import type { UseCaseDeps } from '../use-case/use-case';

/** Lets the goods of a part come from another warehouse; a reactor moves the reservations and the shipment. */
export const movePart = (
  { aggregates, clock }: Pick<UseCaseDeps, 'aggregates' | 'clock'>,
  { orderId, moved }: KnownOrder,
  { shipmentId, warehouseId }: { readonly shipmentId: ShipmentId; readonly warehouseId: WarehouseId },
  context: CommandContext,
): Promise<Executed<OrderEvent, OrderRejection>> => {
  const to = { shipmentId: shipmentIdOf(orderId, warehouseId, moved.length + 1), warehouseId };
  const command = { type: 'MoveOrderPart', orderId, shipmentId, to, at: clock.now() } as const;
  return aggregates.of(order).execute(orderId, command, context);
};
