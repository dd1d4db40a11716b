import type { OrderId, PaymentId } from '../../domain/kernel';
import type { Money } from '../../domain/money';
import { order, type OrderRejection } from '../../domain/order';
import { payment } from '../../domain/payment';
import { singleFlight } from '../../platform/concurrency';
import type { Position } from '../../platform/event-store';
import { commandId, refundId as refundIdOf } from '../../platform/identity';
import type { Aggregates } from '../aggregates';
import type { CommandContext } from '../port';
import { askProvider, type ProviderDeps } from './ask-provider';
import type { PaymentProvider } from './provider';

export type PaymentDeps = ProviderDeps & {
  readonly aggregates: Aggregates;
  readonly provider: PaymentProvider;
};

/** A payment that was requested: its stream begins with these facts. */
export type RequestedPayment = {
  readonly paymentId: PaymentId;
  readonly orderId: OrderId;
  readonly amount: Money;
  readonly method: string;
};

export type SettledPayment =
  | { readonly kind: 'paid'; readonly position?: Position }
  | { readonly kind: 'declined'; readonly reason: string; readonly position?: Position }
  /** The money came, but the order takes it no more: it goes back. */
  | { readonly kind: 'given-back'; readonly rejection: OrderRejection }
  | { readonly kind: 'unknown' };

/**
 * Takes a requested payment to its end: asks the provider, records what it said, tells the order. Can be called again at any
 * point, from anywhere: each command's id comes from the payment, so each happens once.
 */
export type SettlePayment = (requested: RequestedPayment, context: CommandContext) => Promise<SettledPayment>;

const contextOf = (context: CommandContext, paymentId: PaymentId, purpose: string): CommandContext => ({
  ...context,
  commandId: commandId(paymentId, purpose),
  principal: { kind: 'gateway', id: 'payment', roles: [] },
});

/**
 * What came and is not wanted goes back whole; the refund is carried out by whoever follows the payment's events.
 *
 * @throws Error when the payment refuses that: nobody would notice the money otherwise.
 */
const giveBack = async (
  { aggregates, clock }: PaymentDeps,
  { paymentId, orderId, amount }: RequestedPayment,
  context: CommandContext,
): Promise<'requested' | 'unknown'> => {
  const refundId = refundIdOf(orderId, paymentId);
  const command = { type: 'RequestPaymentRefund', paymentId, refundId, amount, at: clock.now() } as const;
  const executed = await aggregates.execute(
    payment,
    paymentId,
    command,
    contextOf(context, paymentId, 'give-back'),
  );
  if (executed.kind === 'rejected')
    throw new Error(`The payment ${paymentId} cannot go back: ${JSON.stringify(executed.rejection)}`);
  return executed.kind === 'unknown' ? 'unknown' : 'requested';
};

const tellOrder = async (
  deps: PaymentDeps,
  requested: RequestedPayment,
  context: CommandContext,
): Promise<SettledPayment> => {
  const { orderId, paymentId, amount } = requested;
  const executed = await deps.aggregates.execute(
    order,
    orderId,
    { type: 'RecordPayment', orderId, paymentId, paid: amount, at: deps.clock.now() },
    contextOf(context, paymentId, 'record-payment'),
  );
  switch (executed.kind) {
    case 'accepted':
      return { kind: 'paid', ...(executed.position === undefined ? {} : { position: executed.position }) };
    case 'unknown':
      return { kind: 'unknown' };
    case 'rejected':
      if ((await giveBack(deps, requested, context)) === 'unknown') return { kind: 'unknown' };
      return { kind: 'given-back', rejection: executed.rejection };
  }
};

const capture = async (
  deps: PaymentDeps,
  { paymentId, orderId, amount, method }: RequestedPayment,
  context: CommandContext,
): Promise<SettledPayment | 'captured'> => {
  const { aggregates, provider, clock } = deps;
  const result = await askProvider(deps, () => provider.capture({ key: paymentId, method, amount, orderId }));
  switch (result.kind) {
    case 'unknown':
      return { kind: 'unknown' };
    case 'captured': {
      const command = {
        type: 'RecordCapture',
        paymentId,
        reference: result.reference,
        at: clock.now(),
      } as const;
      const executed = await aggregates.execute(
        payment,
        paymentId,
        command,
        contextOf(context, paymentId, 'captured'),
      );
      return executed.kind === 'accepted' ? 'captured' : { kind: 'unknown' };
    }
    case 'declined': {
      const { reason } = result;
      const command = { type: 'RecordDecline', paymentId, reason, at: clock.now() } as const;
      const executed = await aggregates.execute(
        payment,
        paymentId,
        command,
        contextOf(context, paymentId, 'declined'),
      );
      if (executed.kind !== 'accepted') return { kind: 'unknown' };
      const { position } = executed;
      return { kind: 'declined', reason, ...(position === undefined ? {} : { position }) };
    }
  }
};

export const createSettlePayment = (deps: PaymentDeps): SettlePayment => {
  const once = singleFlight<SettledPayment>();

  const settle: SettlePayment = async (requested, context) => {
    const state = await deps.aggregates.load(payment, requested.paymentId);
    if (state.status === 'DECLINED') return { kind: 'declined', reason: state.reason };
    if (state.status !== 'CAPTURED') {
      const captured = await capture(deps, requested, context);
      if (captured !== 'captured') return captured;
    }
    return tellOrder(deps, requested, context);
  };

  return (requested, context) => once(requested.paymentId, () => settle(requested, context));
};
