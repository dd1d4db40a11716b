export type { PaymentCommand } from './commands';
export { paymentEventTypes } from './events';
export type {
  PaymentCaptured,
  PaymentDeclined,
  PaymentEvent,
  PaymentRefundFailed,
  PaymentRefundRequested,
  PaymentRefunded,
  PaymentRequested,
} from './events';
export type { PaymentRejection, PaymentStatus } from './rejections';
