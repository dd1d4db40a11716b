import type { OrderId } from '../../domain/kernel';
import type { Money } from '../../domain/money';

/** A request to capture. `key`: the same key again is the same capture. */
export type CaptureRequest = {
  readonly key: string;
  /** The customer's method: one of `methods`. */
  readonly method: string;
  readonly amount: Money;
  readonly orderId: OrderId;
};

export type CaptureResult =
  | { readonly kind: 'captured'; readonly reference: string }
  /** Permanent: the customer needs another payment. `reason`: a sentence that the customer may read. */
  | { readonly kind: 'declined'; readonly reason: string }
  /** The money may or may not have moved. Repeat the request with the same key. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** A request to refund. `reference`: the provider's id of the capture. */
export type RefundRequest = { readonly key: string; readonly reference: string; readonly amount: Money };

export type RefundResult =
  | { readonly kind: 'refunded'; readonly reference: string }
  | { readonly kind: 'declined'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** The provider that moves the money. Idempotent by key; it returns a result wherever possible instead of throwing. */
export interface PaymentProvider {
  readonly methods: readonly string[];
  capture(request: CaptureRequest): Promise<CaptureResult>;
  refund(request: RefundRequest): Promise<RefundResult>;
}
