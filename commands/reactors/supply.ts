import { order } from '../../domain/order';
import { stock, type StockReserved } from '../../domain/stock';
import type { UseCaseDeps } from '../use-case';
import { stockIdOf } from '../warehouse';
import {
  requireAccepted,
  contextFrom,
  requireKnownOutcome,
  reactor,
  type Reactor,
} from '../../platform/reactions';

/** Tells an order that goods it queued for are set aside; goods that it does not want any more go back on hand. */
export const supplyWorkflow = ({ aggregates, clock }: UseCaseDeps): Reactor =>
  reactor<StockReserved>('supply', {
    StockReserved: async (event) => {
      const { orderId, warehouseId, productId, backorderFilled } = event.data;
      if (!backorderFilled) return;
      const executed = requireKnownOutcome(
        await aggregates.execute(
          order,
          orderId,
          { type: 'RecordLineSupplied', orderId, warehouseId, productId, at: clock.now() },
          contextFrom(event, 'record-supply'),
        ),
      );
      if (executed.kind === 'accepted') return;
      const { code } = executed.rejection;
      if (code !== 'ORDER_WRONG_STATUS' && code !== 'ALLOCATION_MISMATCH')
        throw new Error(`Refused: ${JSON.stringify(executed.rejection)}`);
      requireAccepted(
        await aggregates.execute(
          stock,
          stockIdOf(warehouseId, productId),
          { type: 'ReleaseStock', warehouseId, productId, orderId, at: clock.now() },
          contextFrom(event, 'release'),
        ),
      );
    },
  });
