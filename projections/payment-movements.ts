import { z } from 'zod';
import type { OrderId, PaymentId, RefundId } from '../domain/kernel';
import type { PaymentEvent } from '../domain/payment';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, money, uuid } from './fields';

export const PaymentMovement = z
  .strictObject({
    id: z
      .string()
      .describe(
        '`capture:` and the id of the payment, or of the capture where the money was held first; `refund:` and the id of the refund.',
      ),
    kind: z.enum(['CAPTURE', 'REFUND']).describe('`CAPTURE`: money of the customer; `REFUND`: money back.'),
    status: z
      .enum(['OPEN', 'DONE', 'FAILED'])
      .describe('`OPEN`: the payment provider has not answered yet; `FAILED`: it refused.'),
    paymentId: uuid<PaymentId>().describe('The payment.'),
    orderId: uuid<OrderId>().describe('The order that is paid.'),
    amount: money.describe('The sum.'),
    reference: z
      .string()
      .nullable()
      .describe("The provider's own name of the capture or the refund; null until it is done."),
    at: instant.describe('The time when the provider answered, or when it was requested while it has not.'),
  })
  .describe('Money that a payment provider moved, or was requested to move.');
export type PaymentMovement = DocumentOf<typeof PaymentMovement>;

/** The events of a payment that begin a movement or end it. */
type Moved = Exclude<
  PaymentEvent,
  {
    type:
      | 'PaymentActionRequired'
      | 'PaymentPending'
      | 'PaymentRefundPending'
      | 'PaymentAuthorisationRequested'
      | 'PaymentCapturePending'
      | 'PaymentReleased'
      | 'PaymentVoided'
      | 'PaymentVoidRefused';
  }
>;

/** @param id - of a payment that is taken at once, or of a capture of held money. */
export const captureKey = (id: string): string => `capture:${id}`;
export const refundKey = (refundId: string): string => `refund:${refundId}`;

const keyOf = ({ type, data }: Moved): string => {
  switch (type) {
    case 'PaymentRequested':
    case 'PaymentCaptured':
    case 'PaymentDeclined':
    case 'PaymentAuthorised':
      return captureKey(data.paymentId);
    case 'PaymentCaptureRequested':
    case 'PaymentPartCaptured':
    case 'PaymentCaptureRefused':
      return captureKey(data.captureId);
    case 'PaymentRefundRequested':
    case 'PaymentRefunded':
    case 'PaymentRefundFailed':
      return refundKey(data.refundId satisfies RefundId);
  }
};

/** Has the captures and refunds by time, so that the books of a day are read without those of other days. */
export const paymentMovements = readModel<PaymentMovement, Moved>('payment_movements', {
  question: 'Which money did payment providers move on a day, by the books of the shop?',
  version: 2,
  document: PaymentMovement,
  indexes: { by_time: ['at'] },
  key: keyOf,
  on: {
    PaymentRequested: (_, { data: { paymentId, orderId, amount, requestedAt } }, id) => ({
      ...{ id, kind: 'CAPTURE', status: 'OPEN', paymentId, orderId, amount },
      reference: null,
      at: requestedAt,
    }),
    PaymentCaptured: (_, { data: { paymentId, orderId, amount, reference, capturedAt } }, id) => ({
      ...{ id, kind: 'CAPTURE', status: 'DONE', paymentId, orderId, amount, reference },
      at: capturedAt,
    }),
    PaymentDeclined: (found, { data: { declinedAt } }) =>
      found && { ...found, status: 'FAILED', at: declinedAt },
    // It is held and not moved.
    PaymentAuthorised: () => undefined,
    PaymentCaptureRequested: (_, { data: { paymentId, orderId, amount, requestedAt } }, id) => ({
      ...{ id, kind: 'CAPTURE', status: 'OPEN', paymentId, orderId, amount },
      reference: null,
      at: requestedAt,
    }),
    PaymentPartCaptured: (_, { data: { paymentId, orderId, amount, reference, capturedAt } }, id) => ({
      ...{ id, kind: 'CAPTURE', status: 'DONE', paymentId, orderId, amount, reference },
      at: capturedAt,
    }),
    PaymentCaptureRefused: (found, { data: { refusedAt } }) =>
      found && { ...found, status: 'FAILED', at: refusedAt },
    PaymentRefundRequested: (_, { data: { paymentId, orderId, amount, requestedAt } }, id) => ({
      ...{ id, kind: 'REFUND', status: 'OPEN', paymentId, orderId, amount },
      reference: null,
      at: requestedAt,
    }),
    PaymentRefunded: (_, { data: { paymentId, orderId, amount, reference, refundedAt } }, id) => ({
      ...{ id, kind: 'REFUND', status: 'DONE', paymentId, orderId, amount, reference },
      at: refundedAt,
    }),
    PaymentRefundFailed: (found, { data: { failedAt } }) =>
      found && { ...found, status: 'FAILED', at: failedAt },
  },
});
