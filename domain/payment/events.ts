import type { AccountId, Fact, Instant, OrderId, PaymentId, RefundId } from '../kernel';
import type { Money } from '../money';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
export type PaymentRequested = Fact<
  'PaymentRequested',
  {
    paymentId: PaymentId;
    orderId: OrderId;
    customerId: AccountId;
    amount: Money;
    /** Names the payment provider, e.g. `test`. */
    method: string;
    requestedAt: Instant;
  }
>;
/** `reference`: the provider's own name of the payment. */
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
