export type {
  CaptureRequest,
  CaptureResult,
  PaymentAtProvider,
  PaymentProvider,
  RefundRequest,
  RefundResult,
} from './provider';
export { createPayments, type Payments } from './payments';
export { createSettlePayment, unfinishedPayment } from './settle-payment';
export type {
  ClosePayment,
  PaymentDeps,
  RequestedPayment,
  SettledPayment,
  SettlePayment,
} from './settle-payment';
export type { SettledRefund, SettleRefund } from './settle-refund';
