import type { Instant, OrderId } from '../../domain/kernel';
import type { Money } from '../../domain/money';
import type { PayerAction } from '../../domain/payment';

/** A payment at the provider. `key`: the same key is the same payment in every request. */
export type PaymentAtProvider = {
  readonly key: string;
  /** The customer's method: one of `methods`. */
  readonly method: string;
  readonly amount: Money;
  readonly orderId: OrderId;
};

/** A request to capture. */
export type CaptureRequest = PaymentAtProvider & {
  /** The end of the time in which the payer may act. A provider that can is given it. */
  readonly payBy: Instant;
};

export type CaptureResult =
  /** The whole amount was taken. An adapter compares amount, currency and account before it says so. */
  | { readonly kind: 'captured'; readonly reference: string }
  /**
   * Permanent: nothing was taken, nor will be under this key. The customer needs another payment. `reason`: a sentence that the
   * customer may read.
   */
  | { readonly kind: 'declined'; readonly reason: string }
  /** Nothing was taken yet: the payer must act first. */
  | { readonly kind: 'action-required'; readonly action: PayerAction }
  /** The provider has accepted the payment and decides later. */
  | { readonly kind: 'pending' }
  /** The money may or may not have moved. Repeat the request with the same key. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** A request to refund. `reference`: the provider's id of the capture. */
export type RefundRequest = { readonly key: string; readonly reference: string; readonly amount: Money };

export type RefundResult =
  | { readonly kind: 'refunded'; readonly reference: string }
  | { readonly kind: 'declined'; readonly reason: string }
  /** The provider has accepted the refund and decides later. */
  | { readonly kind: 'pending' }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * The provider that moves the money. Idempotent by key; it returns a result wherever possible instead of throwing. Every adapter
 * passes tests/contract/payment-provider.contract.ts.
 */
export interface PaymentProvider {
  readonly methods: readonly string[];
  /** Takes the money, or begins to. The same request again does not take it again, and answers how the payment stands. */
  capture(request: CaptureRequest): Promise<CaptureResult>;
  /** Answers how a payment stands that was begun. It moves nothing. */
  find(payment: PaymentAtProvider): Promise<CaptureResult>;
  /**
   * Ends a payment that is not captured, as far as the provider can, and answers how it stands then: `declined` where it can take
   * no money any more, `captured` where the payer was faster, `pending` where it cannot be ended now.
   */
  cancel(payment: PaymentAtProvider): Promise<CaptureResult>;
  refund(request: RefundRequest): Promise<RefundResult>;
  /** Answers how a refund stands that was accepted. It moves nothing. */
  findRefund(request: RefundRequest): Promise<RefundResult>;
}
