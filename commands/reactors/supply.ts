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
      const orders = aggregates.of(order);
      const executed = requireKnownOutcome(
        await orders.execute(
          orderId,
          { type: 'RecordLineSupplied', orderId, warehouseId, productId, at: clock.now() },
          contextFrom(event, 'record-supply'),
        ),
      );
      if (executed.kind === 'accepted') return;
      const { code } = executed.rejection;
      if (code !== 'ORDER_WRONG_STATUS' && code !== 'ALLOCATION_MISMATCH')
        throw new Error(`Refused: ${JSON.stringify(executed.rejection)}`);
      const stocks = aggregates.of(stock);
      requireAccepted(
        await stocks.execute(
          stockIdOf(warehouseId, productId),
          { type: 'ReleaseStock', warehouseId, productId, orderId, at: clock.now() },
          contextFrom(event, 'release'),
        ),
      );
    },
  });
