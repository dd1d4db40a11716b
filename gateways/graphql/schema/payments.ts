import type { Instant, PaymentId } from '../../../domain/kernel';
import { PayerAction } from '../../../projections/order-details';
import {
  Payment,
  PaymentPartCapture,
  PaymentRefund,
  payments as paymentsReadModel,
} from '../../../projections/payments';
import { zero } from '../../../domain/money';
import type { EdgeContext } from '../context';
import { combined, enumType, objectType } from './object-type';
import { allowed, type Concept } from './resolvers';

type OnePayment = { readonly id: PaymentId; readonly asOf?: Instant | null };

const queries: Concept = {
  typeDefs: `
extend type Query {
  "A payment by its id; null where there is none, or it belongs to another customer."
  payment(
    "The unique identifier of the payment."
    id: ID!
    "Returns the payment as it was at this moment."
    asOf: DateTime
  ): Payment
}
`,
  resolvers: {
    Query: {
      payment: allowed({ by: 'customer', or: 'payment:read' }, ({ id, asOf }: OnePayment, context) =>
        context.payment(id, asOf ?? undefined),
      ),
    },
  },
};

/** A payment as an earlier version stored it, too. */
type Before = Pick<Payment, 'status' | 'amount'> & Partial<Pick<Payment, 'captured' | 'held'>>;

export const payments: Concept = combined(
  queries,
  enumType<Payment['status']>('PaymentStatus', 'The status of a payment.', {
    REQUESTED: 'The payment provider has not answered yet.',
    ACTION_REQUIRED: 'The payer must act before the payment provider takes the money.',
    PENDING: 'The payment provider has accepted the payment and decides later.',
    AUTHORISED: 'The payment provider holds money that is not taken yet.',
    CAPTURED: 'The payment provider has taken the money.',
    VOIDED: 'The payment provider held the money, and it is free again.',
    DECLINED: 'The payment provider has refused the payment.',
  }),
  enumType<PaymentRefund['status']>('PaymentRefundStatus', 'The status of a refund of a payment.', {
    OPEN: 'The payment provider has not answered yet.',
    PENDING: 'The payment provider has accepted the refund and returns the money later.',
    DONE: 'The money has been returned.',
    FAILED: 'The payment provider has refused to return the money.',
  }),
  enumType<PaymentPartCapture['status']>('PaymentCaptureStatus', 'The status of a capture of held money.', {
    OPEN: 'The payment provider has not answered yet.',
    PENDING: 'The payment provider has accepted the capture and decides later.',
    DONE: 'The money has been taken.',
    FAILED: 'The payment provider has refused to take the money.',
  }),
  enumType<'REDIRECT' | 'APP'>('PayerActionKind', 'The way in which a payer makes a payment.', {
    REDIRECT: 'The payer opens an address of the provider.',
    APP: 'The payer confirms in the app of the provider.',
  }),
  objectType('PayerAction', PayerAction, {
    types: { kind: 'PayerActionKind' },
  }),
  objectType('Payment', Payment, {
    readModels: [paymentsReadModel],
    omit: ['customerId', 'orderId', 'openRefunds', 'pendingRefunds', 'failedRefunds', 'pendingCaptures'],
    types: { status: 'PaymentStatus', refunds: 'PaymentRefund', captures: 'PaymentCapture' },
    fields: {
      // Documents of version 2 took every payment at once.
      authorisedUntil: { resolve: ({ authorisedUntil = null }: Partial<Payment>) => authorisedUntil },
      captured: {
        resolve: ({ status, amount, captured }: Before) =>
          captured ?? (status === 'CAPTURED' ? amount : zero(amount.currency)),
      },
      held: { resolve: ({ amount, held }: Before) => held ?? zero(amount.currency) },
      captures: { resolve: ({ captures = [] }: Partial<Payment>) => captures },
      isCaptureRefused: { resolve: ({ isCaptureRefused = false }: Partial<Payment>) => isCaptureRefused },
      order: {
        type: 'Order',
        description: 'The order that is paid, as it is now.',
        resolve: ({ orderId }: Payment, _args: object, context: EdgeContext) => context.order(orderId),
      },
    },
  }),
  objectType('PaymentCapture', PaymentPartCapture, { types: { status: 'PaymentCaptureStatus' } }),
  objectType('PaymentRefund', PaymentRefund, { types: { status: 'PaymentRefundStatus' } }),
);
