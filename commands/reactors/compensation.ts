import type { OrderId } from '../../domain/kernel';
import {
  isCalledOff,
  mayBeGone,
  order,
  type OrderCancelled,
  type OrderPartLoadingFailed,
  type OrderRefundRequested,
} from '../../domain/order';
import { shipment } from '../../domain/shipment';
import type { RecordedEvent } from '../../platform/event-store';
import type { UseCaseDeps } from '../use-case/use-case';
import {
  requireAccepted,
  contextFrom,
  requireKnownOutcome,
  reactor,
  type Reactor,
} from '../../platform/reactions';
import { releaseStock } from './release-stock';

/** Reverses the steps of a cancelled or refunded order, except for parts that may have left. */
const undo = async (deps: UseCaseDeps, orderId: OrderId, event: RecordedEvent): Promise<void> => {
  const { aggregates, clock } = deps;
  const state = await aggregates.of(order).load(orderId);
  // A partial refund does not affect the rest.
  if (state.progress === 'NONE' || !isCalledOff(state)) return;
  // The order gives no more permission to load, so every other part can certainly be stopped.
  for (const { shipmentId, warehouseId, lines } of state.parts.filter((part) => !mayBeGone(part))) {
    const shipments = aggregates.of(shipment);
    const stopped = requireKnownOutcome(
      await shipments.execute(
        shipmentId,
        { type: 'CancelShipment', shipmentId, at: clock.now() },
        contextFrom(event, `cancel ${shipmentId}`),
      ),
    );
    const hasLeft = stopped.kind === 'rejected' && stopped.rejection.code === 'SHIPMENT_WRONG_STATUS';
    if (hasLeft) continue;
    requireAccepted(stopped, ['SHIPMENT_NOT_FOUND']);
    for (const { productId } of lines)
      await releaseStock(
        deps,
        event,
        { orderId, warehouseId, productId },
        `release ${warehouseId} ${productId}`,
      );
  }
};

export const compensationWorkflow = (deps: UseCaseDeps): Reactor =>
  reactor<OrderCancelled | OrderRefundRequested | OrderPartLoadingFailed>('compensation', {
    // The part may have been on a truck when the order was called off.
    OrderPartLoadingFailed: (event) => undo(deps, event.data.orderId, event),
    OrderCancelled: (event) => undo(deps, event.data.orderId, event),
    OrderRefundRequested: (event) => undo(deps, event.data.orderId, event),
  });
