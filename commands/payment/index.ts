export type {
  Authorisations,
  CaptureRequest,
  CaptureResult,
  PartCaptureRequest,
  PartCaptureResult,
  PaymentAtProvider,
  PaymentProvider,
  RefundRequest,
  RefundResult,
  VoidResult,
} from './provider';
export { paymentGateway } from './payment-context';
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
