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

/** A request to capture, or to authorise. */
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
  /** The whole amount is held until then, and nothing was taken. Only of a payment that was to be authorised. */
  | { readonly kind: 'authorised'; readonly reference: string; readonly authorisedUntil: Instant }
  /** The money may or may not have moved. Repeat the request with the same key. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** A request to take held money, all or in part. `reference`: the provider's id of the authorisation. */
export type PartCaptureRequest = {
  readonly key: string;
  readonly reference: string;
  readonly amount: Money;
};

export type PartCaptureResult =
  | { readonly kind: 'captured'; readonly reference: string }
  /** Permanent for this key: nothing was taken. `reason`: a sentence for staff. */
  | { readonly kind: 'declined'; readonly reason: string }
  /** The provider has accepted the capture and decides later. */
  | { readonly kind: 'pending' }
  | { readonly kind: 'unknown'; readonly reason: string };

export type VoidResult =
  /** Nothing is held any more, also where the authorisation had ended by itself. */
  | { readonly kind: 'voided' }
  /** It stays until its end. `reason`: a sentence for staff. */
  | { readonly kind: 'declined'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** A provider's ways to hold money first and take it later. */
export interface Authorisations {
  /**
   * Holds the money, or begins to. The same request again holds nothing more, and answers how the payment stands. `captured` where
   * the method cannot be held: the money was taken at once.
   */
  authorise(request: CaptureRequest): Promise<CaptureResult>;
  /** Takes held money. Several captures together take no more than is held, and none takes any after the end of the authorisation. */
  capture(request: PartCaptureRequest): Promise<PartCaptureResult>;
  /** Answers how a capture stands that was accepted. It moves nothing. */
  findCapture(request: PartCaptureRequest): Promise<PartCaptureResult>;
  /** Ends the authorisation: what is held and not captured is free again. */
  void(authorisation: { readonly reference: string }): Promise<VoidResult>;
}

/** A request to refund. `reference`: the provider's id of the capture, or of the authorisation whose captures are given back. */
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
  /** Absent where the provider takes each payment at once. `find` and `cancel` also answer about authorised payments. */
  readonly authorisations?: Authorisations | undefined;
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
