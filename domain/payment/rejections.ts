import type { PaymentId, RefundId } from '../kernel';
import type { Money } from '../money';

export type PaymentStatus = 'REQUESTED' | 'CAPTURED' | 'DECLINED';

export type PaymentRejection =
  | { readonly code: 'PAYMENT_NOT_FOUND'; readonly paymentId: PaymentId }
  | { readonly code: 'PAYMENT_ALREADY_REQUESTED'; readonly paymentId: PaymentId }
  | { readonly code: 'PAYMENT_NOT_POSITIVE'; readonly amount: Money }
  | { readonly code: 'PAYMENT_WRONG_STATUS'; readonly paymentId: PaymentId; readonly status: PaymentStatus }
  | { readonly code: 'REFUND_NOT_POSITIVE'; readonly asked: Money }
  | { readonly code: 'REFUND_TOO_LARGE'; readonly refundable: Money; readonly asked: Money }
  | { readonly code: 'REFUND_NOT_FOUND'; readonly refundId: RefundId };
