import type {
  AccountId,
  Fact,
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

/** What was sold, as it was named and priced at that moment. */
export type OrderLine = {
  readonly productId: ProductId;
  readonly productNumber: SerialNumber;
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: Money;
};

/** The share of an order that leaves one warehouse, in one shipment. */
export type OrderPart = {
  readonly shipmentId: ShipmentId;
  readonly warehouseId: WarehouseId;
  readonly lines: readonly {
    readonly productId: ProductId;
    readonly quantity: number;
    /** True while the order queues for these goods. */
    readonly awaitingStock: boolean;
  }[];
};

/** Where and when an order was sold that was made elsewhere and imported. */
export type Sale = {
  /** The list that the order comes from, and its name there, such as an invoice number. */
  readonly source: string;
  readonly reference: string;
  readonly soldAt?: Instant;
  /** The buyer's country, as the list writes it. */
  readonly country?: string;
};

export type CancellationReason = 'requested-by-customer' | 'requested-by-staff' | 'payment-overdue';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
export type OrderPlaced = Fact<
  'OrderPlaced',
  {
    orderId: OrderId;
    number: SerialNumber;
    customerId: AccountId;
    /** The generation of the cart that it came from; absent where it did not come from a cart. */
    cartGeneration?: number;
    lines: readonly OrderLine[];
    total: Money;
    destination: Place;
    /** The customer's account with the carrier. */
    carrierAccount?: string;
    /** The warehouse that the customer asked for. */
    warehouseId?: WarehouseId;
    /** How it is to be paid at once; absent where the customer pays it later. */
    paymentMethod?: string;
    /** The payment that holds the order from the start; only beside `paymentMethod`. */
    paymentId?: PaymentId;
    /** Expires unpaid after this. */
    payBy: Instant;
    placedAt: Instant;
    /** Absent where the order was made here. */
    sale?: Sale;
  }
>;
/** An imported order of which the sale was not kept at first. */
export type OrderSaleRecorded = Fact<
  'OrderSaleRecorded',
  { orderId: OrderId; sale: Sale; recordedAt: Instant }
>;
export type OrderAllocated = Fact<
  'OrderAllocated',
  { orderId: OrderId; parts: readonly OrderPart[]; allocatedAt: Instant }
>;
/** Goods that the order queued for have been set aside. */
export type OrderLineSupplied = Fact<
  'OrderLineSupplied',
  { orderId: OrderId; warehouseId: WarehouseId; productId: ProductId; suppliedAt: Instant }
>;
/** The order is held for this payment, so that no other one is captured beside it. */
export type OrderPaymentStarted = Fact<
  'OrderPaymentStarted',
  { orderId: OrderId; paymentId: PaymentId; method: string; startedAt: Instant }
>;
/** The payment took nothing, and another one may start. */
export type OrderPaymentDeclined = Fact<
  'OrderPaymentDeclined',
  { orderId: OrderId; paymentId: PaymentId; declinedAt: Instant }
>;
export type OrderPaid = Fact<
  'OrderPaid',
  { orderId: OrderId; paymentId: PaymentId; paid: Money; paidAt: Instant }
>;
/** Paid and all its goods set aside: the part may become a shipment. */
export type OrderPartReleased = Fact<
  'OrderPartReleased',
  {
    orderId: OrderId;
    orderNumber: SerialNumber;
    customerId: AccountId;
    shipmentId: ShipmentId;
    warehouseId: WarehouseId;
    destination: Place;
    carrierAccount?: string;
    lines: readonly Omit<OrderLine, 'unitPrice'>[];
    releasedAt: Instant;
  }
>;
export type OrderDestinationChanged = Fact<
  'OrderDestinationChanged',
  { orderId: OrderId; destination: Place; changedAt: Instant }
>;
/** The part may be loaded from now on, so that it can no longer be stopped. Recorded before the World is asked. */
export type OrderPartLoadingStarted = Fact<
  'OrderPartLoadingStarted',
  { orderId: OrderId; shipmentId: ShipmentId; attempt: number; startedAt: Instant }
>;
/** The part could not be loaded: it is on no truck, and can be stopped again. */
export type OrderPartLoadingFailed = Fact<
  'OrderPartLoadingFailed',
  { orderId: OrderId; shipmentId: ShipmentId; attempt: number; failedAt: Instant }
>;
/** The first of its shipments is on a truck. */
export type OrderShipped = Fact<'OrderShipped', { orderId: OrderId; shippedAt: Instant }>;
/**
 * A change of the destination came too late for this part. `destination`: where the order goes now, which is `deliveredTo`
 * again when no part is left that can still go where it was sent.
 */
export type OrderRedirectMissed = Fact<
  'OrderRedirectMissed',
  {
    orderId: OrderId;
    shipmentId: ShipmentId;
    missed: Place;
    deliveredTo: Place;
    destination: Place;
    missedAt: Instant;
  }
>;
export type OrderPartDelivered = Fact<
  'OrderPartDelivered',
  { orderId: OrderId; shipmentId: ShipmentId; deliveredAt: Instant }
>;
/** Every part is delivered. */
export type OrderFulfilled = Fact<'OrderFulfilled', { orderId: OrderId; fulfilledAt: Instant }>;
/** The customer confirmed the receipt. */
export type OrderCompleted = Fact<'OrderCompleted', { orderId: OrderId; completedAt: Instant }>;
export type OrderCancelled = Fact<
  'OrderCancelled',
  { orderId: OrderId; reason: CancellationReason; cancelledAt: Instant }
>;
export type OrderRefundRequested = Fact<
  'OrderRefundRequested',
  {
    orderId: OrderId;
    paymentId: PaymentId;
    refundId: RefundId;
    amount: Money;
    /** What comes back, where the refund is for goods. */
    lines?: readonly { readonly productId: ProductId; readonly quantity: number }[];
    reason: string;
    requestedAt: Instant;
  }
>;
/** `inFull`: everything that was paid has now been given back. */
export type OrderRefunded = Fact<
  'OrderRefunded',
  { orderId: OrderId; refundId: RefundId; amount: Money; inFull: boolean; refundedAt: Instant }
>;
/** The provider will not give it back, for good: `reason` is its own. The money is still owed, and may be asked back anew. */
export type OrderRefundRefused = Fact<
  'OrderRefundRefused',
  { orderId: OrderId; refundId: RefundId; amount: Money; reason: string; refusedAt: Instant }
>;

export type OrderEvent =
  | OrderPlaced
  | OrderSaleRecorded
  | OrderAllocated
  | OrderLineSupplied
  | OrderPaymentStarted
  | OrderPaymentDeclined
  | OrderPaid
  | OrderPartReleased
  | OrderDestinationChanged
  | OrderPartLoadingStarted
  | OrderPartLoadingFailed
  | OrderShipped
  | OrderRedirectMissed
  | OrderPartDelivered
  | OrderFulfilled
  | OrderCompleted
  | OrderCancelled
  | OrderRefundRequested
  | OrderRefunded
  | OrderRefundRefused;

export const orderEventTypes = {
  OrderPlaced: true,
  OrderSaleRecorded: true,
  OrderAllocated: true,
  OrderLineSupplied: true,
  OrderPaymentStarted: true,
  OrderPaymentDeclined: true,
  OrderPaid: true,
  OrderPartReleased: true,
  OrderDestinationChanged: true,
  OrderPartLoadingStarted: true,
  OrderPartLoadingFailed: true,
  OrderShipped: true,
  OrderRedirectMissed: true,
  OrderPartDelivered: true,
  OrderFulfilled: true,
  OrderCompleted: true,
  OrderCancelled: true,
  OrderRefundRequested: true,
  OrderRefunded: true,
  OrderRefundRefused: true,
} as const satisfies Record<OrderEvent['type'], true>;
