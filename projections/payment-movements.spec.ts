import {
  at,
  captured,
  declined,
  gbp,
  orderId,
  paymentId,
  paymentRefunded,
  paymentRefundFailed,
  paymentRefundRequested,
  paymentRequested,
  refundId,
  total,
} from '../tests/support/domain/orders';
import {
  authorised,
  captureId as heldCaptureId,
  captureRefused,
  captureRequested,
  partCaptured,
  taken,
} from '../tests/support/domain/held-money';
import { itProjects } from '../tests/support/projections/it-projects';
import { paymentMovements, type PaymentMovement } from './payment-movements';

const capture: PaymentMovement = {
  ...{ id: `capture:${paymentId}`, kind: 'CAPTURE', status: 'OPEN', paymentId, orderId, amount: total },
  ...{ reference: null, at },
};
const refund: PaymentMovement = {
  ...{ id: `refund:${refundId}`, kind: 'REFUND', status: 'OPEN', paymentId, orderId, amount: gbp(890) },
  ...{ reference: null, at },
};
const done = (of: PaymentMovement, reference: string): PaymentMovement => ({
  ...of,
  status: 'DONE',
  reference,
});
const failed = (of: PaymentMovement): PaymentMovement => ({ ...of, status: 'FAILED' });
const [{ id: captureId }, { id: refundDocument }] = [capture, refund];

const part: PaymentMovement = { ...capture, id: `capture:${heldCaptureId}`, amount: taken };

itProjects(paymentMovements, [
  {
    on: authorised,
    because: 'is held and not moved',
    touches: [{ id: captureId, before: capture }],
  },
  { on: captureRequested, because: 'is to be taken of it', touches: [{ id: part.id, after: part }] },
  {
    on: partCaptured,
    because: 'was taken of it',
    touches: [{ id: part.id, before: part, after: done(part, 'taken_1') }],
  },
  {
    on: captureRefused,
    because: 'could not be taken of it',
    touches: [{ id: part.id, before: part, after: failed(part) }],
  },

  { on: paymentRequested, because: 'is not answered yet', touches: [{ id: captureId, after: capture }] },
  {
    on: captured,
    because: 'is the money of the customer',
    touches: [{ id: captureId, before: capture, after: done(capture, 'test_1') }],
  },
  {
    on: declined,
    because: 'moved nothing',
    touches: [{ id: captureId, before: capture, after: failed(capture) }],
  },
  {
    on: paymentRefundRequested,
    because: 'is to go back',
    touches: [{ id: refundDocument, after: refund }],
  },
  {
    on: paymentRefunded,
    because: 'went back',
    touches: [{ id: refundDocument, before: refund, after: done(refund, 'test_2') }],
  },
  {
    on: paymentRefundFailed,
    because: 'was refused',
    touches: [{ id: refundDocument, before: refund, after: failed(refund) }],
  },
  {
    on: paymentRefundRequested,
    because: 'is requested again',
    touches: [{ id: refundDocument, before: failed(refund), after: refund }],
  },
]);
