import { accept, reject, unreachable } from '../kernel';
import type { Decision } from '../kernel';
import { equals, isPositive } from '../money';
import type {
  PaymentCommand,
  RecordCapture,
  RecordDecline,
  RecordPaymentRefund,
  RecordPaymentRefundFailure,
  RequestPayment,
  RequestPaymentRefund,
} from './commands';
import type { PaymentEvent } from './events';
import type { PaymentRejection } from './rejections';
import { refundableOf } from './state';
import type { CapturedPayment, KnownPayment, PaymentState } from './state';

type PaymentDecision = Decision<PaymentEvent, PaymentRejection>;

const wrongStatus = ({ paymentId, status }: KnownPayment): PaymentDecision =>
  reject({ code: 'PAYMENT_WRONG_STATUS', paymentId, status });

const requestPayment = (command: RequestPayment, state: PaymentState): PaymentDecision => {
  const { paymentId, orderId, customerId, amount, method, at } = command;
  if (state.status !== 'NONE') {
    // The same order and sum under the same id is the same attempt; anything else took an id that is taken.
    return state.orderId === orderId && equals(state.amount, amount)
      ? accept()
      : reject({ code: 'PAYMENT_ALREADY_REQUESTED', paymentId });
  }
  if (!isPositive(amount)) return reject({ code: 'PAYMENT_NOT_POSITIVE', amount });
  return accept({
    type: 'PaymentRequested',
    data: { paymentId, orderId, customerId, amount, method, requestedAt: at },
  });
};

const recordCapture = ({ reference, at }: RecordCapture, payment: KnownPayment): PaymentDecision => {
  if (payment.status === 'CAPTURED' && payment.reference === reference) return accept();
  // A payment is captured once, and a declined one never: the customer tries anew with another.
  if (payment.status !== 'REQUESTED') return wrongStatus(payment);
  const { paymentId, orderId, amount } = payment;
  return accept({
    type: 'PaymentCaptured',
    data: { paymentId, orderId, amount, reference, capturedAt: at },
  });
};

const recordDecline = ({ reason, at }: RecordDecline, payment: KnownPayment): PaymentDecision => {
  if (payment.status === 'DECLINED') return accept();
  // Money that is here cannot be declined any more.
  if (payment.status === 'CAPTURED') return wrongStatus(payment);
  const { paymentId, orderId } = payment;
  return accept({ type: 'PaymentDeclined', data: { paymentId, orderId, reason, declinedAt: at } });
};

const requestRefund = (command: RequestPaymentRefund, payment: CapturedPayment): PaymentDecision => {
  const { refundId, amount, at } = command;
  const known = payment.refunds.get(refundId);
  if (known !== undefined && known.status !== 'FAILED') return accept();
  if (!isPositive(amount)) return reject({ code: 'REFUND_NOT_POSITIVE', asked: amount });
  // No more goes back than came, over all refunds together, and in the coin it came in.
  const refundable = refundableOf(payment);
  if (amount.currency !== refundable.currency || amount.amountMinor > refundable.amountMinor)
    return reject({ code: 'REFUND_TOO_LARGE', refundable, asked: amount });
  const { paymentId, orderId } = payment;
  return accept({
    type: 'PaymentRefundRequested',
    data: { paymentId, orderId, refundId, amount, requestedAt: at },
  });
};

const recordRefund = (command: RecordPaymentRefund, payment: CapturedPayment): PaymentDecision => {
  const { refundId, reference, at } = command;
  const refund = payment.refunds.get(refundId);
  if (refund?.status === 'DONE') return accept();
  // The provider gives back only what was asked for and has not failed.
  if (refund?.status !== 'OPEN') return reject({ code: 'REFUND_NOT_FOUND', refundId });
  const { paymentId, orderId } = payment;
  const { amount } = refund;
  return accept({
    type: 'PaymentRefunded',
    data: { paymentId, orderId, refundId, amount, reference, refundedAt: at },
  });
};

const recordRefundFailure = (
  { refundId, reason, at }: RecordPaymentRefundFailure,
  payment: CapturedPayment,
): PaymentDecision => {
  const refund = payment.refunds.get(refundId);
  if (refund?.status === 'FAILED') return accept();
  // Only an open refund can fail: what is given back stays given back.
  if (refund?.status !== 'OPEN') return reject({ code: 'REFUND_NOT_FOUND', refundId });
  const { paymentId, orderId } = payment;
  return accept({
    type: 'PaymentRefundFailed',
    data: { paymentId, orderId, refundId, reason, failedAt: at },
  });
};

export const decide = (command: PaymentCommand, state: PaymentState): PaymentDecision => {
  if (command.type === 'RequestPayment') return requestPayment(command, state);
  if (state.status === 'NONE') return reject({ code: 'PAYMENT_NOT_FOUND', paymentId: command.paymentId });
  if (command.type === 'RecordCapture') return recordCapture(command, state);
  if (command.type === 'RecordDecline') return recordDecline(command, state);
  // Only captured money can go back.
  if (state.status !== 'CAPTURED') return wrongStatus(state);
  switch (command.type) {
    case 'RequestPaymentRefund':
      return requestRefund(command, state);
    case 'RecordPaymentRefund':
      return recordRefund(command, state);
    case 'RecordPaymentRefundFailure':
      return recordRefundFailure(command, state);
    default:
      return unreachable(command);
  }
};
