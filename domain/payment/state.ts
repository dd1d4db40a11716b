import { unreachable, type OrderId, type PaymentId, type RefundId } from '../kernel';
import { subtract, type Money } from '../money';
import type { PaymentEvent } from './events';

/** `ACTION_REQUIRED`: the payer has to do a step. `PENDING`: the provider decides later. */
export type PaymentStatus = 'REQUESTED' | 'ACTION_REQUIRED' | 'PENDING' | 'CAPTURED' | 'DECLINED';

type Requested = {
  readonly paymentId: PaymentId;
  readonly orderId: OrderId;
  readonly amount: Money;
};

/** `PENDING`: the provider has accepted the refund and decides later. */
export type RefundStatus = 'OPEN' | 'PENDING' | 'DONE' | 'FAILED';

export type CapturedPayment = Requested & {
  readonly status: 'CAPTURED';
  readonly reference: string;
  readonly refunds: ReadonlyMap<RefundId, { readonly amount: Money; readonly status: RefundStatus }>;
};

export type KnownPayment =
  | (Requested & { readonly status: 'REQUESTED' })
  | (Requested & { readonly status: 'ACTION_REQUIRED' | 'PENDING'; readonly method: string })
  | (Requested & { readonly status: 'DECLINED'; readonly reason: string })
  | CapturedPayment;

export type PaymentState = { readonly status: 'NONE' } | KnownPayment;

export const initial: PaymentState = { status: 'NONE' };

type OpenPayment = Extract<KnownPayment, { status: 'REQUESTED' | 'ACTION_REQUIRED' | 'PENDING' }>;

/** Tests whether the payment may still take money. */
export const isOpen = (state: PaymentState): state is OpenPayment =>
  state.status === 'REQUESTED' || state.status === 'ACTION_REQUIRED' || state.status === 'PENDING';

/** Tests whether the provider has accepted a refund or is still to answer. */
export const isOpenRefund = (status: RefundStatus | undefined): boolean =>
  status === 'OPEN' || status === 'PENDING';

/** Returns what was captured less all refunds that are done or open; a failed refund does not count. */
export const refundableOf = ({ amount, refunds }: CapturedPayment): Money => {
  let rest = amount;
  for (const refund of refunds.values()) {
    if (refund.status !== 'FAILED') rest = subtract(rest, refund.amount);
  }
  return rest;
};

const impossible = (event: PaymentEvent, state: PaymentState): never => {
  throw new Error(`${event.type} cannot follow on ${state.status}`);
};

const withRefund = (event: PaymentEvent, state: PaymentState, refundId: RefundId, to: RefundStatus) => {
  if (state.status !== 'CAPTURED') return impossible(event, state);
  const amount =
    event.type === 'PaymentRefundRequested' ? event.data.amount : state.refunds.get(refundId)?.amount;
  if (amount === undefined) return impossible(event, state);
  return { ...state, refunds: new Map(state.refunds).set(refundId, { amount, status: to }) };
};

export const evolve = (state: PaymentState, event: PaymentEvent): PaymentState => {
  switch (event.type) {
    case 'PaymentRequested': {
      const { paymentId, orderId, amount } = event.data;
      return { status: 'REQUESTED', paymentId, orderId, amount };
    }
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
    case 'PaymentDeclined': {
      if (!isOpen(state)) return impossible(event, state);
      const { paymentId, orderId, amount } = state;
      return { status: 'DECLINED', paymentId, orderId, amount, reason: event.data.reason };
    }
    case 'PaymentRefundRequested':
      return withRefund(event, state, event.data.refundId, 'OPEN');
    case 'PaymentRefundPending':
      return withRefund(event, state, event.data.refundId, 'PENDING');
    case 'PaymentRefunded':
      return withRefund(event, state, event.data.refundId, 'DONE');
    case 'PaymentRefundFailed':
      return withRefund(event, state, event.data.refundId, 'FAILED');
    default:
      return unreachable(event);
  }
};
