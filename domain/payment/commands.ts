import type { AccountId, Instant, OrderId, PaymentId, RefundId } from '../kernel';
import type { Money } from '../money';

type To = { readonly paymentId: PaymentId; readonly at: Instant };

export type RequestPayment = To & {
  readonly type: 'RequestPayment';
  readonly orderId: OrderId;
  readonly customerId: AccountId;
  readonly amount: Money;
  readonly method: string;
};
export type RecordCapture = To & { readonly type: 'RecordCapture'; readonly reference: string };
export type RecordDecline = To & { readonly type: 'RecordDecline'; readonly reason: string };
export type RequestPaymentRefund = To & {
  readonly type: 'RequestPaymentRefund';
  readonly refundId: RefundId;
  readonly amount: Money;
};
export type RecordPaymentRefund = To & {
  readonly type: 'RecordPaymentRefund';
  readonly refundId: RefundId;
  readonly reference: string;
};
/** The provider refuses for good. The same refund may be requested again. */
export type RecordPaymentRefundFailure = To & {
  readonly type: 'RecordPaymentRefundFailure';
  readonly refundId: RefundId;
  readonly reason: string;
};

export type PaymentCommand =
  | RequestPayment
  | RecordCapture
  | RecordDecline
  | RequestPaymentRefund
  | RecordPaymentRefund
  | RecordPaymentRefundFailure;
