import type { AccountId, NotificationId } from '../../domain/kernel';
import { staffDesk } from '../../domain/notification';
import { product } from '../../domain/product';
import { lowStockOf, stock, type StockRemoved, type StockReserved } from '../../domain/stock';
import { streamIdOf } from '../../platform/event-store';
import { commandId } from '../../platform/ids';
import { contextFrom, reactor, type EventOf, type Reactor } from '../../platform/reactions';
import { isOld, queueIn, type QueueDeps } from './queue-notices';

type StockFell = StockReserved | StockRemoved;

/**
 * The reactor that warns the desk of staff, and the seller of the product, of low stock. The ids of the warnings follow from how
 * often the stock has become low, so there is one each time, even if many orders follow. What has risen again meanwhile needs
 * none; a threshold that is set above the stock warns with the next piece that leaves.
 */
export const queueLowStock = (deps: QueueDeps): Reactor => {
  const { aggregates, clock } = deps;
  const store = queueIn(deps);
  const warn = async (event: EventOf<StockFell>): Promise<void> => {
    if (isOld(event, clock)) return;
    const { warehouseId, productId } = event.data;
    const id = streamIdOf(event.stream);
    const low = lowStockOf(await aggregates.of(stock).load(id));
    if (low === undefined) return;
    const known = await aggregates.of(product).load(productId);
    if (known.status === 'NONE') return;
    const { sku, name: productName, sellerId } = known;
    const { onHand, threshold, timesLow } = low;
    const queue = (accountId: AccountId, isForStaff: boolean): Promise<void> => {
      const about = { productId, sku, productName, warehouseId, onHand, threshold, isForStaff };
      const warning = commandId(id, `low stock ${timesLow} ${accountId}`) as NotificationId;
      const notice = { template: 'low-stock', ...about } as const;
      return store({ ...contextFrom(event, 'low stock'), commandId: warning }, { accountId, notice });
    };
    await queue(staffDesk, true);
    if (sellerId !== undefined) await queue(sellerId, false);
  };
  return reactor<StockFell>('low stock', { StockReserved: warn, StockRemoved: warn });
};
