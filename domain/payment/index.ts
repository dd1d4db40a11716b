import type { Decider } from '../kernel';
import type { PaymentCommand, PaymentRejection } from './commands';
import { decide } from './decide';
import type { PaymentEvent } from './events';
import { evolve, initial, type PaymentState } from './state';

export const payment: Decider<PaymentState, PaymentCommand, PaymentEvent, PaymentRejection> = {
  category: 'payment',
  initial,
  decide,
  evolve,
};

export type { PaymentCommand, PaymentRejection } from './commands';
export {
  paymentEventTypes,
  type PayerAction,
  type PaymentActionRequired,
  type PaymentCaptured,
  type PaymentDeclined,
  type PaymentEvent,
  type PaymentPending,
  type PaymentRefundFailed,
  type PaymentRefundPending,
  type PaymentRefundRequested,
  type PaymentRefunded,
  type PaymentRequested,
} from './events';
export { isOpen, type PaymentState, type PaymentStatus, type RefundStatus } from './state';
