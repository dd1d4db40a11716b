import {
  accept,
  reject,
  unreachable,
  type AccountId,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
  type OrderId,
  type PaymentId,
  type RefundId,
} from './kernel';
import { equals, isPositive, subtract, type Money } from './money';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
export type PaymentRequested = Fact<
  'PaymentRequested',
  {
    paymentId: PaymentId;
    orderId: OrderId;
    customerId: AccountId;
    amount: Money;
    /** The payment provider's id, e.g. `test`. */
    method: string;
    requestedAt: Instant;
  }
>;

/** `reference`: the provider's id of the payment. */
export type PaymentCaptured = Fact<
  'PaymentCaptured',
  { paymentId: PaymentId; orderId: OrderId; amount: Money; reference: string; capturedAt: Instant }
>;

export type PaymentDeclined = Fact<
  'PaymentDeclined',
  { paymentId: PaymentId; orderId: OrderId; reason: string; declinedAt: Instant }
>;

export type PaymentRefundRequested = Fact<
  'PaymentRefundRequested',
  { paymentId: PaymentId; orderId: OrderId; refundId: RefundId; amount: Money; requestedAt: Instant }
>;

export type PaymentRefunded = Fact<
  'PaymentRefunded',
  {
    paymentId: PaymentId;
    orderId: OrderId;
    refundId: RefundId;
    amount: Money;
    reference: string;
    refundedAt: Instant;
  }
>;

export type PaymentRefundFailed = Fact<
  'PaymentRefundFailed',
  { paymentId: PaymentId; orderId: OrderId; refundId: RefundId; reason: string; failedAt: Instant }
>;

export type PaymentEvent =
  | PaymentRequested
  | PaymentCaptured
  | PaymentDeclined
  | PaymentRefundRequested
  | PaymentRefunded
  | PaymentRefundFailed;

export const paymentEventTypes = {
  PaymentRequested: true,
  PaymentCaptured: true,
  PaymentDeclined: true,
  PaymentRefundRequested: true,
  PaymentRefunded: true,
  PaymentRefundFailed: true,
} as const satisfies Record<PaymentEvent['type'], true>;

type To = { readonly paymentId: PaymentId; readonly at: Instant };

type RequestPayment = To & {
  readonly type: 'RequestPayment';
  readonly orderId: OrderId;
  readonly customerId: AccountId;
  readonly amount: Money;
  readonly method: string;
};

type RecordCapture = To & { readonly type: 'RecordCapture'; readonly reference: string };

type RecordDecline = To & { readonly type: 'RecordDecline'; readonly reason: string };

type RequestPaymentRefund = To & {
  readonly type: 'RequestPaymentRefund';
  readonly refundId: RefundId;
  readonly amount: Money;
};

type RecordPaymentRefund = To & {
  readonly type: 'RecordPaymentRefund';
  readonly refundId: RefundId;
  readonly reference: string;
};

/** The provider refuses for good. The same refund may be requested again. */
type RecordPaymentRefundFailure = To & {
  readonly type: 'RecordPaymentRefundFailure';
  readonly refundId: RefundId;
  readonly reason: string;
};

export type PaymentCommand =
  | RequestPayment
  | RecordCapture
  | RecordDecline
  | RequestPaymentRefund
  | RecordPaymentRefund
  | RecordPaymentRefundFailure;

export type PaymentStatus = 'REQUESTED' | 'CAPTURED' | 'DECLINED';

export type PaymentRejection =
  | { readonly code: 'PAYMENT_NOT_FOUND'; readonly paymentId: PaymentId }
  | { readonly code: 'PAYMENT_ALREADY_REQUESTED'; readonly paymentId: PaymentId }
  | { readonly code: 'PAYMENT_NOT_POSITIVE'; readonly amount: Money }
  | { readonly code: 'PAYMENT_WRONG_STATUS'; readonly paymentId: PaymentId; readonly status: PaymentStatus }
  | { readonly code: 'REFUND_NOT_POSITIVE'; readonly asked: Money }
  | { readonly code: 'REFUND_TOO_LARGE'; readonly refundable: Money; readonly asked: Money }
  | { readonly code: 'REFUND_NOT_FOUND'; readonly refundId: RefundId };

type Requested = {
  readonly paymentId: PaymentId;
  readonly orderId: OrderId;
  readonly amount: Money;
};

type RefundStatus = 'OPEN' | 'DONE' | 'FAILED';

type CapturedPayment = Requested & {
  readonly status: 'CAPTURED';
  readonly reference: string;
  readonly refunds: ReadonlyMap<RefundId, { readonly amount: Money; readonly status: RefundStatus }>;
};

type KnownPayment =
  | (Requested & { readonly status: 'REQUESTED' })
  | (Requested & { readonly status: 'DECLINED'; readonly reason: string })
  | CapturedPayment;

export type PaymentState = { readonly status: 'NONE' } | KnownPayment;

const initial: PaymentState = { status: 'NONE' };

