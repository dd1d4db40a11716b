export type { CaptureRequest, CaptureResult, PaymentProvider, RefundRequest, RefundResult } from './provider';
export { createSettlePayment } from './settle-payment';
export type { PaymentDeps, RequestedPayment, SettledPayment, SettlePayment } from './settle-payment';
export { createSettleRefund } from './settle-refund';
export type { SettledRefund, SettleRefund } from './settle-refund';
