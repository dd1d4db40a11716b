import type { CollectionSpec } from '../../platform/read-models';
import { choice, instant, list, maybe, money, record, text, whole } from '../schema';
import type { Payment, PaymentRefund } from './document';

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

export const collection: CollectionSpec = {
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
