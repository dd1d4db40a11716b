import {
  order,
  type OrderCancelled,
  type OrderPaymentStarted,
  type OrderPlaced,
  type OrderRefundRequested,
} from '../../domain/order';
import {
  payment,
  type PaymentRefundFailed,
  type PaymentRefundRequested,
  type PaymentRefunded,
  type PaymentRequested,
} from '../../domain/payment';
import { requestAttempt, requestPayment } from '../order';
import { unfinishedPayment, type Payments } from '../payment';
import type { UseCaseDeps } from '../use-case/use-case';
import { demandAnswer } from './demand-answer';
import {
  requireAccepted,
  contextFrom,
  contextOfCause,
  requireKnownOutcome,
  reactor,
  RetryLater,
  type EventOf,
  type Reactor,
} from '../../platform/reactions';

export type PaymentsDeps = UseCaseDeps & Pick<Payments, 'settlePayment' | 'settleRefund'>;

const payAtOnce = async ({ aggregates, clock }: PaymentsDeps, event: EventOf<OrderPlaced>): Promise<void> => {
  const { orderId, customerId, total: amount, paymentMethod: method } = event.data;
  if (method === undefined) return;
  const { progress } = await aggregates.of(order).load(orderId);
  if (progress !== 'PLACED') return;
  const due = { orderId, customerId, amount, method };
  const { requested } = await requestAttempt({ aggregates, clock }, due, contextOfCause(event));
  requireAccepted(requested);
};

/**
 * Continues a payment that has its order reserved, so that no order stays reserved for a payment that was never
 * requested.
 */
const continuePayment = async (
  { aggregates, clock, settlePayment }: PaymentsDeps,
  event: EventOf<OrderPaymentStarted>,
): Promise<void> => {
  const { orderId, paymentId, method } = event.data;
  const state = await aggregates.of(order).load(orderId);
  // The payment has ended. If the order was cancelled, the payment's own reaction settles it.
  if (state.progress !== 'PLACED' || state.openPaymentId !== paymentId) return;
  const { customerId, total: amount } = state;
  const due = { paymentId, orderId, customerId, amount, method };
  requireAccepted(await requestPayment({ aggregates, clock }, due, contextFrom(event, 'pay')));
  demandAnswer(await settlePayment(due, contextFrom(event, 'settle')));
};

/** Ends the payment of a cancelled order that waits for its payer. What was paid meanwhile is refunded. */
const endPayment = async (
  { aggregates, settlePayment }: PaymentsDeps,
  event: EventOf<OrderCancelled>,
): Promise<void> => {
  const known = await aggregates.of(order).load(event.data.orderId);
  if (known.progress === 'NONE' || known.openPaymentId === undefined) return;
  const open = await unfinishedPayment(aggregates, known.openPaymentId);
  if (open) demandAnswer(await settlePayment(open, contextFrom(event, 'end-payment')));
};

/** Starts and completes interrupted payments, and refunds. */
export const paymentsWorkflow = (deps: PaymentsDeps): Reactor => {
  const { aggregates, clock, settlePayment, settleRefund } = deps;
  return reactor<
    | OrderPlaced
    | OrderPaymentStarted
    | OrderCancelled
    | PaymentRequested
    | OrderRefundRequested
    | PaymentRefundRequested
    | PaymentRefunded
    | PaymentRefundFailed
  >('payments', {
    OrderPlaced: (event) => payAtOnce(deps, event),
    OrderPaymentStarted: (event) => continuePayment(deps, event),
    OrderCancelled: (event) => endPayment(deps, event),
    PaymentRequested: async (event) => {
      demandAnswer(await settlePayment(event.data, contextFrom(event, 'settle')));
    },
    OrderRefundRequested: async (event) => {
      const { paymentId, refundId, amount } = event.data;
      const payments = aggregates.of(payment);
      const executed = await payments.execute(
        paymentId,
        { type: 'RequestPaymentRefund', paymentId, refundId, amount, at: clock.now() },
        contextFrom(event, 'request-refund'),
      );
      // Whether the provider takes the money, and it has to be given back, is not decided yet.
      if (executed.kind === 'rejected' && executed.rejection.code === 'CAPTURE_UNDECIDED')
        throw new RetryLater('A capture of the payment is not decided');
      requireAccepted(executed);
    },
    PaymentRefundRequested: async (event) => {
      demandAnswer(await settleRefund(event.data, contextFrom(event, 'settle-refund')));
    },
    PaymentRefunded: async (event) => {
      const { orderId, refundId } = event.data;
      const orders = aggregates.of(order);
      const executed = await orders.execute(
        orderId,
        { type: 'RecordRefund', orderId, refundId, at: clock.now() },
        contextFrom(event, 'record-refund'),
      );
      // The order never had this money, so it has no refund to record.
      requireAccepted(executed, ['REFUND_NOT_FOUND']);
    },
    PaymentRefundFailed: async (event) => {
      const { orderId, paymentId, refundId, reason } = event.data;
      const orders = aggregates.of(order);
      const executed = requireKnownOutcome(
        await orders.execute(
          orderId,
          { type: 'RecordRefundRefusal', orderId, refundId, reason, at: clock.now() },
          contextFrom(event, 'record-refund-refusal'),
        ),
      );
      // No order shows this money, so an operator must see it here.
      if (executed.kind === 'rejected')
        throw new Error(
          `The provider will not give back the payment ${paymentId}, which the order ${orderId} did not take: ${reason}`,
        );
    },
  });
};
