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

/** A sold product with its name and price at the time of the sale. */
export type OrderLine = {
  readonly productId: ProductId;
  readonly productNumber: SerialNumber;
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  /** Absent where the shop itself sold the product, and in events of earlier versions. */
  readonly sellerId?: AccountId | undefined;
};

/** The part of an order that leaves one warehouse in one shipment. */
export type OrderPart = {
  readonly shipmentId: ShipmentId;
  readonly warehouseId: WarehouseId;
  readonly lines: readonly {
    readonly productId: ProductId;
    readonly quantity: number;
    /** True while the order waits for these goods. */
    readonly awaitingStock: boolean;
  }[];
};

/** The origin of an imported order. */
export type Sale = {
  /** The order's name in the imported list, such as an invoice number. */
  readonly source: string;
  readonly reference: string;
  readonly soldAt?: Instant | undefined;
  /** The buyer's country as the list writes it. */
  readonly country?: string | undefined;
};

export type CancellationReason = 'requested-by-customer' | 'requested-by-staff' | 'payment-overdue';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
export type OrderPlaced = Fact<
  'OrderPlaced',
  {
    orderId: OrderId;
    number: SerialNumber;
    customerId: AccountId;
    /** The generation of the cart that became this order; absent for an order without a cart. */
    cartGeneration?: number | undefined;
    lines: readonly OrderLine[];
    total: Money;
    destination: Place;
    /** The customer's account with the carrier. */
    carrierAccount?: string | undefined;
    /** The warehouse that the customer prefers. */
    warehouseId?: WarehouseId | undefined;
    /** The method of a payment at once; absent where the customer pays later. */
    paymentMethod?: string | undefined;
    /** The payment that starts with the order; present only with `paymentMethod`. */
    paymentId?: PaymentId | undefined;
    /** The order expires if it is unpaid after this time. */
    payBy: Instant;
    placedAt: Instant;
    /** Present only in an imported order. */
    sale?: Sale | undefined;
  }
>;
/** The sale of an order that was imported by a version that did not store it. */
export type OrderSaleRecorded = Fact<
  'OrderSaleRecorded',
  {
    orderId: OrderId;
    sale: Sale;
    /** The order as it was counted without its sale. */
    order?: { readonly placedAt: Instant; readonly total: Money; readonly units: number };
    recordedAt: Instant;
  }
>;
export type OrderAllocated = Fact<
  'OrderAllocated',
  { orderId: OrderId; parts: readonly OrderPart[]; allocatedAt: Instant }
>;
/** Goods that the order waited for have been reserved. */
export type OrderLineSupplied = Fact<
  'OrderLineSupplied',
  { orderId: OrderId; warehouseId: WarehouseId; productId: ProductId; suppliedAt: Instant }
>;
/** The order is reserved for this payment, so that no second one is captured. */
export type OrderPaymentStarted = Fact<
  'OrderPaymentStarted',
  { orderId: OrderId; paymentId: PaymentId; method: string; startedAt: Instant }
>;
/** The payment took no money, and another one may start. */
export type OrderPaymentDeclined = Fact<
  'OrderPaymentDeclined',
  { orderId: OrderId; paymentId: PaymentId; declinedAt: Instant }
>;
export type OrderPaid = Fact<
  'OrderPaid',
  { orderId: OrderId; paymentId: PaymentId; paid: Money; paidAt: Instant }
>;
/** The order is paid and all goods of the part are reserved: the part becomes a shipment. */
export type OrderPartReleased = Fact<
  'OrderPartReleased',
  {
    orderId: OrderId;
    orderNumber: SerialNumber;
    customerId: AccountId;
    shipmentId: ShipmentId;
    warehouseId: WarehouseId;
    destination: Place;
    carrierAccount?: string | undefined;
    lines: readonly Omit<OrderLine, 'unitPrice' | 'sellerId'>[];
    releasedAt: Instant;
  }
>;
/**
 * The goods of a part that could not be packed come from another warehouse, where the order waits for them until they
 * are reserved. `shipmentId` and `warehouseId`: of the part as it was.
 */
export type OrderPartMoved = Fact<
  'OrderPartMoved',
  { orderId: OrderId; shipmentId: ShipmentId; warehouseId: WarehouseId; part: OrderPart; movedAt: Instant }
>;
export type OrderDestinationChanged = Fact<
  'OrderDestinationChanged',
  { orderId: OrderId; destination: Place; changedAt: Instant }
>;
/** The part may be loaded from now on and cannot be stopped. Recorded before the World gets the command. */
export type OrderPartLoadingStarted = Fact<
  'OrderPartLoadingStarted',
  { orderId: OrderId; shipmentId: ShipmentId; attempt: number; startedAt: Instant }
>;
/** The part could not be loaded. It is on no truck and can be stopped again. */
export type OrderPartLoadingFailed = Fact<
  'OrderPartLoadingFailed',
  { orderId: OrderId; shipmentId: ShipmentId; attempt: number; failedAt: Instant }
>;
/** The first shipment of the order is on a truck. */
export type OrderShipped = Fact<'OrderShipped', { orderId: OrderId; shippedAt: Instant }>;
/**
 * A change of destination came too late for this part. `destination`: the order's destination from now on; it is
 * `deliveredTo` again if no part is left that the change can reach.
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
    /** The goods that come back, if the refund is for goods. */
    lines?: readonly { readonly productId: ProductId; readonly quantity: number }[] | undefined;
    reason: string;
    requestedAt: Instant;
  }
>;
/** `inFull`: everything that was paid has now been refunded. */
export type OrderRefunded = Fact<
  'OrderRefunded',
  { orderId: OrderId; refundId: RefundId; amount: Money; inFull: boolean; refundedAt: Instant }
>;
/**
 * The provider refused the refund for good, for its own `reason`. The money is still owed, and a new refund may be
 * requested.
 */
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
  | OrderPartMoved
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
  OrderPartMoved: true,
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
