import type { Instant, PaymentId, RefundId } from '../../domain/kernel';
import { isSecured, payment, type PaymentCommand } from '../../domain/payment';
import { subtract } from '../../domain/money';
import { singleFlight } from '../../platform/concurrency';
import type { CommandContext } from '../../platform/execution';
import { askProvider } from './ask-provider';
import { ofGateway } from './payment-context';
import type { RefundResult } from './provider';
import type { PaymentDeps } from './settle-payment';

export type RequestedRefund = { readonly paymentId: PaymentId; readonly refundId: RefundId };

export type SettledRefund =
  | { readonly kind: 'refunded' }
  /** Permanent: an operator must handle it. */
  | { readonly kind: 'failed' }
  /** The provider decides later. */
  | { readonly kind: 'open' }
  | { readonly kind: 'unknown' };

/**
 * Brings a requested refund forward: calls the provider, or asks it about a refund that it has accepted, and records the result.
 * It can be called again at any point.
 */
export type SettleRefund = (requested: RequestedRefund, context: CommandContext) => Promise<SettledRefund>;

type Answer = Exclude<RefundResult, { kind: 'unknown' }>;

const settledAs: Readonly<Record<Answer['kind'], SettledRefund>> = {
  refunded: { kind: 'refunded' },
  declined: { kind: 'failed' },
  pending: { kind: 'open' },
};

/** Returns the command that records an answer of the provider. */
const answered = (result: Answer, fact: RequestedRefund & { readonly at: Instant }): PaymentCommand => {
  switch (result.kind) {
    case 'refunded':
      return { type: 'RecordPaymentRefund', ...fact, reference: result.reference };
    case 'declined':
      return { type: 'RecordPaymentRefundFailure', ...fact, reason: result.reason };
    case 'pending':
      return { type: 'RecordPaymentRefundPending', ...fact };
  }
};

export const createSettleRefund = (deps: PaymentDeps): SettleRefund => {
  const { aggregates, provider, clock } = deps;
  const once = singleFlight<SettledRefund>();

  const settle: SettleRefund = async ({ paymentId, refundId }, context) => {
    const state = await aggregates.of(payment).load(paymentId);
    const refund = isSecured(state) ? state.refunds.get(refundId) : undefined;
    if (!isSecured(state) || refund === undefined)
      throw new Error(`The refund ${refundId} was never requested of the payment ${paymentId}`);
    if (refund.status === 'DONE') return { kind: 'refunded' };
    if (refund.status === 'FAILED') return { kind: 'failed' };

    const { amount: all, released } = refund;
    const amount = released === undefined ? all : subtract(all, released);
    const request = { key: refundId, reference: state.reference, amount };
    const result = await askProvider(deps, () =>
      refund.status === 'PENDING' ? provider.findRefund(request) : provider.refund(request),
    );
    if (result.kind === 'unknown') return { kind: 'unknown' };
    const fact = { paymentId, refundId, at: clock.now() };
    const payments = aggregates.of(payment);
    const executed = await payments.execute(
      paymentId,
      answered(result, fact),
      // The cause's id is part of it, because a failed refund may be requested again.
      ofGateway(context, context.commandId, `${result.kind} ${refundId}`),
    );
    if (executed.kind !== 'accepted') return { kind: 'unknown' };
    return settledAs[result.kind];
  };

  return (requested, context) => once(requested.refundId, () => settle(requested, context));
};
