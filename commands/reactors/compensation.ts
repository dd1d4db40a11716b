import type { OrderId } from '../../domain/kernel';
import {
  isCalledOff,
  mayBeGone,
  order,
  type OrderCancelled,
  type OrderRefundRequested,
} from '../../domain/order';
import { shipment } from '../../domain/shipment';
import { stock } from '../../domain/stock';
import type { RecordedEvent } from '../../platform/event-store';
import type { UseCaseDeps } from '../use-case';
import { stockIdOf } from '../warehouse';
import {
  requireAccepted,
  contextFrom,
  requireKnownOutcome,
  reactor,
  type Reactor,
} from '../../platform/reactions';

/** Takes back what was set in motion for an order that nobody wants any more, as far as it has not left. */
const undo = async (
  { aggregates, clock }: UseCaseDeps,
  orderId: OrderId,
  event: RecordedEvent,
): Promise<void> => {
  const state = await aggregates.load(order, orderId);
  // A refund of a part leaves the rest as it is.
  if (state.progress === 'NONE' || !isCalledOff(state)) return;
  // The order gives no more leave to load, so what was not being loaded when it was called off can be stopped for certain.
  for (const { shipmentId, warehouseId, lines } of state.parts.filter((part) => !mayBeGone(part))) {
    const stopped = requireKnownOutcome(
      await aggregates.execute(
        shipment,
        shipmentId,
        { type: 'CancelShipment', shipmentId, at: clock.now() },
        contextFrom(event, `cancel ${shipmentId}`),
      ),
    );
    const hasLeft = stopped.kind === 'rejected' && stopped.rejection.code === 'SHIPMENT_WRONG_STATUS';
    if (hasLeft) continue;
    requireAccepted(stopped, ['SHIPMENT_NOT_FOUND']);
    for (const { productId } of lines) {
      const executed = await aggregates.execute(
        stock,
        stockIdOf(warehouseId, productId),
        { type: 'ReleaseStock', warehouseId, productId, orderId, at: clock.now() },
        contextFrom(event, `release ${warehouseId} ${productId}`),
      );
      requireAccepted(executed);
    }
  }
};

export const compensationWorkflow = (deps: UseCaseDeps): Reactor =>
  reactor<OrderCancelled | OrderRefundRequested>('compensation', {
    OrderCancelled: (event) => undo(deps, event.data.orderId, event),
    OrderRefundRequested: (event) => undo(deps, event.data.orderId, event),
  });
