import type { Instant, OrderId, PaymentId } from '../../domain/kernel';
import type { Money } from '../../domain/money';
import { order, type OrderRejection } from '../../domain/order';
import { isSecured, payment, type PaymentState, type PaymentStatus } from '../../domain/payment';
import { singleFlight } from '../../platform/concurrency';
import type { Position } from '../../platform/event-store';
import { refundId as refundIdOf, uuidV7 } from '../../platform/ids';
import type { Aggregates, CommandContext } from '../../platform/execution';
import { demandSafeAction } from './payer-action';
import { askProvider, type ProviderDeps } from './ask-provider';
import { authorisationsOf } from './authorisations';
import { ofGateway, paymentGateway } from './payment-context';
import type { CaptureResult, PaymentProvider } from './provider';

export type PaymentDeps = ProviderDeps & {
  readonly aggregates: Aggregates;
  readonly provider: PaymentProvider;
  /** Whether the money is held when the order is paid and taken as goods leave, where the provider can. Default false. */
  readonly takesAtDispatch?: boolean | undefined;
};

/** A requested payment, from the first event of its stream. */
export type RequestedPayment = {
  readonly paymentId: PaymentId;
  readonly orderId: OrderId;
  readonly amount: Money;
  readonly method: string;
};

export type SettledPayment =
  | { readonly kind: 'paid'; readonly position?: Position | undefined }
  | { readonly kind: 'declined'; readonly reason: string; readonly position?: Position | undefined }
  /** The payer must act, or the provider decides later. */
  | { readonly kind: 'open'; readonly position?: Position | undefined }
  /** The order rejected this payment, so the provider was not called. */
  | { readonly kind: 'refused'; readonly rejection: OrderRejection }
  /** The money was captured or held, but the order no longer accepts it: it is refunded. */
  | { readonly kind: 'given-back'; readonly rejection: OrderRejection }
  | { readonly kind: 'unknown' };

/**
 * Brings a requested payment forward: reserves the order, calls the provider, records the result, also in the order. Of a payment
 * that was begun the provider is questioned, and it is ended where its order is not to be paid any more. It can be called again at any
 * point and in any process: completed steps are recognised.
 */
export type SettlePayment = (requested: RequestedPayment, context: CommandContext) => Promise<SettledPayment>;

/** Ends a payment that waits for its payer or for the provider, as far as the provider can end it. */
export type ClosePayment = SettlePayment;

/** The money was taken, or is held until then. The order is still to record it. */
type Secured = { readonly kind: 'secured'; readonly authorisedUntil: Instant | undefined };

const PAID_OTHERWISE = 'Another payment of the order came before it, so nothing was taken';
const NOT_PAYABLE = 'The order is not to be paid any more, so nothing was taken';

/**
 * Returns a context with a new id: a payment that reserved its order, and released it, may reserve it again. The order
 * recognises a repeat.
 */
const ofItsOwn = ({ clock, random }: PaymentDeps, context: CommandContext): CommandContext => ({
  ...context,
  commandId: uuidV7(clock, random),
  principal: paymentGateway,
});

/**
 * Gives captured or held money back in full; the reactor of the payment's events completes the refund.
 *
 * @throws Error if the payment rejects that, because the money would stay unnoticed otherwise.
 */
const giveBack = async (
  { aggregates, clock }: PaymentDeps,
  { paymentId, orderId, amount }: RequestedPayment,
  context: CommandContext,
): Promise<'requested' | 'unknown'> => {
  const refundId = refundIdOf(orderId, paymentId);
  const command = { type: 'RequestPaymentRefund', paymentId, refundId, amount, at: clock.now() } as const;
  const payments = aggregates.of(payment);
  const executed = await payments.execute(paymentId, command, ofGateway(context, paymentId, 'give-back'));
  if (executed.kind === 'rejected')
    throw new Error(`The payment ${paymentId} cannot go back: ${JSON.stringify(executed.rejection)}`);
  return executed.kind === 'unknown' ? 'unknown' : 'requested';
};

const tellOrder = async (
  deps: PaymentDeps,
  requested: RequestedPayment,
  authorisedUntil: Instant | undefined,
  context: CommandContext,
): Promise<SettledPayment> => {
  const { orderId, paymentId, amount } = requested;
  const held = authorisedUntil === undefined ? {} : { authorisedUntil };
  const orders = deps.aggregates.of(order);
  const executed = await orders.execute(
    orderId,
    { type: 'RecordPayment', orderId, paymentId, paid: amount, ...held, at: deps.clock.now() },
    ofGateway(context, paymentId, 'record-payment'),
  );
  switch (executed.kind) {
    case 'accepted':
      return { kind: 'paid', position: executed.position };
    case 'unknown':
      return { kind: 'unknown' };
    case 'rejected':
      if ((await giveBack(deps, requested, context)) === 'unknown') return { kind: 'unknown' };
      return { kind: 'given-back', rejection: executed.rejection };
  }
};

