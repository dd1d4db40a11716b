import type { Decider } from '../kernel';
import type { OrderCommand, OrderDifference, OrderRejection } from './commands';
import { decide } from './decide';
import type { OrderEvent } from './events';
import { evolve, initial } from './state';
import type { OrderState } from './state';

export const order: Decider<OrderState, OrderCommand, OrderEvent, OrderRejection> = {
  category: 'order',
  initial,
  decide,
  evolve,
};
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
  OrderPartLoadingFailed,
  OrderPartLoadingStarted,
  OrderPartMoved,
  OrderPartReleased,
  OrderPaymentDeclined,
  OrderPaymentStarted,
  OrderPlaced,
  OrderRedirectMissed,
  OrderRefundRefused,
  OrderRefundRequested,
  OrderRefunded,
  OrderSaleRecorded,
  OrderShipped,
  Sale,
} from './events';
export { lineQuantityMax, orderLinesMax, orderTotalMinorMax } from './limits';
export { mayBeGone, paymentOf, unitsOf } from './state';
export type { KnownOrder, OrderState } from './state';
export { isCalledOff, orderProgresses, orderStatuses, refundableOf, statusOf } from './status';
export type { OrderStatus } from './status';
export { orderStateDiagram, orderTransitions, orderWaysOut } from './transitions';
export type { OrderCommand, OrderDifference, OrderRejection };
