import {
  unreachable,
  type CaptureId,
  type Instant,
  type OrderId,
  type PaymentId,
  type RefundId,
} from '../kernel';
import { add, isPositive, money, subtract, zero, type Money } from '../money';
import type { PaymentEvent } from './events';

/**
 * `ACTION_REQUIRED`: the payer has to do a step. `PENDING`: the provider decides later. `AUTHORISED`: the provider holds the money;
 * what of it was captured and what was given back is said besides.
 */
export type PaymentStatus =
  'REQUESTED' | 'ACTION_REQUIRED' | 'PENDING' | 'AUTHORISED' | 'CAPTURED' | 'DECLINED';

type Requested = {
  readonly paymentId: PaymentId;
  readonly orderId: OrderId;
  readonly amount: Money;
};

/** `PENDING`: the provider has accepted the refund or the capture and decides later. */
export type RefundStatus = 'OPEN' | 'PENDING' | 'DONE' | 'FAILED';

/** `amount`: all that goes back. `released`: the part of it that was held and is not taken. */
type Refund = {
  readonly amount: Money;
  readonly released?: Money | undefined;
  readonly status: RefundStatus;
};

type Refunds = { readonly reference: string; readonly refunds: ReadonlyMap<RefundId, Refund> };

export type CapturedPayment = Requested & Refunds & { readonly status: 'CAPTURED' };

export type AuthorisedPayment = Requested &
  Refunds & {
    readonly status: 'AUTHORISED';
    readonly authorisedUntil: Instant;
    readonly captures: ReadonlyMap<CaptureId, { readonly amount: Money; readonly status: RefundStatus }>;
    /** `REFUSED`: the provider holds the rest until the authorisation ends by itself. */
    readonly voiding: 'NOT_ENDED' | 'VOIDED' | 'REFUSED';
  };

/** A payment of which money was taken, or is held. */
export type SecuredPayment = CapturedPayment | AuthorisedPayment;

export type KnownPayment =
  /** `isToBeHeld`: it is authorised and captured later. */
  | (Requested & { readonly status: 'REQUESTED'; readonly isToBeHeld?: true | undefined })
  | (Requested & { readonly status: 'ACTION_REQUIRED' | 'PENDING'; readonly method: string })
  | (Requested & { readonly status: 'DECLINED'; readonly reason: string })
  | SecuredPayment;

export type PaymentState = { readonly status: 'NONE' } | KnownPayment;

export const initial: PaymentState = { status: 'NONE' };

type OpenPayment = Extract<KnownPayment, { status: 'REQUESTED' | 'ACTION_REQUIRED' | 'PENDING' }>;

/** Tests whether the payment may still take money, or hold it. */
export const isOpen = (state: PaymentState): state is OpenPayment =>
  state.status === 'REQUESTED' || state.status === 'ACTION_REQUIRED' || state.status === 'PENDING';

/** Tests whether the provider took the money or holds it. */
export const isSecured = (state: PaymentState): state is SecuredPayment =>
  state.status === 'CAPTURED' || state.status === 'AUTHORISED';

/** Tests whether the provider has accepted a refund or a capture, or is still to answer. */
export const isUndecided = (status: RefundStatus | undefined): boolean =>
  status === 'OPEN' || status === 'PENDING';

const sum = (start: Money, amounts: readonly Money[]): Money => amounts.reduce(add, start);

const liveRefunds = ({ refunds }: SecuredPayment): readonly Refund[] =>
  [...refunds.values()].filter(({ status }) => status !== 'FAILED');

/** Returns what was captured or held less all refunds that are done or open; a failed refund does not count. */
export const refundableOf = (payment: SecuredPayment): Money =>
  liveRefunds(payment).reduce((rest, refund) => subtract(rest, refund.amount), payment.amount);

/** Returns what is captured or may be at any moment. */
export const takenOf = (payment: SecuredPayment): Money =>
  payment.status === 'CAPTURED'
    ? payment.amount
    : sum(
        zero(payment.amount.currency),
        [...payment.captures.values()]
          .filter(({ status }) => status !== 'FAILED')
          .map(({ amount }) => amount),
      );

/** Returns what was held and will never be taken. */
export const releasedOf = (payment: SecuredPayment): Money =>
  sum(
    zero(payment.amount.currency),
    liveRefunds(payment).flatMap(({ released = [] }) => released),
  );

/** Returns what can still be captured. */
export const heldOf = (payment: SecuredPayment): Money =>
  subtract(subtract(payment.amount, takenOf(payment)), releasedOf(payment));

/** Returns how much more must be captured, so that `upTo` is captured and not given back. */
export const missingOf = (payment: AuthorisedPayment, upTo: Money): Money => {
  const givenBack = liveRefunds(payment).map(({ amount, released }) =>
    released === undefined ? amount : subtract(amount, released),
  );
  const kept = givenBack.reduce(subtract, takenOf(payment));
  const { amountMinor, currency } = heldOf(payment);
  return money(Math.max(0, Math.min(amountMinor, upTo.amountMinor - kept.amountMinor)), currency);
};

