import type { AccountId, OrderId, PaymentId } from '../../domain/kernel';
import type { Money } from '../../domain/money';
import { payment, type PaymentEvent, type PaymentRejection } from '../../domain/payment';
import { paymentId as paymentIdOf } from '../../platform/ids';
import type { Executed, CommandContext } from '../../platform/execution';
import { notAccepted, rejected, stepOf, type Outcome, type Rejected } from '../use-case/outcome';
import type { PaymentProvider, Payments } from '../payment';
import type { UseCaseDeps } from '../use-case/use-case';

export type PayDeps = UseCaseDeps & Payments & { readonly provider: Pick<PaymentProvider, 'methods'> };

/** The amount due, and the method of payment. */
export type Due = {
  readonly orderId: OrderId;
  readonly customerId: AccountId;
  readonly amount: Money;
  readonly method: string;
};

export const refusalOfMethod = (
  { provider }: PayDeps,
  method: string,
): Rejected<'PAYMENT_METHOD_UNKNOWN'> | undefined =>
  provider.methods.includes(method)
    ? undefined
    : rejected({ code: 'PAYMENT_METHOD_UNKNOWN', method, known: provider.methods });

/** Records the request of a payment, once for each command id. */
export const requestPayment = (
  { aggregates, clock }: UseCaseDeps,
  { paymentId, orderId, customerId, amount, method }: Due & { readonly paymentId: PaymentId },
  context: CommandContext,
): Promise<Executed<PaymentEvent, PaymentRejection>> =>
  aggregates
    .of(payment)
    .execute(
      paymentId,
      { type: 'RequestPayment', paymentId, orderId, customerId, amount, method, at: clock.now() },
      stepOf(context, 'request-payment'),
      { assumeNew: true },
    );

/**
 * Requests the payment of this command: one for each command id, so that a repeat finds its attempt.
 *
 * @param context - of the command that pays the order, or that placed it with a payment at once.
 */
export const requestAttempt = async (
  deps: UseCaseDeps,
  due: Due,
  context: CommandContext,
): Promise<{
  readonly paymentId: PaymentId;
  readonly requested: Executed<PaymentEvent, PaymentRejection>;
}> => {
  const paymentId = paymentIdOf(due.orderId, context.commandId);
  return { paymentId, requested: await requestPayment(deps, { ...due, paymentId }, context) };
};

/** Pays an order by one attempt. The payment reactor finishes an interrupted attempt by the same functions. */
export const attemptPayment = async (
  deps: PayDeps,
  due: Due,
  context: CommandContext,
): Promise<Outcome<{ paymentId: PaymentId }, 'PAYMENT_DECLINED'>> => {
  const { orderId, amount, method } = due;
  const { paymentId, requested } = await requestAttempt(deps, due, context);
  if (requested.kind === 'rejected') return notAccepted(requested);
  if (requested.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId };
  const settled = await deps.settlePayment({ paymentId, orderId, amount, method }, context);
  switch (settled.kind) {
    case 'paid':
    case 'open':
      // Where it is open, the order shows what the payer has to do, or that the provider decides later.
      return { kind: 'accepted', value: { paymentId }, position: settled.position };
    case 'declined':
      return rejected({ code: 'PAYMENT_DECLINED', orderId, reason: settled.reason });
    case 'refused':
    case 'given-back':
      return notAccepted({ kind: 'rejected', rejection: settled.rejection });
    case 'unknown':
      return { kind: 'unknown', commandId: context.commandId };
  }
};
