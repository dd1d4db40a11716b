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

/** Records in an order that its awaited goods are reserved; goods of a cancelled or refunded order go back on hand. */
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
