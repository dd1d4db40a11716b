import type { AccountId, Instant, OrderId, PaymentId, RefundId } from '../domain/kernel';
import type { Money } from '../domain/money';
import type { PaymentEvent, PaymentStatus } from '../domain/payment';
import type { Projection } from '../platform/projections';
import type { CollectionSpec } from '../platform/read-models';
import { choice, instant, list, maybe, money, record, text, whole } from './schema';

/** Money on its way back. `reference`: the provider's own name of it. `failure`: why the provider refused. */
export type PaymentRefund = {
  readonly id: RefundId;
  readonly amount: Money;
  readonly status: 'OPEN' | 'DONE' | 'FAILED';
  readonly reference: string | null;
  readonly failure: string | null;
  readonly requestedAt: Instant;
  readonly settledAt: Instant | null;
};

/** One attempt to pay an order, and the refunds of what it brought. */
export type Payment = {
  readonly id: PaymentId;
  readonly orderId: OrderId;
  readonly customerId: AccountId;
  readonly amount: Money;
  /** Names the payment provider, e.g. `test`. */
  readonly method: string;
  readonly status: PaymentStatus;
  /** The provider's own name of the payment; null until it is captured. */
  readonly reference: string | null;
  /** Why it was declined. */
  readonly declineReason: string | null;
  readonly requestedAt: Instant;
  /** When it was captured or declined. */
  readonly settledAt: Instant | null;
  /** In the order of asking. */
  readonly refunds: readonly PaymentRefund[];
  readonly openRefunds: number;
  /** Refunds that the provider refused: people must see to them. */
  readonly failedRefunds: number;
};

const refund = record<PaymentRefund>(
  {
    id: text('UUID.'),
    amount: money('How much.'),
    status: choice(['OPEN', 'DONE', 'FAILED'], 'How it stands with the provider.'),
    reference: maybe(text("The provider's own name of it.")),
    failure: maybe(text('Why the provider refused.')),
    requestedAt: instant('When it was last asked for.'),
    settledAt: maybe(instant('When the provider gave back, or refused.')),
  },
  'Money on its way back.',
);

const collection: CollectionSpec = {
  name: 'payments',
  version: 1,
  indexes: [
    { name: 'by_order', fields: ['orderId', 'requestedAt'] },
    { name: 'by_status', fields: ['status', 'requestedAt'] },
    { name: 'by_open_refunds', fields: ['openRefunds', 'requestedAt'] },
    { name: 'by_failed_refunds', fields: ['failedRefunds', 'requestedAt'] },
  ],
  schema: record<Payment>(
    {
      id: text('UUID.'),
      orderId: text('The order that it pays.'),
      customerId: text("The customer's account id."),
      amount: money('How much.'),
      method: text('Names the payment provider.'),
      status: choice(['REQUESTED', 'CAPTURED', 'DECLINED'], 'How it stands with the provider.'),
      reference: maybe(text("The provider's own name of it; null until it is captured.")),
      declineReason: maybe(text('Why it was declined.')),
      requestedAt: instant('When it was asked for.'),
      settledAt: maybe(instant('When it was captured or declined.')),
      refunds: list(refund, 'In the order of asking.'),
      openRefunds: whole('How many are under way.'),
      failedRefunds: whole('How many the provider refused.'),
    },
    'One attempt to pay an order.',
  ),
};

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
