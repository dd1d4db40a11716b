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
export { orderEventTypes } from './events';
export { holdReasons } from './contents';
export type {
  OrderAllocated,
  OrderCancelled,
  OrderCaptureRefused,
  OrderCaptureRequested,
  OrderCaptured,
  OrderCompleted,
  OrderDestinationChanged,
  OrderEvent,
  OrderFulfilled,
  OrderGoodsCancelled,
  OrderHeld,
  OrderHoldReleased,
  OrderLineSupplied,
  OrderNoteAdded,
  OrderPaid,
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
  OrderTagged,
  OrderUntagged,
} from './events';
export type {
  CancellationReason,
  CancelledGoods,
  CustomerWords,
  Gift,
  HoldReason,
  OrderLine,
  OrderPart,
  OrderPromotion,
  OrderShipping,
  OrderTax,
  Sale,
} from './contents';
export { refusalOfCancelling } from './cancel-goods';
export type { CancelledBy } from './cancel-goods';
export { captureOf, isCaptured } from './capture-state';
export { refusedShipmentOf } from './decide-captures';
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
