import { column, field, flatModel, moment, money, ofItem } from '../../platform/read-models/flat';
import { payments as attempts } from '../payments';

const REQUESTED = ['PaymentRequested'];
const DECLINED = ['PaymentRequested', 'PaymentDeclined'];
const ANSWERED = [...DECLINED, 'PaymentCaptured', 'PaymentAuthorised'];
/** Events after which nothing is held any more, or something is again. */
const HELD = ['PaymentPartCaptured', 'PaymentReleased', 'PaymentRefundRequested', 'PaymentRefundFailed'];
const REFUND = ['PaymentRefundRequested', 'PaymentReleased'];
const REFUNDED = [...REFUND, 'PaymentRefunded', 'PaymentRefundFailed'];

const currency = field('amount.currency');

export const payments = flatModel('payments', attempts, {
  meaning: 'Payments: one row an attempt to pay an order.',
  key: 'payment_id',
  time: 'requested_at',
  columns: {
    payment_id: column(field('id'), REQUESTED),
    order_id: column(field('orderId'), REQUESTED),
    customer_id: column(field('customerId'), REQUESTED),
    method: column(field('method'), REQUESTED),
    status: column(field('status'), [...ANSWERED, ...HELD, 'PaymentActionRequired', 'PaymentPending']),
    ...moment('requested_at', field('requestedAt'), REQUESTED),
    ...moment('settled_at', field('settledAt'), ANSWERED),
    currency: column(currency, REQUESTED),
    ...money('amount', { minor: field('amount.amountMinor'), currency }, REQUESTED, 'The sum to be paid.'),
    decline_reason: column(field('declineReason'), DECLINED),
    open_refund_count: column(field('openRefunds'), ['PaymentRequested', ...REFUNDED]),
    failed_refund_count: column(field('failedRefunds'), ['PaymentRequested', ...REFUNDED]),
  },
});

const refundCurrency = ofItem('amount.currency');

export const refunds = flatModel('refunds', attempts, {
  meaning: 'Refunds: one row a refund of a payment, whole or in part.',
  each: 'refunds',
  key: 'refund_id',
  time: 'requested_at',
  columns: {
    refund_id: column(ofItem('id'), REFUND),
    payment_id: column(field('id'), REFUND, { meaning: 'The payment.' }),
    order_id: column(field('orderId'), REFUND, { meaning: 'The order.' }),
    customer_id: column(field('customerId'), REFUND),
    status: column(ofItem('status'), [...REFUNDED, 'PaymentRefundPending']),
    ...moment('requested_at', ofItem('requestedAt'), REFUND),
    ...moment('settled_at', ofItem('settledAt'), REFUNDED),
    currency: column(refundCurrency, REFUND),
    ...money(
      'amount',
      { minor: ofItem('amount.amountMinor'), currency: refundCurrency },
      REFUND,
      'The sum that is returned to the customer.',
    ),
    failure: column(ofItem('failure'), REFUNDED),
  },
});
