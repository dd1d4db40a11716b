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
  type PaymentAuthorisationRequested,
  type PaymentAuthorised,
  type PaymentCapturePending,
  type PaymentCaptureRefused,
  type PaymentCaptureRequested,
  type PaymentCaptured,
  type PaymentDeclined,
  type PaymentEvent,
  type PaymentPartCaptured,
  type PaymentPending,
  type PaymentRefundFailed,
  type PaymentRefundPending,
  type PaymentRefundRequested,
  type PaymentRefunded,
  type PaymentReleased,
  type PaymentRequested,
  type PaymentVoidRefused,
  type PaymentVoided,
} from './events';
export {
  heldOf,
  isOpen,
  isSecured,
  isToBeVoided,
  isUndecided,
  takenOf,
  type AuthorisedPayment,
  type PaymentState,
  type PaymentStatus,
  type RefundStatus,
  type SecuredPayment,
} from './state';
