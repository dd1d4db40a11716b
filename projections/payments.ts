import { z } from 'zod';
import type { AccountId, CaptureId, OrderId, PaymentId, RefundId } from '../domain/kernel';
import { add, subtract, zero, type Money } from '../domain/money';
import type { PaymentEvent } from '../domain/payment';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, money, uuid } from './fields';

export const PaymentRefund = z
  .strictObject({
    id: uuid<RefundId>().describe('The unique identifier.'),
    amount: money.describe('The sum that is returned to the customer.'),
    released: money
      .nullable()
      .describe(
        'The part of it that was held and not taken, so that nothing has to move; null where there is none.',
      ),
    status: z
      .enum(['OPEN', 'PENDING', 'DONE', 'FAILED'])
      .describe('`PENDING`: the payment provider decides later; `FAILED`: it refused to return the money.'),
    reference: z.string().nullable().describe("The provider's own name of the refund."),
    failure: z.string().nullable().describe('The reason why the provider refused.'),
    requestedAt: instant.describe('The time when the refund was last requested.'),
    settledAt: instant.nullable().describe('The time when the provider returned the money, or refused to.'),
  })
  .describe('A refund of a payment, whole or in part.');
export type PaymentRefund = DocumentOf<typeof PaymentRefund>;

export const PaymentPartCapture = z
  .strictObject({
    id: uuid<CaptureId>().describe('The unique identifier.'),
    amount: money.describe('The part of the held sum.'),
    status: z
      .enum(['OPEN', 'PENDING', 'DONE', 'FAILED'])
      .describe('`PENDING`: the payment provider decides later; `FAILED`: it refused to take the money.'),
    reference: z.string().nullable().describe("The provider's own name of the capture."),
    failure: z.string().nullable().describe('The reason why the provider refused.'),
    requestedAt: instant.describe('The time when the capture was requested.'),
    settledAt: instant.nullable().describe('The time when the provider took the money, or refused to.'),
  })
  .describe('A capture of held money, of a part of it or of all.');
export type PaymentPartCapture = DocumentOf<typeof PaymentPartCapture>;

export const Payment = z
  .strictObject({
    id: uuid<PaymentId>().describe('The unique identifier.'),
    orderId: uuid<OrderId>().describe('The order that is paid.'),
    customerId: uuid<AccountId>().describe("The customer's account."),
    amount: money.describe('The sum to be paid.'),
    method: z.string().describe('The payment provider, e.g. `test`.'),
    status: z
      .enum(['REQUESTED', 'ACTION_REQUIRED', 'PENDING', 'AUTHORISED', 'CAPTURED', 'VOIDED', 'DECLINED'])
      .describe(
        '`REQUESTED`: the provider has not answered yet; `ACTION_REQUIRED`: the payer must act; `PENDING`: the provider decides later; `AUTHORISED`: it holds money that is not taken yet; `VOIDED`: it held the money and took none.',
      ),
    reference: z
      .string()
      .nullable()
      .describe("The provider's own name of the payment; null until it is captured or authorised."),
    declineReason: z.string().nullable().describe('The reason why the provider declined.'),
    requestedAt: instant.describe('The time when the payment was requested.'),
    settledAt: instant.nullable().describe('The time when the payment was captured, authorised or declined.'),
    authorisedUntil: instant
      .nullable()
      .describe('The time until which the provider holds the money; null where it was taken at once.'),
    captured: money.describe('The sum that the provider has taken.'),
    held: money.describe('The sum that the provider holds and that may still be taken.'),
    captures: z
      .array(PaymentPartCapture)
      .describe('The captures of held money, in the order in which they were requested.'),
    voidedAt: instant
      .nullable()
      .describe('The time when the provider let go of what it held and did not take.'),
    voidFailure: z
      .string()
      .nullable()
      .describe('The reason why the provider holds the rest until its time is over; null where it does not.'),
    pendingCaptures: z.int().describe('The number of captures that the provider decides on later.'),
    isCaptureRefused: z.boolean().describe('Whether the last capture was refused, so that staff must act.'),
    refunds: z.array(PaymentRefund).describe('The refunds, in the order in which they were requested.'),
    openRefunds: z.int().describe('The number of refunds that are under way.'),
    pendingRefunds: z.int().describe('The number of refunds that the provider decides on later.'),
    failedRefunds: z.int().describe('The number of refunds that the provider refused.'),
  })
  .describe('One attempt to pay an order, and the refunds of it.');
export type Payment = DocumentOf<typeof Payment>;

const nothingTaken = (nothing: Money) => ({
  ...{ captured: nothing, held: nothing, captures: [], voidedAt: null, voidFailure: null },
  ...{ pendingCaptures: 0, isCaptureRefused: false },
});

/** The status and the sum that is held follow from what was taken and what went back. */
const withHeld = (payment: Payment, change: Partial<Payment>): Payment => {
  const after = { ...payment, ...change };
  // Documents of version 2 have no such field.
  if ((after.authorisedUntil ?? null) === null) return after;
  const released = after.refunds.flatMap(({ status, released: part }) =>
    status === 'FAILED' || part === null ? [] : [part],
  );
  const gone = [after.captured, ...released].reduce(add);
  const held = subtract(after.amount, gone);
  const isOver = held.amountMinor <= 0;
  const over = after.captured.amountMinor > 0 ? 'CAPTURED' : 'VOIDED';
  return {
    ...after,
    held,
    status: isOver ? over : 'AUTHORISED',
    pendingCaptures: after.captures.filter(({ status }) => status === 'PENDING').length,
    isCaptureRefused: !isOver && after.captures.at(-1)?.status === 'FAILED',
  };
};

