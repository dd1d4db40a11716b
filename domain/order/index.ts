export type { OrderCommand } from './commands';
export { orderEventTypes } from './events';
export type {
  CancellationReason,
  OrderAllocated,
  OrderCancelled,
  OrderCompleted,
  OrderDestinationChanged,
  OrderEvent,
  OrderFulfilled,
  OrderLine,
  OrderLineSupplied,
  OrderPaid,
  OrderPart,
  OrderPartDelivered,
  OrderPartReleased,
  OrderPlaced,
  OrderRefundRequested,
  OrderRefunded,
  OrderShipped,
} from './events';
export type { OrderRejection, OrderStatus } from './rejections';