/** Returns what was captured less all refunds that are done or open; a failed refund does not count. */
const refundableOf = ({ amount, refunds }: CapturedPayment): Money => {
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

const evolve = (state: PaymentState, event: PaymentEvent): PaymentState => {
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

type PaymentDecision = Decision<PaymentEvent, PaymentRejection>;

const wrongStatus = ({ paymentId, status }: KnownPayment): PaymentDecision =>
  reject({ code: 'PAYMENT_WRONG_STATUS', paymentId, status });

const requestPayment = (command: RequestPayment, state: PaymentState): PaymentDecision => {
  const { paymentId, orderId, customerId, amount, method, at } = command;
  if (state.status !== 'NONE') {
    // The same order and amount under the same id is a repeat; anything else is a conflict of ids.
    return state.orderId === orderId && equals(state.amount, amount)
      ? accept()
      : reject({ code: 'PAYMENT_ALREADY_REQUESTED', paymentId });
  }
  if (!isPositive(amount)) return reject({ code: 'PAYMENT_NOT_POSITIVE', amount });
  return accept({
    type: 'PaymentRequested',
    data: { paymentId, orderId, customerId, amount, method, requestedAt: at },
  });
};

const recordCapture = ({ reference, at }: RecordCapture, payment: KnownPayment): PaymentDecision => {
  if (payment.status === 'CAPTURED' && payment.reference === reference) return accept();
  // A payment is captured once. After a decline the customer starts another payment.
  if (payment.status !== 'REQUESTED') return wrongStatus(payment);
  const { paymentId, orderId, amount } = payment;
  return accept({
    type: 'PaymentCaptured',
    data: { paymentId, orderId, amount, reference, capturedAt: at },
  });
};

const recordDecline = ({ reason, at }: RecordDecline, payment: KnownPayment): PaymentDecision => {
  if (payment.status === 'DECLINED') return accept();
  // Captured money cannot be declined.
  if (payment.status === 'CAPTURED') return wrongStatus(payment);
  const { paymentId, orderId } = payment;
  return accept({ type: 'PaymentDeclined', data: { paymentId, orderId, reason, declinedAt: at } });
};

const requestRefund = (command: RequestPaymentRefund, payment: CapturedPayment): PaymentDecision => {
  const { refundId, amount, at } = command;
  const existing = payment.refunds.get(refundId);
  if (existing !== undefined && existing.status !== 'FAILED') return accept();
  if (!isPositive(amount)) return reject({ code: 'REFUND_NOT_POSITIVE', asked: amount });
  // All refunds together must not exceed the payment, and must be in its currency.
  const refundable = refundableOf(payment);
  if (amount.currency !== refundable.currency || amount.amountMinor > refundable.amountMinor)
    return reject({ code: 'REFUND_TOO_LARGE', refundable, asked: amount });
  const { paymentId, orderId } = payment;
  return accept({
    type: 'PaymentRefundRequested',
    data: { paymentId, orderId, refundId, amount, requestedAt: at },
  });
};

const recordRefund = (command: RecordPaymentRefund, payment: CapturedPayment): PaymentDecision => {
  const { refundId, reference, at } = command;
  const refund = payment.refunds.get(refundId);
  if (refund?.status === 'DONE') return accept();
  // The provider can only confirm an open refund.
  if (refund?.status !== 'OPEN') return reject({ code: 'REFUND_NOT_FOUND', refundId });
  const { paymentId, orderId } = payment;
  const { amount } = refund;
  return accept({
    type: 'PaymentRefunded',
    data: { paymentId, orderId, refundId, amount, reference, refundedAt: at },
  });
};

const recordRefundFailure = (
  { refundId, reason, at }: RecordPaymentRefundFailure,
  payment: CapturedPayment,
): PaymentDecision => {
  const refund = payment.refunds.get(refundId);
  if (refund?.status === 'FAILED') return accept();
  // A refund that is done cannot fail.
  if (refund?.status !== 'OPEN') return reject({ code: 'REFUND_NOT_FOUND', refundId });
  const { paymentId, orderId } = payment;
  return accept({
    type: 'PaymentRefundFailed',
    data: { paymentId, orderId, refundId, reason, failedAt: at },
  });
};

const decide = (command: PaymentCommand, state: PaymentState): PaymentDecision => {
  if (command.type === 'RequestPayment') return requestPayment(command, state);
  if (state.status === 'NONE') return reject({ code: 'PAYMENT_NOT_FOUND', paymentId: command.paymentId });
  if (command.type === 'RecordCapture') return recordCapture(command, state);
  if (command.type === 'RecordDecline') return recordDecline(command, state);
  // Only captured money can be refunded.
  if (state.status !== 'CAPTURED') return wrongStatus(state);
  switch (command.type) {
    case 'RequestPaymentRefund':
      return requestRefund(command, state);
    case 'RecordPaymentRefund':
      return recordRefund(command, state);
    case 'RecordPaymentRefundFailure':
      return recordRefundFailure(command, state);
    default:
      return unreachable(command);
  }
};

export const payment: Decider<PaymentState, PaymentCommand, PaymentEvent, PaymentRejection> = {
  category: 'payment',
  initial,
  decide,
  evolve,
};
