import type { PaymentId, RefundId } from '../../domain/kernel';
import { payment } from '../../domain/payment';
import { singleFlight } from '../../platform/concurrency';
import { commandId } from '../../platform/ids';
import type { CommandContext } from '../../platform/execution';
import { askProvider } from './ask-provider';
import type { PaymentDeps } from './settle-payment';

export type RequestedRefund = { readonly paymentId: PaymentId; readonly refundId: RefundId };

export type SettledRefund =
  | { readonly kind: 'refunded' }
  /** Permanent: an operator must handle it. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'unknown' };

/** Completes a requested refund: calls the provider and records the result. It can be called again at any point. */
export type SettleRefund = (requested: RequestedRefund, context: CommandContext) => Promise<SettledRefund>;

export const createSettleRefund = (deps: PaymentDeps): SettleRefund => {
  const { aggregates, provider, clock } = deps;
  const once = singleFlight<SettledRefund>();

  const settle: SettleRefund = async ({ paymentId, refundId }, context) => {
    const state = await aggregates.of(payment).load(paymentId);
    const refund = state.status === 'CAPTURED' ? state.refunds.get(refundId) : undefined;
    if (state.status !== 'CAPTURED' || refund === undefined)
      throw new Error(`The refund ${refundId} was never requested of the payment ${paymentId}`);
    if (refund.status !== 'OPEN') return { kind: refund.status === 'DONE' ? 'refunded' : 'failed' };

    const request = { key: refundId, reference: state.reference, amount: refund.amount };
    const result = await askProvider(deps, () => provider.refund(request));
    if (result.kind === 'unknown') return { kind: 'unknown' };
    const fact = { paymentId, refundId, at: clock.now() };
    const payments = aggregates.of(payment);
    const executed = await payments.execute(
      paymentId,
      result.kind === 'refunded'
        ? { type: 'RecordPaymentRefund', ...fact, reference: result.reference }
        : { type: 'RecordPaymentRefundFailure', ...fact, reason: result.reason },
      {
        ...context,
        // The cause's id is part of it, because a failed refund may be requested again.
        commandId: commandId(context.commandId, `${result.kind} ${refundId}`),
        principal: { kind: 'gateway', id: 'payment', roles: [] },
      },
    );
    if (executed.kind !== 'accepted') return { kind: 'unknown' };
    return { kind: result.kind === 'refunded' ? 'refunded' : 'failed' };
  };

  return (requested, context) => once(requested.refundId, () => settle(requested, context));
};
