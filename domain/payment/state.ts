import { unreachable } from '../kernel';
import type { OrderId, PaymentId, RefundId } from '../kernel';
import { subtract } from '../money';
import type { Money } from '../money';
import type { PaymentEvent } from './events';

type Requested = {
  readonly paymentId: PaymentId;
  readonly orderId: OrderId;
  readonly amount: Money;
};

export type RefundStatus = 'OPEN' | 'DONE' | 'FAILED';

export type CapturedPayment = Requested & {
  readonly status: 'CAPTURED';
  readonly reference: string;
  readonly refunds: ReadonlyMap<RefundId, { readonly amount: Money; readonly status: RefundStatus }>;
};

export type KnownPayment =
  | (Requested & { readonly status: 'REQUESTED' })
  | (Requested & { readonly status: 'DECLINED'; readonly reason: string })
  | CapturedPayment;

export type PaymentState = { readonly status: 'NONE' } | KnownPayment;

export const initial: PaymentState = { status: 'NONE' };

/** What was captured and is neither given back nor promised back; a failed refund promises nothing. */
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
    case 'PaymentCaptured': {
      const { paymentId, orderId, amount, reference } = event.data;
      return { status: 'CAPTURED', paymentId, orderId, amount, reference, refunds: new Map() };
    }
    case 'PaymentDeclined':
      return state.status === 'REQUESTED'
        ? { ...state, status: 'DECLINED', reason: event.data.reason }
        : impossible(event, state);
    case 'PaymentRefundRequested':
      return withRefund(event, state, event.data.refundId, 'OPEN');
    case 'PaymentRefunded':
      return withRefund(event, state, event.data.refundId, 'DONE');
    case 'PaymentRefundFailed':
      return withRefund(event, state, event.data.refundId, 'FAILED');
    default:
      return unreachable(event);
  }
};
