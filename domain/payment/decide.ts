import { accept, reject, unreachable } from '../kernel';
import { equals, isPositive, money, subtract } from '../money';
import type {
  PaymentCommand,
  RecordCapture,
  RecordDecline,
  RecordPayerAction,
  RecordPaymentRefund,
  RecordPaymentRefundFailure,
  RecordPaymentRefundPending,
  RecordPending,
  RequestPayment,
  RequestPaymentRefund,
} from './commands';
import {
  recordAuthorisation,
  recordCapturePending,
  recordCaptureRefusal,
  recordPartCapture,
  recordVoid,
  recordVoidRefusal,
  requestAuthorisation,
  requestCapture,
  wrongStatus,
  type PaymentDecision,
} from './decide-captures';
import {
  heldOf,
  isOpen,
  isSecured,
  isUndecided,
  refundableOf,
  type AuthorisedPayment,
  type KnownPayment,
  type PaymentState,
  type SecuredPayment,
} from './state';

const requestPayment = (command: RequestPayment, state: PaymentState): PaymentDecision => {
  const { paymentId, orderId, customerId, amount, method, at } = command;
  if (state.status !== 'NONE') {
    // The same order and amount under the same id is a repeat; anything else is a conflict of ids.
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

const recordPayerAction = (
  { method, action, at }: RecordPayerAction,
  payment: KnownPayment,
): PaymentDecision => {
  // An answer of before, which another one has overtaken.
  if (payment.status !== 'REQUESTED') return accept();
  const { paymentId, orderId } = payment;
  const data = { paymentId, orderId, method, action, requiredAt: at };
  return accept({ type: 'PaymentActionRequired', data });
};

const recordPending = ({ method, at }: RecordPending, payment: KnownPayment): PaymentDecision => {
  if (payment.status !== 'REQUESTED' && payment.status !== 'ACTION_REQUIRED') return accept();
  const { paymentId, orderId } = payment;
  return accept({ type: 'PaymentPending', data: { paymentId, orderId, method, pendingAt: at } });
};

const recordCapture = ({ reference, at }: RecordCapture, payment: KnownPayment): PaymentDecision => {
  if (payment.status === 'CAPTURED' && payment.reference === reference) return accept();
  // A payment is captured once. After a decline the customer starts another payment.
  if (!isOpen(payment)) return wrongStatus(payment);
  const { paymentId, orderId, amount } = payment;
  return accept({
    type: 'PaymentCaptured',
    data: { paymentId, orderId, amount, reference, capturedAt: at },
  });
};

const recordDecline = ({ reason, at }: RecordDecline, payment: KnownPayment): PaymentDecision => {
  if (payment.status === 'DECLINED') return accept();
  // Captured money cannot be declined, nor held money.
  if (isSecured(payment)) return wrongStatus(payment);
  const { paymentId, orderId } = payment;
  return accept({ type: 'PaymentDeclined', data: { paymentId, orderId, reason, declinedAt: at } });
};

const requestRefund = (command: RequestPaymentRefund, payment: SecuredPayment): PaymentDecision => {
  const { refundId, amount, at } = command;
  const existing = payment.refunds.get(refundId);
  if (existing !== undefined && existing.status !== 'FAILED') return accept();
  if (!isPositive(amount)) return reject({ code: 'REFUND_NOT_POSITIVE', asked: amount });
  // All refunds together must not exceed the payment, and must be in its currency.
  const refundable = refundableOf(payment);
  if (amount.currency !== refundable.currency || amount.amountMinor > refundable.amountMinor)
    return reject({ code: 'REFUND_TOO_LARGE', refundable, asked: amount });
  const { paymentId, orderId } = payment;
  const { currency } = amount;
  const released = money(Math.min(amount.amountMinor, heldOf(payment).amountMinor), currency);
  // What is held is not taken, so nothing of it has to be given back.
  if (equals(released, amount))
    return accept({
      type: 'PaymentReleased',
      data: { paymentId, orderId, refundId, amount, releasedAt: at },
    });
  // Only what the provider has taken can be given back, and it may still refuse to take it.
  if (
    payment.status === 'AUTHORISED' &&
    [...payment.captures.values()].some((one) => isUndecided(one.status))
  )
    return reject({ code: 'CAPTURE_UNDECIDED', paymentId });
  const asked = money(amount.amountMinor - released.amountMinor, currency);
  const besides = isPositive(released) ? { released } : {};
  return accept({
    type: 'PaymentRefundRequested',
    data: { paymentId, orderId, refundId, amount: asked, ...besides, requestedAt: at },
  });
};

const recordRefundPending = (
  { refundId, at }: RecordPaymentRefundPending,
  payment: SecuredPayment,
): PaymentDecision => {
  const refund = payment.refunds.get(refundId);
  if (refund === undefined) return reject({ code: 'REFUND_NOT_FOUND', refundId });
  if (refund.status !== 'OPEN') return accept();
  const { paymentId, orderId } = payment;
  return accept({ type: 'PaymentRefundPending', data: { paymentId, orderId, refundId, pendingAt: at } });
};

const recordRefund = (command: RecordPaymentRefund, payment: SecuredPayment): PaymentDecision => {
  const { refundId, reference, at } = command;
  const refund = payment.refunds.get(refundId);
  if (refund?.status === 'DONE') return accept();
  // The provider can only confirm an open refund.
  if (refund === undefined || !isUndecided(refund.status))
    return reject({ code: 'REFUND_NOT_FOUND', refundId });
  const { paymentId, orderId } = payment;
  const { amount: all, released } = refund;
  const amount = released === undefined ? all : subtract(all, released);
  const besides = released === undefined ? {} : { released };
  return accept({
    type: 'PaymentRefunded',
    data: { paymentId, orderId, refundId, amount, ...besides, reference, refundedAt: at },
  });
};

const recordRefundFailure = (
  { refundId, reason, at }: RecordPaymentRefundFailure,
  payment: SecuredPayment,
): PaymentDecision => {
  const refund = payment.refunds.get(refundId);
  if (refund?.status === 'FAILED') return accept();
  // A refund that is done cannot fail.
  if (refund === undefined || !isUndecided(refund.status))
    return reject({ code: 'REFUND_NOT_FOUND', refundId });
  const { paymentId, orderId } = payment;
  return accept({
    type: 'PaymentRefundFailed',
    data: { paymentId, orderId, refundId, reason, failedAt: at },
  });
};

type OnHeld = Extract<
  PaymentCommand,
  {
    type:
      | 'RequestCapture'
      | 'RecordCapturePending'
      | 'RecordPartCapture'
      | 'RecordCaptureRefusal'
      | 'RecordVoid'
      | 'RecordVoidRefusal';
  }
>;

const decideOnHeld = (command: OnHeld, payment: AuthorisedPayment): PaymentDecision => {
  switch (command.type) {
    case 'RequestCapture':
      return requestCapture(command, payment);
    case 'RecordCapturePending':
      return recordCapturePending(command, payment);
    case 'RecordPartCapture':
      return recordPartCapture(command, payment);
    case 'RecordCaptureRefusal':
      return recordCaptureRefusal(command, payment);
    case 'RecordVoid':
      return recordVoid(command, payment);
    case 'RecordVoidRefusal':
      return recordVoidRefusal(command, payment);
    default:
      return unreachable(command);
  }
};

export const decide = (command: PaymentCommand, state: PaymentState): PaymentDecision => {
  if (command.type === 'RequestPayment') return requestPayment(command, state);
  if (state.status === 'NONE') return reject({ code: 'PAYMENT_NOT_FOUND', paymentId: command.paymentId });
  if (command.type === 'RecordPayerAction') return recordPayerAction(command, state);
  if (command.type === 'RecordPending') return recordPending(command, state);
  if (command.type === 'RecordCapture') return recordCapture(command, state);
  if (command.type === 'RecordDecline') return recordDecline(command, state);
  if (command.type === 'RequestAuthorisation') return requestAuthorisation(command, state);
  if (command.type === 'RecordAuthorisation') return recordAuthorisation(command, state);
  // Only money that was captured, or is held, can go back.
  if (!isSecured(state)) return wrongStatus(state);
  switch (command.type) {
    case 'RequestPaymentRefund':
      return requestRefund(command, state);
    case 'RecordPaymentRefundPending':
      return recordRefundPending(command, state);
    case 'RecordPaymentRefund':
      return recordRefund(command, state);
    case 'RecordPaymentRefundFailure':
      return recordRefundFailure(command, state);
    default:
      return state.status === 'AUTHORISED' ? decideOnHeld(command, state) : wrongStatus(state);
  }
};
