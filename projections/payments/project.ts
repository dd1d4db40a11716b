import type { RefundId } from '../../domain/kernel';
import type { PaymentEvent } from '../../domain/payment';
import type { Projection } from '../runtime';
import { collection } from './collection';
import type { Payment, PaymentRefund } from './document';

const idOf = ({ data }: { readonly data: { readonly paymentId: string } }) => [data.paymentId];

const withRefunds = (payment: Payment, refunds: readonly PaymentRefund[]): Payment => ({
  ...payment,
  refunds,
  openRefunds: refunds.filter(({ status }) => status === 'OPEN').length,
  failedRefunds: refunds.filter(({ status }) => status === 'FAILED').length,
});

const withRefund = (payment: Payment, refund: PaymentRefund): Payment =>
  withRefunds(payment, [...payment.refunds.filter(({ id }) => id !== refund.id), refund]);

const settled = (payment: Payment, refundId: RefundId, outcome: Partial<PaymentRefund>): Payment =>
  withRefunds(
    payment,
    payment.refunds.map((refund) => (refund.id === refundId ? { ...refund, ...outcome } : refund)),
  );

/** How each payment stands with its provider: which are not settled, and which money is still to go back. */
export const payments: Projection<Payment, PaymentEvent> = {
  collection,
  handlers: {
    PaymentRequested: {
      ids: idOf,
      evolve: (_, { data: { paymentId, orderId, customerId, amount, method, requestedAt } }) => ({
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
        failedRefunds: 0,
      }),
    },
    PaymentCaptured: {
      ids: idOf,
      evolve: (payment, { data: { reference, capturedAt } }) =>
        payment && { ...payment, status: 'CAPTURED', reference, settledAt: capturedAt },
    },
    PaymentDeclined: {
      ids: idOf,
      evolve: (payment, { data: { reason, declinedAt } }) =>
        payment && { ...payment, status: 'DECLINED', declineReason: reason, settledAt: declinedAt },
    },
    PaymentRefundRequested: {
      ids: idOf,
      evolve: (payment, { data: { refundId, amount, requestedAt } }) =>
        payment &&
        withRefund(payment, {
          id: refundId,
          amount,
          status: 'OPEN',
          reference: null,
          failure: null,
          requestedAt,
          settledAt: null,
        }),
    },
    PaymentRefunded: {
      ids: idOf,
      evolve: (payment, { data: { refundId, reference, refundedAt } }) =>
        payment && settled(payment, refundId, { status: 'DONE', reference, settledAt: refundedAt }),
    },
    PaymentRefundFailed: {
      ids: idOf,
      evolve: (payment, { data: { refundId, reason, failedAt } }) =>
        payment && settled(payment, refundId, { status: 'FAILED', failure: reason, settledAt: failedAt }),
    },
  },
};
