import type { OrderId } from '../../domain/kernel';
import type { Money } from '../../domain/money';

/** `key`: the same key again is the same capture, however often it is asked for. */
export type CaptureRequest = {
  readonly key: string;
  /** How the customer pays: one of `methods`. */
  readonly method: string;
  readonly amount: Money;
  readonly orderId: OrderId;
};

export type CaptureResult =
  | { readonly kind: 'captured'; readonly reference: string }
  /** For good: the customer tries anew. `reason`: a sentence that the customer may read. */
  | { readonly kind: 'declined'; readonly reason: string }
  /** Money may have moved or not. Ask again with the same key. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** `reference`: the provider's name of the capture that the money goes back from. */
export type RefundRequest = { readonly key: string; readonly reference: string; readonly amount: Money };

export type RefundResult =
  | { readonly kind: 'refunded'; readonly reference: string }
  | { readonly kind: 'declined'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Whoever moves the money. Idempotent by key; never throws for what it can say with a result. */
export interface PaymentProvider {
  readonly methods: readonly string[];
  capture(request: CaptureRequest): Promise<CaptureResult>;
  refund(request: RefundRequest): Promise<RefundResult>;
}