const withCapture = (payment: Payment, captureId: CaptureId, outcome: Partial<PaymentPartCapture>): Payment =>
  withHeld(payment, {
    captures: payment.captures.map((one) => (one.id === captureId ? { ...one, ...outcome } : one)),
  });

const withRefunds = (payment: Payment, refunds: readonly PaymentRefund[]): Payment =>
  withHeld(payment, {
    refunds,
    openRefunds: refunds.filter(({ status }) => status === 'OPEN' || status === 'PENDING').length,
    pendingRefunds: refunds.filter(({ status }) => status === 'PENDING').length,
    failedRefunds: refunds.filter(({ status }) => status === 'FAILED').length,
  });

const withRefund = (payment: Payment, refund: PaymentRefund): Payment =>
  withRefunds(payment, [...payment.refunds.filter(({ id }) => id !== refund.id), refund]);

const withOutcome = (payment: Payment, refundId: RefundId, outcome: Partial<PaymentRefund>): Payment =>
  withRefunds(
    payment,
    payment.refunds.map((refund) => (refund.id === refundId ? { ...refund, ...outcome } : refund)),
  );

export const payments = readModel<Payment, PaymentEvent>('payments', {
  question: 'Which payments are not settled, and which refunds are still to be made?',
  version: 3,
  document: Payment,
  indexes: {
    by_order: ['orderId', 'requestedAt'],
    by_status: ['status', 'requestedAt'],
    by_open_refunds: ['openRefunds', 'requestedAt'],
    by_pending_refunds: ['pendingRefunds', 'requestedAt'],
    by_failed_refunds: ['failedRefunds', 'requestedAt'],
    by_pending_captures: ['pendingCaptures', 'requestedAt'],
  },
  key: ({ data }) => data.paymentId,
  on: {
    PaymentRequested: (_, { data: { paymentId, orderId, customerId, amount, method, requestedAt } }) => ({
      id: paymentId,
      orderId,
      customerId,
      amount,
      method,
      status: 'REQUESTED',
      reference: null,
      declineReason: null,
      requestedAt,
      settledAt: null,
      authorisedUntil: null,
      ...nothingTaken(zero(amount.currency)),
      refunds: [],
      openRefunds: 0,
      pendingRefunds: 0,
      failedRefunds: 0,
    }),
    PaymentActionRequired: (found) => found && { ...found, status: 'ACTION_REQUIRED' },
    PaymentPending: (found) => found && { ...found, status: 'PENDING' },
    PaymentCaptured: (found, { data: { amount, reference, capturedAt } }) =>
      found && { ...found, status: 'CAPTURED', captured: amount, reference, settledAt: capturedAt },
    PaymentAuthorisationRequested: (found) => found,
    PaymentAuthorised: (found, { data: { amount, reference, authorisedUntil, authorisedAt } }) =>
      found && {
        ...{ ...found, ...nothingTaken(zero(amount.currency)), status: 'AUTHORISED' },
        ...{ held: amount, reference, authorisedUntil, settledAt: authorisedAt },
      },
    PaymentCaptureRequested: (found, { data: { captureId: id, amount, requestedAt } }) =>
      found &&
      withHeld(found, {
        captures: [
          ...found.captures,
          { id, amount, status: 'OPEN', reference: null, failure: null, requestedAt, settledAt: null },
        ],
      }),
    PaymentCapturePending: (found, { data: { captureId } }) =>
      found && withCapture(found, captureId, { status: 'PENDING' }),
    PaymentPartCaptured: (found, { data: { captureId, amount, reference, capturedAt } }) =>
      found &&
      withCapture({ ...found, captured: add(found.captured, amount) }, captureId, {
        ...{ status: 'DONE', reference, settledAt: capturedAt },
      }),
    PaymentCaptureRefused: (found, { data: { captureId, reason, refusedAt } }) =>
      found && withCapture(found, captureId, { status: 'FAILED', failure: reason, settledAt: refusedAt }),
    PaymentReleased: (found, { data: { refundId: id, amount, releasedAt } }) =>
      found &&
      withRefund(found, {
        ...{ id, amount, released: amount, status: 'DONE', reference: null, failure: null },
        ...{ requestedAt: releasedAt, settledAt: releasedAt },
      }),
    PaymentVoided: (found, { data: { voidedAt } }) => found && { ...found, voidedAt },
    PaymentVoidRefused: (found, { data: { reason } }) => found && { ...found, voidFailure: reason },
    PaymentDeclined: (found, { data: { reason, declinedAt } }) =>
      found && { ...found, status: 'DECLINED', declineReason: reason, settledAt: declinedAt },
    PaymentRefundRequested: (found, { data: { refundId, amount: asked, released = null, requestedAt } }) =>
      found &&
      withRefund(found, {
        id: refundId,
        amount: released === null ? asked : add(asked, released),
        released,
        status: 'OPEN',
        reference: null,
        failure: null,
        requestedAt,
        settledAt: null,
      }),
    PaymentRefundPending: (found, { data: { refundId } }) =>
      found && withOutcome(found, refundId, { status: 'PENDING' }),
    PaymentRefunded: (found, { data: { refundId, reference, refundedAt } }) =>
      found && withOutcome(found, refundId, { status: 'DONE', reference, settledAt: refundedAt }),
    PaymentRefundFailed: (found, { data: { refundId, reason, failedAt } }) =>
      found && withOutcome(found, refundId, { status: 'FAILED', failure: reason, settledAt: failedAt }),
  },
});