/** Records that the payment took no money: first in the payment, then in the order, which is free for another one. */
const decline = async (
  deps: PaymentDeps,
  { paymentId, orderId }: RequestedPayment,
  reason: string,
  context: CommandContext,
): Promise<SettledPayment> => {
  const { aggregates, clock } = deps;
  const payments = aggregates.of(payment);
  const declined = await payments.execute(
    paymentId,
    { type: 'RecordDecline', paymentId, reason, at: clock.now() },
    ofGateway(context, paymentId, 'declined'),
  );
  if (declined.kind !== 'accepted') return { kind: 'unknown' };
  const orders = aggregates.of(order);
  const freed = await orders.execute(
    orderId,
    { type: 'RecordPaymentDecline', orderId, paymentId, at: clock.now() },
    ofItsOwn(deps, context),
  );
  if (freed.kind !== 'accepted') return { kind: 'unknown' };
  const position = freed.position ?? declined.position;
  return { kind: 'declined', reason, position };
};

/** Reserves the order for this payment. Only the payment that has its order reserved calls the provider. */
const hold = async (
  deps: PaymentDeps,
  requested: RequestedPayment,
  context: CommandContext,
): Promise<SettledPayment | 'held'> => {
  const { aggregates, clock } = deps;
  const { orderId, paymentId, method } = requested;
  const orders = aggregates.of(order);
  const executed = await orders.execute(
    orderId,
    { type: 'StartPayment', orderId, paymentId, method, at: clock.now() },
    ofItsOwn(deps, context),
  );
  if (executed.kind === 'accepted') return 'held';
  if (executed.kind === 'unknown') return { kind: 'unknown' };
  const { rejection } = executed;
  const reason = rejection.code === 'ORDER_WRONG_STATUS' ? NOT_PAYABLE : PAID_OTHERWISE;
  const declined = await decline(deps, requested, reason, context);
  return declined.kind === 'unknown' ? declined : { kind: 'refused', rejection };
};

type Unfinished = { readonly status: Extract<PaymentStatus, 'ACTION_REQUIRED' | 'PENDING'> };

const isUnfinished = (state: PaymentState): state is Extract<PaymentState, Unfinished> =>
  state.status === 'ACTION_REQUIRED' || state.status === 'PENDING';

/** Returns a payment that waits for its payer or for the provider; undefined in any other state. */
export const unfinishedPayment = async (
  aggregates: Aggregates,
  paymentId: PaymentId,
): Promise<(RequestedPayment & Unfinished) | undefined> => {
  const state = await aggregates.of(payment).load(paymentId);
  return isUnfinished(state) ? state : undefined;
};

/** Records the answer of the provider. */
const record = async (
  deps: PaymentDeps,
  requested: RequestedPayment,
  result: CaptureResult,
  context: CommandContext,
): Promise<SettledPayment | Secured> => {
  const { paymentId, method } = requested;
  const fact = { paymentId, at: deps.clock.now() };
  const payments = deps.aggregates.of(payment);
  switch (result.kind) {
    case 'unknown':
      return { kind: 'unknown' };
    case 'declined':
      return decline(deps, requested, result.reason, context);
    case 'action-required':
    case 'pending': {
      const executed = await payments.execute(
        paymentId,
        result.kind === 'pending'
          ? { type: 'RecordPending', ...fact, method }
          : { type: 'RecordPayerAction', ...fact, method, action: demandSafeAction(result.action) },
        ofGateway(context, paymentId, result.kind),
      );
      return executed.kind === 'accepted'
        ? { kind: 'open', position: executed.position }
        : { kind: 'unknown' };
    }
    case 'authorised':
    case 'captured': {
      const { reference } = result;
      const authorisedUntil = result.kind === 'authorised' ? result.authorisedUntil : undefined;
      const command =
        authorisedUntil === undefined
          ? ({ type: 'RecordCapture', ...fact, reference } as const)
          : ({ type: 'RecordAuthorisation', ...fact, reference, authorisedUntil } as const);
      const executed = await payments.execute(paymentId, command, ofGateway(context, paymentId, result.kind));
      if (executed.kind === 'unknown') return { kind: 'unknown' };
      if (executed.kind === 'accepted') return { kind: 'secured', authorisedUntil };
      // Money that moved without a payment needs an operator.
      throw new Error(`The payment ${paymentId} was ${result.kind}: ${JSON.stringify(executed.rejection)}`);
    }
  }
};

