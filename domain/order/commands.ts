import type {
  AccountId,
  Instant,
  OrderId,
  PaymentId,
  Place,
  ProductId,
  RefundId,
  SerialNumber,
  ShipmentId,
  WarehouseId,
} from '../kernel';
import type { Money } from '../money';
import type { OrderLine, OrderPart, Sale } from './events';

type To = { readonly orderId: OrderId; readonly at: Instant };

/** `requestedBy`: the customer who asks; someone else's order is then not found. Absent: staff or the platform asks. */
type MaybeByCustomer = { readonly requestedBy?: AccountId };

/**
 * The lines as the customer saw them (`unitPrice`) beside today's price: a difference is refused, so that nobody pays a
 * price they have not seen.
 */
export type PlaceOrder = To & {
  readonly type: 'PlaceOrder';
  readonly number: SerialNumber;
  readonly customerId: AccountId;
  readonly cartGeneration?: number;
  readonly lines: readonly (OrderLine & { readonly currentPrice: Money })[];
  readonly destination: Place;
  readonly carrierAccount?: string;
  readonly warehouseId?: WarehouseId;
  readonly paymentMethod?: string;
  /** The payment that `paymentMethod` begins: it holds the order from the start. */
  readonly paymentId?: PaymentId;
  readonly payBy: Instant;
  /** Of an order that was made elsewhere. The same sale again changes nothing; another one under the same id is refused. */
  readonly sale?: Sale;
};
export type AllocateOrder = To & { readonly type: 'AllocateOrder'; readonly parts: readonly OrderPart[] };
export type RecordLineSupplied = To & {
  readonly type: 'RecordLineSupplied';
  readonly warehouseId: WarehouseId;
  readonly productId: ProductId;
};
/** Holds the order for one payment, before the provider is asked. One payment at a time. */
export type StartPayment = To & {
  readonly type: 'StartPayment';
  readonly paymentId: PaymentId;
  readonly method: string;
};
/** The payment took nothing; the order can be paid in another way. */
export type RecordPaymentDecline = To & {
  readonly type: 'RecordPaymentDecline';
  readonly paymentId: PaymentId;
};
export type RecordPayment = To & {
  readonly type: 'RecordPayment';
  readonly paymentId: PaymentId;
  readonly paid: Money;
};
export type ChangeOrderDestination = To &
  MaybeByCustomer & { readonly type: 'ChangeOrderDestination'; readonly destination: Place };
/** Asks leave to have a released part loaded. Once it is given, the order cannot be cancelled. */
export type StartPartLoading = To & {
  readonly type: 'StartPartLoading';
  readonly shipmentId: ShipmentId;
  /** Counts the shipment's tries to be loaded from 1. */
  readonly attempt: number;
};
/** That try was refused for good: the part is on no truck, unless a later try is under way. */
export type RecordPartLoadingFailed = To & {
  readonly type: 'RecordPartLoadingFailed';
  readonly shipmentId: ShipmentId;
  readonly attempt: number;
};
export type RecordPartShipped = To & { readonly type: 'RecordPartShipped'; readonly shipmentId: ShipmentId };
export type RecordPartDelivered = To & {
  readonly type: 'RecordPartDelivered';
  readonly shipmentId: ShipmentId;
};
/** A change of the destination did not reach this part: it had been delivered to `deliveredTo`. */
export type RecordRedirectMissed = To & {
  readonly type: 'RecordRedirectMissed';
  readonly shipmentId: ShipmentId;
  readonly missed: Place;
  readonly deliveredTo: Place;
};
export type ConfirmReceipt = To & MaybeByCustomer & { readonly type: 'ConfirmReceipt' };
/** Unpaid: cancelled. Paid and nothing of it being loaded or gone: everything is refunded under `refundId`. */
export type CancelOrder = To &
  MaybeByCustomer & { readonly type: 'CancelOrder'; readonly refundId: RefundId };
/** Cancels an order that is unpaid after its `payBy`; a paid one is left alone. */
export type ExpireOrder = To & { readonly type: 'ExpireOrder' };
/** Gives back `amount` (for `lines`, where goods come back) of a paid order, whole or in part. */
export type RequestRefund = To & {
  readonly type: 'RequestRefund';
  readonly refundId: RefundId;
  readonly amount: Money;
  readonly lines?: readonly { readonly productId: ProductId; readonly quantity: number }[];
  readonly reason: string;
};
export type RecordRefund = To & { readonly type: 'RecordRefund'; readonly refundId: RefundId };
/** The provider said no for good. `reason`: a sentence for people. */
export type RecordRefundRefusal = To & {
  readonly type: 'RecordRefundRefusal';
  readonly refundId: RefundId;
  readonly reason: string;
};

export type OrderCommand =
  | PlaceOrder
  | AllocateOrder
  | RecordLineSupplied
  | StartPayment
  | RecordPaymentDecline
  | RecordPayment
  | ChangeOrderDestination
  | StartPartLoading
  | RecordPartLoadingFailed
  | RecordPartShipped
  | RecordPartDelivered
  | RecordRedirectMissed
  | ConfirmReceipt
  | CancelOrder
  | ExpireOrder
  | RequestRefund
  | RecordRefund
  | RecordRefundRefusal;
