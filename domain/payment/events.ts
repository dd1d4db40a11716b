import type { AccountId, Fact, Instant, OrderId, PaymentId, RefundId } from '../kernel';
import type { Money } from '../money';

/**
 * The step by which the payer makes the payment. `REDIRECT`: the payer opens `url`, an address of the provider, or a path of the
 * shop. `APP`: a client gives `payload` to the app of the provider, or draws it as a QR code.
 */
export type PayerAction =
  { readonly kind: 'REDIRECT'; readonly url: string } | { readonly kind: 'APP'; readonly payload: string };

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

/** The payment needs a step of the payer, which the provider has answered with. */
export type PaymentActionRequired = Fact<
  'PaymentActionRequired',
  { paymentId: PaymentId; orderId: OrderId; method: string; action: PayerAction; requiredAt: Instant }
>;

/** The provider has accepted the payment and decides on it later. */
export type PaymentPending = Fact<
  'PaymentPending',
  { paymentId: PaymentId; orderId: OrderId; method: string; pendingAt: Instant }
>;

export type PaymentDeclined = Fact<
  'PaymentDeclined',
  { paymentId: PaymentId; orderId: OrderId; reason: string; declinedAt: Instant }
>;

export type PaymentRefundRequested = Fact<
  'PaymentRefundRequested',
  { paymentId: PaymentId; orderId: OrderId; refundId: RefundId; amount: Money; requestedAt: Instant }
>;

/** The provider has accepted the refund and decides on it later. */
export type PaymentRefundPending = Fact<
  'PaymentRefundPending',
  { paymentId: PaymentId; orderId: OrderId; refundId: RefundId; pendingAt: Instant }
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
  | PaymentActionRequired
  | PaymentPending
  | PaymentCaptured
  | PaymentDeclined
  | PaymentRefundRequested
  | PaymentRefundPending
  | PaymentRefunded
  | PaymentRefundFailed;

export const paymentEventTypes = {
  PaymentRequested: true,
  PaymentActionRequired: true,
  PaymentPending: true,
  PaymentCaptured: true,
  PaymentDeclined: true,
  PaymentRefundRequested: true,
  PaymentRefundPending: true,
  PaymentRefunded: true,
  PaymentRefundFailed: true,
} as const satisfies Record<PaymentEvent['type'], true>;
