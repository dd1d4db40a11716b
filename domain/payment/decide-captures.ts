import { accept, reject, type CaptureId, type Decision } from '../kernel';
import { isPositive } from '../money';
import type {
  PaymentRejection,
  RecordAuthorisation,
  RecordCapturePending,
  RecordCaptureRefusal,
  RecordPartCapture,
  RecordVoid,
  RecordVoidRefusal,
  RequestAuthorisation,
  RequestCapture,
} from './commands';
import type { PaymentEvent } from './events';
import {
  isOpen,
  isUndecided,
  missingOf,
  releasedOf,
  type AuthorisedPayment,
  type KnownPayment,
} from './state';

export type PaymentDecision = Decision<PaymentEvent, PaymentRejection>;

export const wrongStatus = ({ paymentId, status }: KnownPayment): PaymentDecision =>
  reject({ code: 'PAYMENT_WRONG_STATUS', paymentId, status });

export const requestAuthorisation = (
  { method, at }: RequestAuthorisation,
  payment: KnownPayment,
): PaymentDecision => {
  // The provider has answered, or it was decided before.
  if (payment.status !== 'REQUESTED' || payment.isToBeHeld) return accept();
  const { paymentId, orderId } = payment;
  return accept({
    type: 'PaymentAuthorisationRequested',
    data: { paymentId, orderId, method, requestedAt: at },
  });
};

export const recordAuthorisation = (
  { reference, authorisedUntil, at }: RecordAuthorisation,
  payment: KnownPayment,
): PaymentDecision => {
  if (payment.status === 'AUTHORISED' && payment.reference === reference) return accept();
  if (!isOpen(payment)) return wrongStatus(payment);
  const { paymentId, orderId, amount } = payment;
  return accept({
    type: 'PaymentAuthorised',
    data: { paymentId, orderId, amount, reference, authorisedUntil, authorisedAt: at },
  });
};

export const requestCapture = (
  { captureId, upTo, at }: RequestCapture,
  payment: AuthorisedPayment,
): PaymentDecision => {
  if (payment.captures.has(captureId)) return accept();
  const amount = missingOf(payment, upTo);
  if (!isPositive(amount)) return accept();
  const { paymentId, orderId } = payment;
  return accept({
    type: 'PaymentCaptureRequested',
    data: { paymentId, orderId, captureId, amount, requestedAt: at },
  });
};

const notFound = (captureId: CaptureId): PaymentDecision => reject({ code: 'CAPTURE_NOT_FOUND', captureId });

export const recordCapturePending = (
  { captureId, at }: RecordCapturePending,
  payment: AuthorisedPayment,
): PaymentDecision => {
  const capture = payment.captures.get(captureId);
  if (capture === undefined) return notFound(captureId);
  if (capture.status !== 'OPEN') return accept();
  const { paymentId, orderId } = payment;
  return accept({ type: 'PaymentCapturePending', data: { paymentId, orderId, captureId, pendingAt: at } });
};

export const recordPartCapture = (
  { captureId, reference, at }: RecordPartCapture,
  payment: AuthorisedPayment,
): PaymentDecision => {
  const capture = payment.captures.get(captureId);
  if (capture?.status === 'DONE') return accept();
  // The provider can only confirm a capture that was requested and not refused.
  if (capture === undefined || !isUndecided(capture.status)) return notFound(captureId);
  const { paymentId, orderId } = payment;
  const { amount } = capture;
  return accept({
    type: 'PaymentPartCaptured',
    data: { paymentId, orderId, captureId, amount, reference, capturedAt: at },
  });
};

export const recordCaptureRefusal = (
  { captureId, reason, at }: RecordCaptureRefusal,
  payment: AuthorisedPayment,
): PaymentDecision => {
  const capture = payment.captures.get(captureId);
  if (capture?.status === 'FAILED') return accept();
  // Captured money cannot be refused.
  if (capture === undefined || !isUndecided(capture.status)) return notFound(captureId);
  const { paymentId, orderId } = payment;
  const { amount } = capture;
  return accept({
    type: 'PaymentCaptureRefused',
    data: { paymentId, orderId, captureId, amount, reason, refusedAt: at },
  });
};

export const recordVoid = ({ at }: RecordVoid, payment: AuthorisedPayment): PaymentDecision => {
  if (payment.voiding === 'VOIDED') return accept();
  const { paymentId, orderId } = payment;
  const amount = releasedOf(payment);
  return accept({ type: 'PaymentVoided', data: { paymentId, orderId, amount, voidedAt: at } });
};

export const recordVoidRefusal = (
  { reason, at }: RecordVoidRefusal,
  payment: AuthorisedPayment,
): PaymentDecision => {
  if (payment.voiding !== 'NOT_ENDED') return accept();
  const { paymentId, orderId } = payment;
  return accept({ type: 'PaymentVoidRefused', data: { paymentId, orderId, reason, refusedAt: at } });
};
