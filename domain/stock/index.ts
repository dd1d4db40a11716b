export type { StockCommand } from './commands';
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
export type { StockRejection } from './rejections';
