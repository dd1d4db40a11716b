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
  refunds: [],
  openRefunds: 0,
  pendingRefunds: 0,
  failedRefunds: 0,
};
const paid: Payment = { ...requested, status: 'CAPTURED', reference: 'test_1', settledAt: at };
const open: PaymentRefund = {
  id: refundId,
  amount: gbp(890),
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

itProjects(payments, [
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
