import type { AccountId, CaptureId, Fact, Instant, OrderId, PaymentId, RefundId } from '../kernel';
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

/** The payment is to be authorised: the provider holds the money, and it is captured later. */
export type PaymentAuthorisationRequested = Fact<
  'PaymentAuthorisationRequested',
  { paymentId: PaymentId; orderId: OrderId; method: string; requestedAt: Instant }
>;

/** The provider holds the money until `authorisedUntil` and has taken none of it. `reference`: its id of the authorisation. */
export type PaymentAuthorised = Fact<
  'PaymentAuthorised',
  {
    paymentId: PaymentId;
    orderId: OrderId;
    amount: Money;
    reference: string;
    authorisedUntil: Instant;
    authorisedAt: Instant;
  }
>;

type OfCapture = { paymentId: PaymentId; orderId: OrderId; captureId: CaptureId };

/** A part of the held money, or all of it, is to be taken. */
export type PaymentCaptureRequested = Fact<
  'PaymentCaptureRequested',
  OfCapture & { amount: Money; requestedAt: Instant }
>;

/** The provider has accepted the capture and decides on it later. */
export type PaymentCapturePending = Fact<'PaymentCapturePending', OfCapture & { pendingAt: Instant }>;

/** The provider has taken a part of the held money, or all of it. `reference`: its id of the capture. */
export type PaymentPartCaptured = Fact<
  'PaymentPartCaptured',
  OfCapture & { amount: Money; reference: string; capturedAt: Instant }
>;

/** The provider has taken nothing, for its own `reason`. The money may still be held. */
export type PaymentCaptureRefused = Fact<
  'PaymentCaptureRefused',
  OfCapture & { amount: Money; reason: string; refusedAt: Instant }
>;

/** A refund of money that was held and not taken: it never will be. */
export type PaymentReleased = Fact<
  'PaymentReleased',
  { paymentId: PaymentId; orderId: OrderId; refundId: RefundId; amount: Money; releasedAt: Instant }
>;

/** The provider holds nothing any more. `amount`: what it held and did not take. */
export type PaymentVoided = Fact<
  'PaymentVoided',
  { paymentId: PaymentId; orderId: OrderId; amount: Money; voidedAt: Instant }
>;

/** The provider does not end the authorisation before its time, for its own `reason`. */
export type PaymentVoidRefused = Fact<
  'PaymentVoidRefused',
  { paymentId: PaymentId; orderId: OrderId; reason: string; refusedAt: Instant }
>;

export type PaymentDeclined = Fact<
  'PaymentDeclined',
  { paymentId: PaymentId; orderId: OrderId; reason: string; declinedAt: Instant }
>;

/** `amount`: what the provider is to give back. `released`: what goes back besides, because it was held and not taken. */
export type PaymentRefundRequested = Fact<
  'PaymentRefundRequested',
  {
    paymentId: PaymentId;
    orderId: OrderId;
    refundId: RefundId;
    amount: Money;
    released?: Money | undefined;
    requestedAt: Instant;
  }
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
    /** The sum that went back with it, because it was held and not taken; absent where there is none. */
    released?: Money | undefined;
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
  | PaymentAuthorisationRequested
  | PaymentAuthorised
  | PaymentCaptureRequested
  | PaymentCapturePending
  | PaymentPartCaptured
  | PaymentCaptureRefused
  | PaymentReleased
  | PaymentVoided
  | PaymentVoidRefused
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
  PaymentAuthorisationRequested: true,
  PaymentAuthorised: true,
  PaymentCaptureRequested: true,
  PaymentCapturePending: true,
  PaymentPartCaptured: true,
  PaymentCaptureRefused: true,
  PaymentReleased: true,
  PaymentVoided: true,
  PaymentVoidRefused: true,
  PaymentDeclined: true,
  PaymentRefundRequested: true,
  PaymentRefundPending: true,
  PaymentRefunded: true,
  PaymentRefundFailed: true,
} as const satisfies Record<PaymentEvent['type'], true>;
