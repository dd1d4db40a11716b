import type { Decider } from '../kernel';
import type { PaymentCommand } from './commands';
import { decide } from './decide';
import type { PaymentEvent } from './events';
import type { PaymentRejection } from './rejections';
import { evolve, initial } from './state';
import type { PaymentState } from './state';

export const payment: Decider<PaymentState, PaymentCommand, PaymentEvent, PaymentRejection> = {
  category: 'payment',
  initial,
  decide,
  evolve,
  begins: ({ type }) => type === 'RequestPayment',
};
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
export type { PaymentCommand, PaymentState };