/** Tests whether the provider holds money that the shop will not take any more. */
export const isToBeVoided = (state: PaymentState): state is AuthorisedPayment =>
  state.status === 'AUTHORISED' &&
  state.voiding === 'NOT_ENDED' &&
  !isPositive(heldOf(state)) &&
  isPositive(releasedOf(state)) &&
  ![...state.captures.values(), ...state.refunds.values()].some(({ status }) => isUndecided(status));

const impossible = (event: PaymentEvent, state: PaymentState): never => {
  throw new Error(`${event.type} cannot follow on ${state.status}`);
};

const withRefund = (
  event: PaymentEvent,
  state: PaymentState,
  refundId: RefundId,
  change: Partial<Refund>,
): PaymentState => {
  if (!isSecured(state)) return impossible(event, state);
  const { amount, released, status } = { ...state.refunds.get(refundId), ...change };
  if (amount === undefined || status === undefined) return impossible(event, state);
  return { ...state, refunds: new Map(state.refunds).set(refundId, { amount, released, status }) };
};

const withCapture = (
  event: PaymentEvent,
  state: PaymentState,
  captureId: CaptureId,
  change: { readonly amount?: Money; readonly status: RefundStatus },
): PaymentState => {
  if (state.status !== 'AUTHORISED') return impossible(event, state);
  const { amount, status } = { ...state.captures.get(captureId), ...change };
  if (amount === undefined) return impossible(event, state);
  return { ...state, captures: new Map(state.captures).set(captureId, { amount, status }) };
};

const withVoiding = (
  event: PaymentEvent,
  state: PaymentState,
  voiding: AuthorisedPayment['voiding'],
): PaymentState => (state.status === 'AUTHORISED' ? { ...state, voiding } : impossible(event, state));

export const evolve = (state: PaymentState, event: PaymentEvent): PaymentState => {
  switch (event.type) {
    case 'PaymentRequested': {
      const { paymentId, orderId, amount } = event.data;
      return { status: 'REQUESTED', paymentId, orderId, amount };
    }
    case 'PaymentAuthorisationRequested':
      return state.status === 'REQUESTED' ? { ...state, isToBeHeld: true } : impossible(event, state);
    case 'PaymentActionRequired':
    case 'PaymentPending': {
      const { paymentId, orderId, method } = event.data;
      if (!isOpen(state)) return impossible(event, state);
      const status = event.type === 'PaymentPending' ? 'PENDING' : 'ACTION_REQUIRED';
      return { status, paymentId, orderId, amount: state.amount, method };
    }
    case 'PaymentCaptured': {
      const { paymentId, orderId, amount, reference } = event.data;
      return { status: 'CAPTURED', paymentId, orderId, amount, reference, refunds: new Map() };
    }
    case 'PaymentAuthorised': {
      const { paymentId, orderId, amount, reference, authorisedUntil } = event.data;
      const nothing = { captures: new Map(), refunds: new Map(), voiding: 'NOT_ENDED' } as const;
      return { status: 'AUTHORISED', paymentId, orderId, amount, reference, authorisedUntil, ...nothing };
    }
    case 'PaymentDeclined': {
      if (!isOpen(state)) return impossible(event, state);
      const { paymentId, orderId, amount } = state;
      return { status: 'DECLINED', paymentId, orderId, amount, reason: event.data.reason };
    }
    case 'PaymentCaptureRequested':
      return withCapture(event, state, event.data.captureId, { amount: event.data.amount, status: 'OPEN' });
    case 'PaymentCapturePending':
      return withCapture(event, state, event.data.captureId, { status: 'PENDING' });
    case 'PaymentPartCaptured':
      return withCapture(event, state, event.data.captureId, { status: 'DONE' });
    case 'PaymentCaptureRefused':
      return withCapture(event, state, event.data.captureId, { status: 'FAILED' });
    case 'PaymentVoided':
      return withVoiding(event, state, 'VOIDED');
    case 'PaymentVoidRefused':
      return withVoiding(event, state, 'REFUSED');
    case 'PaymentReleased': {
      const { refundId, amount } = event.data;
      return withRefund(event, state, refundId, { amount, released: amount, status: 'DONE' });
    }
    case 'PaymentRefundRequested': {
      const { refundId, amount: asked, released } = event.data;
      const amount = released === undefined ? asked : add(asked, released);
      return withRefund(event, state, refundId, { amount, released, status: 'OPEN' });
    }
    case 'PaymentRefundPending':
      return withRefund(event, state, event.data.refundId, { status: 'PENDING' });
    case 'PaymentRefunded':
      return withRefund(event, state, event.data.refundId, { status: 'DONE' });
    case 'PaymentRefundFailed':
      return withRefund(event, state, event.data.refundId, { status: 'FAILED' });
    default:
      return unreachable(event);
  }
};
