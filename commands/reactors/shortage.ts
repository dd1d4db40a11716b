import { awaitedBy, stock } from '../../domain/stock';
import type { KnownShipment, ShipmentFailed } from '../../domain/shipment';
import type { Aggregates } from '../../platform/execution';
import { replenishmentId as replenishmentIdOf } from '../../platform/ids';
import { contextFrom, requireAccepted, type EventOf } from '../../platform/reactions';
import type { UseCaseDeps } from '../use-case/use-case';
import { stockIdOf } from '../warehouse';

/** Corrects the stock of each product that the World lacked; the order waits for new goods, which are requested. */
export const correctStocks = async (
  { aggregates, clock }: UseCaseDeps,
  event: EventOf<ShipmentFailed>,
): Promise<void> => {
  const { orderId, warehouseId, number, reason, lacking = [], failedAt } = event.data;
  const askedAt = event.data.packingSince ?? failedAt;
  for (const productId of lacking) {
    const stockId = stockIdOf(warehouseId, productId);
    const executed = await aggregates.of(stock).execute(
      stockId,
      {
        type: 'CorrectStock',
        ...{ warehouseId, productId, orderId, askedAt },
        reason: `The World could not pack parcel ${number}: ${reason}`,
        replenishmentId: replenishmentIdOf(`${event.id} ${stockId}`),
        at: clock.now(),
      },
      contextFrom(event, `correct ${productId}`),
    );
    requireAccepted(executed);
  }
};

/** Tests whether the order still waits for goods of the shipment. */
export const awaitsGoods = async (
  aggregates: Aggregates,
  { orderId, warehouseId, items }: KnownShipment,
): Promise<boolean> => {
  const stocks = await Promise.all(
    items.map(({ productId }) => aggregates.of(stock).load(stockIdOf(warehouseId, productId))),
  );
  return stocks.some((state) => awaitedBy(state, orderId) > 0);
};
