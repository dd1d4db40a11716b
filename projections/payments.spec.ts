import {
  at,
  captured,
  customerId,
  declined,
  gbp,
  orderId,
  paymentId as id,
  paymentRefunded,
  paymentActionRequired,
  paymentPending,
  paymentRefundFailed,
  paymentRefundPending,
  paymentRefundRequested,
  paymentRequested,
  refundId,
  total,
} from '../tests/support/domain/orders';
import {
  authorisationRequested,
  authorised,
  authorisedUntil,
  captureId,
  capturePending,
  captureRefused,
  captureRequested,
  partCaptured,
  released,
  taken,
  voided,
  voidRefused,
} from '../tests/support/domain/held-money';
import { itProjects } from '../tests/support/projections/it-projects';
import { payments } from './payments';
import type { Payment, PaymentRefund } from './payments';

const requested: Payment = {
  id,
  orderId,
  customerId,
  amount: total,
  method: 'test',
  status: 'REQUESTED',
  reference: null,
  declineReason: null,
  requestedAt: at,
  settledAt: null,
  authorisedUntil: null,
  ...{ captured: gbp(0), held: gbp(0), captures: [], voidedAt: null, voidFailure: null },
  ...{ pendingCaptures: 0, isCaptureRefused: false },
  refunds: [],
  openRefunds: 0,
  pendingRefunds: 0,
  failedRefunds: 0,
};
const paid: Payment = {
  ...requested,
  status: 'CAPTURED',
  captured: total,
  reference: 'test_1',
  settledAt: at,
};
const open: PaymentRefund = {
  id: refundId,
  amount: gbp(890),
  released: null,
  status: 'OPEN',
  reference: null,
  failure: null,
  requestedAt: at,
  settledAt: null,
};
const opened: Payment = { ...paid, refunds: [open], openRefunds: 1 };
const failed: Payment = {
  ...paid,
  refunds: [{ ...open, status: 'FAILED', failure: 'card closed', settledAt: at }],
  failedRefunds: 1,
};
const waiting: Payment = { ...requested, status: 'ACTION_REQUIRED' };
const pending: Payment = { ...requested, status: 'PENDING' };
const later: Payment = { ...opened, refunds: [{ ...open, status: 'PENDING' }], pendingRefunds: 1 };
const done: Payment = {
  ...paid,
  refunds: [{ ...open, status: 'DONE', reference: 'test_2', settledAt: at }],
};

const held: Payment = {
  ...{ ...requested, status: 'AUTHORISED', held: total, authorisedUntil, reference: 'test_1', settledAt: at },
};
const capture: Payment['captures'][number] = {
  ...{ id: captureId, amount: taken, status: 'OPEN', reference: null, failure: null },
  ...{ requestedAt: at, settledAt: null },
};
const capturing: Payment = { ...held, captures: [capture] };
const capturedInPart: Payment = {
  ...{ ...held, captured: taken, held: gbp(670) },
  captures: [{ ...capture, status: 'DONE', reference: 'taken_1', settledAt: at }],
};
const releasedRefund: PaymentRefund = {
  ...{ ...open, amount: gbp(670), released: gbp(670), status: 'DONE', settledAt: at },
};
const over: Payment = { ...capturedInPart, held: gbp(0), status: 'CAPTURED', refunds: [releasedRefund] };

itProjects(payments, [
  {
    on: authorisationRequested,
    because: 'is to be held',
    touches: [{ id, before: requested, after: requested }],
  },
  { on: authorised, because: 'is held', touches: [{ id, before: requested, after: held }] },
  { on: captureRequested, because: 'is to be taken', touches: [{ id, before: held, after: capturing }] },
  {
    on: capturePending,
    because: 'is taken later',
    touches: [
      {
        ...{ id, before: capturing },
        after: { ...capturing, captures: [{ ...capture, status: 'PENDING' }], pendingCaptures: 1 },
      },
    ],
  },
  {
    on: partCaptured,
    because: 'is taken in part',
    touches: [{ id, before: capturing, after: capturedInPart }],
  },
  {
    on: captureRefused,
    because: 'could not be taken',
    touches: [
      {
        ...{ id, before: capturing },
        after: {
          ...{ ...capturing, isCaptureRefused: true },
          captures: [{ ...capture, status: 'FAILED', failure: 'The bank refuses.', settledAt: at }],
        },
      },
    ],
  },
  {
    on: released,
    because: 'is over when the rest will not be taken',
    touches: [{ id, before: capturedInPart, after: over }],
  },
  {
    on: { ...released, data: { ...released.data, amount: total } },
    because: 'is void where nothing was taken',
    touches: [
      {
        ...{ id, before: held },
        after: {
          ...{ ...held, status: 'VOIDED', held: gbp(0) },
          refunds: [{ ...releasedRefund, amount: total, released: total }],
        },
      },
    ],
  },
  { on: voided, because: 'is free again', touches: [{ id, before: over, after: { ...over, voidedAt: at } }] },
  {
    on: voidRefused,
    because: 'stays held until its end',
    touches: [{ id, before: over, after: { ...over, voidFailure: 'It ends by itself.' } }],
  },

  { on: paymentRequested, because: 'begins', touches: [{ id, after: requested }] },
  {
    on: paymentActionRequired,
    because: 'waits for its payer',
    touches: [{ id, before: requested, after: waiting }],
  },
  {
    on: paymentPending,
    because: 'waits for the provider',
    touches: [{ id, before: requested, after: pending }],
  },
  {
    on: paymentRefundPending,
    because: 'goes back later',
    touches: [{ id, before: opened, after: later }],
  },
  { on: captured, because: 'has the money', touches: [{ id, before: requested, after: paid }] },
  {
    on: declined,
    because: 'has no money',
    touches: [
      {
        id,
        before: requested,
        after: { ...requested, status: 'DECLINED', declineReason: 'insufficient funds', settledAt: at },
      },
    ],
  },
  { on: paymentRefundRequested, because: 'is to give back', touches: [{ id, before: paid, after: opened }] },
  { on: paymentRefunded, because: 'has given back', touches: [{ id, before: opened, after: done }] },
  { on: paymentRefundFailed, because: 'could not', touches: [{ id, before: opened, after: failed }] },
  {
    on: paymentRefundRequested,
    because: 'tries the same refund again',
    touches: [{ id, before: failed, after: opened }],
  },
]);
