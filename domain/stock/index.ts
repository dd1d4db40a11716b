import type { Decider } from '../kernel';
import type { StockCommand, StockRejection } from './commands';
import { decide } from './decide';
import { stockUpcasters, type StockEvent } from './events';
import { evolve, initial, snapshot } from './state';
import type { StockState } from './state';

/** The decider of stock. A stream is named by warehouse and product: `stock-<warehouseId>-<productId>`. */
export const stock: Decider<StockState, StockCommand, StockEvent, StockRejection> = {
  category: 'stock',
  initial,
  decide,
  evolve,
  snapshot,
  upcasters: stockUpcasters,
};
export { stockEventTypes } from './events';
export type {
  StockBackordered,
  StockEvent,
  StockReceived,
  StockReleased,
  StockRemoved,
  StockReplenishmentRequested,
  StockReserved,
  StockShipped,
} from './events';
export { replenishmentLot, stockQuantityMax } from './limits';
export { availableOf, awaitedBy, lowStockOf, setAsideFor } from './state';
export type { StockCommand, StockRejection, StockState };
