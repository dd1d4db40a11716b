import type { PaymentId } from '../../domain/kernel';
import { isToBeVoided, payment } from '../../domain/payment';
import { singleFlight } from '../../platform/concurrency';
import type { CommandContext } from '../../platform/execution';
import { askProvider } from './ask-provider';
import { authorisationsOf } from './authorisations';
import { ofGateway } from './payment-context';
import type { PaymentDeps } from './settle-payment';

/** `nothing`: the shop may still take what is held, or the provider holds nothing. `refused`: it ends by itself, at its time. */
export type SettledVoid = { readonly kind: 'nothing' | 'voided' | 'refused' | 'unknown' };

/** Has the provider let go of held money that the shop will not take. It can be called again at any point. */
export type SettleVoid = (paymentId: PaymentId, context: CommandContext) => Promise<SettledVoid>;

export const createSettleVoid = (deps: PaymentDeps): SettleVoid => {
  const { aggregates, provider, clock } = deps;
  const once = singleFlight<SettledVoid>();

  const settle: SettleVoid = async (paymentId, context) => {
    const payments = aggregates.of(payment);
    const state = await payments.load(paymentId);
    if (!isToBeVoided(state)) return { kind: 'nothing' };
    const { reference } = state;
    const result = await askProvider(deps, () => authorisationsOf(provider).void({ reference }));
    if (result.kind === 'unknown') return { kind: 'unknown' };
    const fact = { paymentId, at: clock.now() };
    const executed = await payments.execute(
      paymentId,
      result.kind === 'voided'
        ? { type: 'RecordVoid', ...fact }
        : { type: 'RecordVoidRefusal', ...fact, reason: result.reason },
      ofGateway(context, context.commandId, result.kind),
    );
    if (executed.kind !== 'accepted') return { kind: 'unknown' };
    return { kind: result.kind === 'voided' ? 'voided' : 'refused' };
  };

  return (paymentId, context) => once(paymentId, () => settle(paymentId, context));
};
