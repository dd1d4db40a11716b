import type { Instant, PaymentId } from '../../../domain/kernel';
import { PayerAction } from '../../../projections/order-details';
import { Payment, PaymentRefund, payments as paymentsReadModel } from '../../../projections/payments';
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

export const payments: Concept = combined(
  queries,
  enumType<Payment['status']>('PaymentStatus', 'The status of a payment.', {
    REQUESTED: 'The payment provider has not answered yet.',
    ACTION_REQUIRED: 'The payer must act before the payment provider takes the money.',
    PENDING: 'The payment provider has accepted the payment and decides later.',
    CAPTURED: 'The payment provider has taken the money.',
    DECLINED: 'The payment provider has refused the payment.',
  }),
  enumType<PaymentRefund['status']>('PaymentRefundStatus', 'The status of a refund of a payment.', {
    OPEN: 'The payment provider has not answered yet.',
    PENDING: 'The payment provider has accepted the refund and returns the money later.',
    DONE: 'The money has been returned.',
    FAILED: 'The payment provider has refused to return the money.',
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
    omit: ['customerId', 'orderId', 'openRefunds', 'pendingRefunds', 'failedRefunds'],
    types: { status: 'PaymentStatus', refunds: 'PaymentRefund' },
    fields: {
      order: {
        type: 'Order',
        description: 'The order that is paid, as it is now.',
        resolve: ({ orderId }: Payment, _args: object, context: EdgeContext) => context.order(orderId),
      },
    },
  }),
  objectType('PaymentRefund', PaymentRefund, { types: { status: 'PaymentRefundStatus' } }),
);