const atProvider = ({ paymentId: key, method, amount, orderId }: RequestedPayment) => ({
  ...{ key, method, amount, orderId },
});

/** Asks how an unfinished payment stands, and ends it if its order is not to be paid any more, or if it is not `wanted`. */
const ask = async (
  deps: PaymentDeps,
  requested: RequestedPayment,
  context: CommandContext,
  wanted = true,
): Promise<SettledPayment | Secured> => {
  const { progress } = await deps.aggregates.of(order).load(requested.orderId);
  const { provider } = deps;
  const answer = await askProvider(deps, () =>
    wanted && progress === 'PLACED'
      ? provider.find(atProvider(requested))
      : provider.cancel(atProvider(requested)),
  );
  return record(deps, requested, answer, context);
};

/** Decides once whether the payment is held first, so that a later change of the setting does not touch it. */
const isToBeHeld = async (
  { aggregates, clock, provider, takesAtDispatch = false }: PaymentDeps,
  { paymentId, method }: RequestedPayment,
  context: CommandContext,
): Promise<boolean | 'unknown'> => {
  const payments = aggregates.of(payment);
  const state = await payments.load(paymentId);
  if (state.status === 'REQUESTED' && state.isToBeHeld) return true;
  if (!takesAtDispatch || provider.authorisations === undefined) return false;
  const command = { type: 'RequestAuthorisation', paymentId, method, at: clock.now() } as const;
  const executed = await payments.execute(paymentId, command, ofGateway(context, paymentId, 'to-be-held'));
  return executed.kind === 'accepted' ? true : 'unknown';
};

const take = async (
  deps: PaymentDeps,
  requested: RequestedPayment,
  isHeld: boolean,
  context: CommandContext,
): Promise<SettledPayment | Secured> => {
  const { aggregates, provider, clock } = deps;
  const known = await aggregates.of(order).load(requested.orderId);
  const payBy = known.progress === 'NONE' ? clock.now() : known.payBy;
  const request = { ...atProvider(requested), payBy };
  const result = await askProvider(deps, () =>
    isHeld ? authorisationsOf(provider).authorise(request) : provider.capture(request),
  );
  const recorded = await record(deps, requested, result, context);
  if (recorded.kind !== 'open') return recorded;
  // The order may have been cancelled meanwhile, when there was nothing to end yet.
  const { progress } = await aggregates.of(order).load(requested.orderId);
  return progress === 'PLACED' ? recorded : ask(deps, requested, context);
};

const begin = async (
  deps: PaymentDeps,
  requested: RequestedPayment,
  context: CommandContext,
): Promise<SettledPayment | Secured> => {
  const held = await hold(deps, requested, context);
  if (held !== 'held') return held;
  // Another process may have declined it before the order was reserved.
  const now = await deps.aggregates.of(payment).load(requested.paymentId);
  if (now.status === 'DECLINED') return decline(deps, requested, now.reason, context);
  const isHeld = await isToBeHeld(deps, requested, context);
  return isHeld === 'unknown' ? { kind: 'unknown' } : take(deps, requested, isHeld, context);
};

type Settled = Promise<SettledPayment | Secured>;

/** @param onward - brings a payment forward that has no result yet. `isBegun`: the provider has answered once. */
const settling = (
  deps: PaymentDeps,
  onward: (isBegun: boolean, requested: RequestedPayment, context: CommandContext) => Settled,
): SettlePayment => {
  const once = singleFlight<SettledPayment>();

  const settle: SettlePayment = async (requested, context) => {
    const state = await deps.aggregates.of(payment).load(requested.paymentId);
    if (state.status === 'DECLINED') return decline(deps, requested, state.reason, context);
    if (isSecured(state)) {
      const until = state.status === 'AUTHORISED' ? state.authorisedUntil : undefined;
      return tellOrder(deps, requested, until, context);
    }
    const settled = await onward(isUnfinished(state), requested, context);
    if (settled.kind !== 'secured') return settled;
    return tellOrder(deps, requested, settled.authorisedUntil, context);
  };

  return (requested, context) => once(requested.paymentId, () => settle(requested, context));
};

export const createSettlePayment = (deps: PaymentDeps): SettlePayment =>
  settling(deps, (isBegun, requested, context) =>
    isBegun ? ask(deps, requested, context) : begin(deps, requested, context),
  );

export const createClosePayment = (deps: PaymentDeps): ClosePayment =>
  settling(deps, async (isBegun, requested, context) =>
    // The provider may be asked to begin it at this moment, and nothing would stop that.
    isBegun ? ask(deps, requested, context, false) : { kind: 'unknown' },
  );
