import type { AccountId, CaptureId, Instant, OrderId, PaymentId, RefundId } from '../kernel';
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

/** The payment is to be held first and taken later. It is decided once, before the provider is called. */
export type RequestAuthorisation = To & { readonly type: 'RequestAuthorisation'; readonly method: string };

export type RecordAuthorisation = To & {
  readonly type: 'RecordAuthorisation';
  readonly reference: string;
  readonly authorisedUntil: Instant;
};

/** Takes held money, so that with it `upTo` is taken and not given back. Nothing happens where so much is taken already. */
export type RequestCapture = To & {
  readonly type: 'RequestCapture';
  readonly captureId: CaptureId;
  readonly upTo: Money;
};

export type RecordCapturePending = To & {
  readonly type: 'RecordCapturePending';
  readonly captureId: CaptureId;
};

export type RecordPartCapture = To & {
  readonly type: 'RecordPartCapture';
  readonly captureId: CaptureId;
  readonly reference: string;
};

export type RecordCaptureRefusal = To & {
  readonly type: 'RecordCaptureRefusal';
  readonly captureId: CaptureId;
  readonly reason: string;
};

export type RecordVoid = To & { readonly type: 'RecordVoid' };

export type RecordVoidRefusal = To & { readonly type: 'RecordVoidRefusal'; readonly reason: string };

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
  | RequestAuthorisation
  | RecordAuthorisation
  | RequestCapture
  | RecordCapturePending
  | RecordPartCapture
  | RecordCaptureRefusal
  | RecordVoid
  | RecordVoidRefusal
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
  | { readonly code: 'REFUND_NOT_FOUND'; readonly refundId: RefundId }
  | { readonly code: 'CAPTURE_NOT_FOUND'; readonly captureId: CaptureId }
  | { readonly code: 'CAPTURE_UNDECIDED'; readonly paymentId: PaymentId };
