import type { AccountId, Instant, OrderId, PaymentId, RefundId } from '../kernel';
import type { Money } from '../money';
import type { PayerAction } from './events';
import type { PaymentStatus } from './state';

type To = { readonly paymentId: PaymentId; readonly at: Instant };

export type RequestPayment = To & {
  readonly type: 'RequestPayment';
  readonly orderId: OrderId;
  readonly customerId: AccountId;
  readonly amount: Money;
  readonly method: string;
};

/** `method`: the method of the payment, so that the provider can be asked how it stands. */
export type RecordPayerAction = To & {
  readonly type: 'RecordPayerAction';
  readonly method: string;
  readonly action: PayerAction;
};

export type RecordPending = To & { readonly type: 'RecordPending'; readonly method: string };

export type RecordCapture = To & { readonly type: 'RecordCapture'; readonly reference: string };

export type RecordDecline = To & { readonly type: 'RecordDecline'; readonly reason: string };

export type RequestPaymentRefund = To & {
  readonly type: 'RequestPaymentRefund';
  readonly refundId: RefundId;
  readonly amount: Money;
};

export type RecordPaymentRefundPending = To & {
  readonly type: 'RecordPaymentRefundPending';
  readonly refundId: RefundId;
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
  | RecordPayerAction
  | RecordPending
  | RecordCapture
  | RecordDecline
  | RequestPaymentRefund
  | RecordPaymentRefundPending
  | RecordPaymentRefund
  | RecordPaymentRefundFailure;

export type PaymentRejection =
  | { readonly code: 'PAYMENT_NOT_FOUND'; readonly paymentId: PaymentId }
  | { readonly code: 'PAYMENT_ALREADY_REQUESTED'; readonly paymentId: PaymentId }
  | { readonly code: 'PAYMENT_NOT_POSITIVE'; readonly amount: Money }
  | { readonly code: 'PAYMENT_WRONG_STATUS'; readonly paymentId: PaymentId; readonly status: PaymentStatus }
  | { readonly code: 'REFUND_NOT_POSITIVE'; readonly asked: Money }
  | { readonly code: 'REFUND_TOO_LARGE'; readonly refundable: Money; readonly asked: Money }
  | { readonly code: 'REFUND_NOT_FOUND'; readonly refundId: RefundId };
