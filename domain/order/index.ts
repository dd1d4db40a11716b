import type { Decider } from '../kernel';
import type { OrderCommand, OrderDifference, OrderRejection } from './commands';
import { decide } from './decide';
import type { OrderEvent } from './events';
import { orderPersonalData } from './personal-data';
import { evolve, initial } from './state';
import type { OrderState } from './state';

export const order: Decider<OrderState, OrderCommand, OrderEvent, OrderRejection> = {
  category: 'order',
  initial,
  decide,
  evolve,
  personalData: orderPersonalData,
};
export { amountsOf, linePaidOf, lineTotalOf, orderTotalOf, remainingOf, shippingPaidOf } from './amounts';
export type { Goods, OrderAmounts, Portion, ReturnedGoods } from './amounts';
export { holdReasons, orderEventTypes } from './events';
export type {
  CancellationReason,
  HoldReason,
  OrderAllocated,
  OrderCancelled,
  OrderCompleted,
  OrderDestinationChanged,
  OrderEvent,
  OrderFulfilled,
  OrderGoodsCancelled,
  OrderHeld,
  OrderHoldReleased,
  OrderLine,
  OrderLineSupplied,
  OrderNoteAdded,
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
  OrderPromotion,
  OrderRedirectMissed,
  OrderRefundRefused,
  OrderRefundRequested,
  OrderRefunded,
  OrderSaleRecorded,
  OrderShipped,
  OrderShipping,
  OrderTagged,
  OrderTax,
  OrderUntagged,
  Sale,
} from './events';
export { refusalOfCancelling } from './cancel-goods';
export type { CancelledBy } from './cancel-goods';
export type { CancelledGoods } from './contents';
export { spellingOfTag } from './decide-notes';
export { lineQuantityMax, orderLinesMax, orderNotesMax, orderTagsMax, orderTotalMinorMax } from './limits';
export { dueOf } from './parts';
export { isHeld, isUndone, mayBeGone, paymentOf, unitsOf } from './state';
export type { KnownOrder, OrderState, RefundState } from './state';
export { isCalledOff, keptOf, orderProgresses, orderStatuses, refundableOf, statusOf } from './status';
export type { OrderStatus } from './status';
export { taxOfRefund, withTax } from './tax';
export type { Taxed } from './tax';
export { orderStateDiagram, orderTransitions, orderWaysOut } from './transitions';
export { orderVocabularies } from './vocabularies';
export type { OrderVocabularyName } from './vocabularies';
export type { OrderCommand, OrderDifference, OrderRejection };
