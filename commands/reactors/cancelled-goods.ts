import { order, type OrderGoodsCancelled } from '../../domain/order';
import { shipment } from '../../domain/shipment';
import {
  contextFrom,
  reactor,
  requireAccepted,
  requireKnownOutcome,
  type EventOf,
  type Reactor,
} from '../../platform/reactions';
import type { UseCaseDeps } from '../use-case/use-case';
import { releaseStock } from './release-stock';

type Cancelled = EventOf<OrderGoodsCancelled>;
type Part = OrderGoodsCancelled['data']['parts'][number];

/** Cancels the shipment of a part that is packed again, or not at all. @returns whether its goods are here. */
const stopShipment = async (
  { aggregates, clock }: UseCaseDeps,
  event: Cancelled,
  { shipmentId, rest }: Part,
): Promise<boolean> => {
  if (rest?.shipmentId === shipmentId) return true;
  const command = { type: 'CancelShipment', shipmentId, at: clock.now() } as const;
  const stopped = requireKnownOutcome(
    await aggregates.of(shipment).execute(shipmentId, command, contextFrom(event, `cancel ${shipmentId}`)),
  );
  // Only without a World can a shipment be loaded before the order has permitted it.
  if (stopped.kind === 'rejected' && stopped.rejection.code === 'SHIPMENT_WRONG_STATUS') return false;
  requireAccepted(stopped, ['SHIPMENT_NOT_FOUND']);
  return true;
};

/** Stops the shipments of cancelled goods and gives the goods back, all but those that the order still needs there. */
const undo = async (deps: UseCaseDeps, event: Cancelled): Promise<void> => {
  const { orderId } = event.data;
  const known = await deps.aggregates.of(order).load(orderId);
  if (known.progress === 'NONE')
    throw new Error(`Goods of the order ${orderId} were cancelled and it is not there`);
  for (const part of event.data.parts) {
    if (!(await stopShipment(deps, event, part))) continue;
    const { warehouseId } = part;
    const needed = known.parts.find((present) => present.warehouseId === warehouseId)?.lines ?? [];
    for (const { productId } of part.lines) {
      const keep = needed.find((line) => line.productId === productId)?.quantity ?? 0;
      const goods = { orderId, warehouseId, productId, keep };
      await releaseStock(deps, event, goods, `release ${warehouseId} ${productId}`);
    }
  }
};

export const cancelledGoodsWorkflow = (deps: UseCaseDeps): Reactor =>
  reactor<OrderGoodsCancelled>('cancelled-goods', { OrderGoodsCancelled: (event) => undo(deps, event) });
