import { z } from 'zod';
import type { AccountId, OrderId, PaymentId, RefundId } from '../domain/kernel';
import type { PaymentEvent } from '../domain/payment';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, money, uuid } from './fields';

export const PaymentRefund = z
  .strictObject({
    id: uuid<RefundId>().describe('The unique identifier.'),
    amount: money.describe('The sum that is returned to the customer.'),
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

export const Payment = z
  .strictObject({
    id: uuid<PaymentId>().describe('The unique identifier.'),
    orderId: uuid<OrderId>().describe('The order that is paid.'),
    customerId: uuid<AccountId>().describe("The customer's account."),
    amount: money.describe('The sum to be paid.'),
    method: z.string().describe('The payment provider, e.g. `test`.'),
    status: z
      .enum(['REQUESTED', 'ACTION_REQUIRED', 'PENDING', 'CAPTURED', 'DECLINED'])
      .describe(
        '`REQUESTED`: the provider has not answered yet; `ACTION_REQUIRED`: the payer must act; `PENDING`: the provider decides later.',
      ),
    reference: z
      .string()
      .nullable()
      .describe("The provider's own name of the payment; null until it is captured."),
    declineReason: z.string().nullable().describe('The reason why the provider declined.'),
    requestedAt: instant.describe('The time when the payment was requested.'),
    settledAt: instant.nullable().describe('The time when the payment was captured or declined.'),
    refunds: z.array(PaymentRefund).describe('The refunds, in the order in which they were requested.'),
    openRefunds: z.int().describe('The number of refunds that are under way.'),
    pendingRefunds: z.int().describe('The number of refunds that the provider decides on later.'),
    failedRefunds: z.int().describe('The number of refunds that the provider refused.'),
  })
  .describe('One attempt to pay an order, and the refunds of it.');
export type Payment = DocumentOf<typeof Payment>;

const withRefunds = (payment: Payment, refunds: readonly PaymentRefund[]): Payment => ({
  ...payment,
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
  version: 2,
  document: Payment,
  indexes: {
    by_order: ['orderId', 'requestedAt'],
    by_status: ['status', 'requestedAt'],
    by_open_refunds: ['openRefunds', 'requestedAt'],
    by_pending_refunds: ['pendingRefunds', 'requestedAt'],
    by_failed_refunds: ['failedRefunds', 'requestedAt'],
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
      refunds: [],
      openRefunds: 0,
      pendingRefunds: 0,
      failedRefunds: 0,
    }),
    PaymentActionRequired: (found) => found && { ...found, status: 'ACTION_REQUIRED' },
    PaymentPending: (found) => found && { ...found, status: 'PENDING' },
    PaymentCaptured: (found, { data: { reference, capturedAt } }) =>
      found && { ...found, status: 'CAPTURED', reference, settledAt: capturedAt },
    PaymentDeclined: (found, { data: { reason, declinedAt } }) =>
      found && { ...found, status: 'DECLINED', declineReason: reason, settledAt: declinedAt },
    PaymentRefundRequested: (found, { data: { refundId, amount, requestedAt } }) =>
      found &&
      withRefund(found, {
        id: refundId,
        amount,
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
