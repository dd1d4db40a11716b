import {
  type AccountId,
  type CaptureId,
  type Fact,
  type Instant,
  type NoteId,
  type OrderId,
  type PaymentId,
  type Place,
  type PostalAddress,
  type ProductId,
  type RefundId,
  type SerialNumber,
  type ShipmentId,
  type WarehouseId,
} from '../kernel';
import type { Money, TaxEntry } from '../money';
import type {
  CancellationReason,
  CancelledGoods,
  Gift,
  HoldReason,
  OrderLine,
  OrderPart,
  OrderPromotion,
  OrderShipping,
  OrderTax,
  ReducedPart,
  Sale,
} from './contents';

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
    /** The promotions whose amounts are split onto the lines as their discounts; absent where there are none. */
    promotions?: readonly OrderPromotion[] | undefined;
    /** Absent where the customer chose no method, and in events of earlier versions: the order is sent free of charge. */
    shipping?: OrderShipping | undefined;
    /** Absent where no tax is due, and in events of earlier versions. */
    tax?: OrderTax | undefined;
    /** The price of all lines after their discounts, the charge of the shipping, and the tax that they do not contain. */
    total: Money;
    destination: Place;
    /** The postal address at the destination; absent where the customer chose a place on the grid only. */
    shipTo?: PostalAddress | undefined;
    /** The customer's note to every seller of the order. */
    noteToSeller?: string | undefined;
    /** Present where the order is a gift. */
    gift?: Gift | undefined;
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
/** The sale of a seller in an order that is paid: the price with its tax before the discount, and the discount. */
export type SellerSale = { readonly sellerId: AccountId; readonly sold: Money; readonly discount: Money };
/** The part of a refund that a seller gives back. */
export type SellerRefund = { readonly sellerId: AccountId; readonly amount: Money };
export type OrderPaid = Fact<
  'OrderPaid',
  {
    orderId: OrderId;
    paymentId: PaymentId;
    paid: Money;
    /** Absent where the shop itself sold everything, where the money is held, and in events of earlier versions. */
    sellers?: readonly SellerSale[] | undefined;
    /** Present where the provider holds the money until then, and it is captured as the goods leave. */
    authorisedUntil?: Instant | undefined;
    paidAt: Instant;
  }
>;
type OfCapture = { orderId: OrderId; paymentId: PaymentId; captureId: CaptureId; shipmentId: ShipmentId };
/** Held money is to be taken before this shipment leaves. `upTo`: what is taken and not given back then. */
export type OrderCaptureRequested = Fact<
  'OrderCaptureRequested',
  OfCapture & { upTo: Money; requestedAt: Instant }
>;
/** The money for this shipment is taken; `amount` is 0 where enough was taken before. */
export type OrderCaptured = Fact<
  'OrderCaptured',
  OfCapture & {
    amount: Money;
    /** Present where nothing of the order was taken before: from now on the sale counts. */
    isFirst?: true | undefined;
    /** Present with `isFirst`: what the sellers sold, less what was released before. Absent as in a payment. */
    sellers?: readonly SellerSale[] | undefined;
    capturedAt: Instant;
  }
>;
/** The provider refused to take held money, for its own `reason`. The shipment waits; the capture may be tried again. */
export type OrderCaptureRefused = Fact<
  'OrderCaptureRefused',
  OfCapture & { reason: string; refusedAt: Instant }
>;
/** A line of a part: its goods without their price. */
export type ReleasedLine = Omit<OrderLine, 'unitPrice' | 'discount' | 'tax' | 'sellerId'>;
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
    lines: readonly ReleasedLine[];
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
  {
    orderId: OrderId;
    /** Absent in events of earlier versions. */
    customerId?: AccountId | undefined;
    destination: Place;
    /** The postal address at the destination; absent where it is a place on the grid only. */
    shipTo?: PostalAddress | undefined;
    changedAt: Instant;
  }
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
    /** Absent in events of earlier versions. */
    customerId?: AccountId | undefined;
    missed: Place;
    deliveredTo: Place;
    destination: Place;
    /** The postal address at `destination`; absent where none is known. */
    shipTo?: PostalAddress | undefined;
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
/**
 * Some of the goods of a paid order were cancelled before they were loaded; the refund of the same id, if they cost
 * anything, gives their price back. `parts`: those that the goods were to come from; none before the allocation.
 */
export type OrderGoodsCancelled = Fact<
  'OrderGoodsCancelled',
  {
    orderId: OrderId;
    refundId: RefundId;
    lines: readonly CancelledGoods[];
    parts: readonly ReducedPart[];
    reason: Exclude<CancellationReason, 'payment-overdue'>;
    cancelledAt: Instant;
  }
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
    /** The part of the order's tax that goes back with the amount: `net` and `tax` add up to it. */
    tax?: readonly TaxEntry[] | undefined;
    reason: string;
    requestedAt: Instant;
  }
>;
/** `inFull`: everything that was paid has now been refunded. */
export type OrderRefunded = Fact<
  'OrderRefunded',
  {
    orderId: OrderId;
    refundId: RefundId;
    amount: Money;
    inFull: boolean;
    /** The parts that sellers give back, the shop has the rest; absent as in the payment. */
    sellers?: readonly SellerRefund[] | undefined;
    /** Present where the money was held and nothing of the order was taken yet: it was not moved at all. */
    isUntaken?: true | undefined;
    refundedAt: Instant;
  }
>;
/**
 * The provider refused the refund for good, for its own `reason`. The money is still owed, and a new refund may be
 * requested.
 */
export type OrderRefundRefused = Fact<
  'OrderRefundRefused',
  { orderId: OrderId; refundId: RefundId; amount: Money; reason: string; refusedAt: Instant }
>;
/** An internal note, which only staff see. `addedBy`: the account that wrote it. `customerId`: absent in notes of earlier versions. */
export type OrderNoteAdded = Fact<
  'OrderNoteAdded',
  {
    orderId: OrderId;
    noteId: NoteId;
    text: string;
    addedBy: AccountId;
    addedAt: Instant;
    customerId?: AccountId | undefined;
  }
>;
/** Staff tagged the order, to find it again. */
export type OrderTagged = Fact<
  'OrderTagged',
  { orderId: OrderId; tag: string; taggedBy: AccountId; taggedAt: Instant }
>;
export type OrderUntagged = Fact<
  'OrderUntagged',
  { orderId: OrderId; tag: string; untaggedBy: AccountId; untaggedAt: Instant }
>;
/**
 * Staff hold the order for a reason, until they release it. `tooLateFor`: the parts that may be on a truck already, which
 * the hold does not stop. Perhaps personal data: `comment`.
 */
export type OrderHeld = Fact<
  'OrderHeld',
  {
    orderId: OrderId;
    reason: HoldReason;
    comment?: string | undefined;
    tooLateFor: readonly ShipmentId[];
    heldBy: AccountId;
    heldAt: Instant;
  }
>;
/** `goesOn`: no other hold is left. `unpaid`: present if the order goes on and waits for its payment, until `payBy`. */
export type OrderHoldReleased = Fact<
  'OrderHoldReleased',
  {
    orderId: OrderId;
    reason: HoldReason;
    goesOn: boolean;
    unpaid?:
      { readonly number: SerialNumber; readonly customerId: AccountId; readonly payBy: Instant } | undefined;
    releasedBy: AccountId;
    releasedAt: Instant;
  }
>;

export type OrderEvent =
  | OrderPlaced
  | OrderSaleRecorded
  | OrderAllocated
  | OrderLineSupplied
  | OrderPaymentStarted
  | OrderPaymentDeclined
  | OrderPaid
  | OrderCaptureRequested
  | OrderCaptured
  | OrderCaptureRefused
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
  | OrderGoodsCancelled
  | OrderRefundRequested
  | OrderRefunded
  | OrderRefundRefused
  | OrderNoteAdded
  | OrderTagged
  | OrderUntagged
  | OrderHeld
  | OrderHoldReleased;

export const orderEventTypes = {
  OrderPlaced: true,
  OrderSaleRecorded: true,
  OrderAllocated: true,
  OrderLineSupplied: true,
  OrderPaymentStarted: true,
  OrderPaymentDeclined: true,
  OrderPaid: true,
  OrderCaptureRequested: true,
  OrderCaptured: true,
  OrderCaptureRefused: true,
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
  OrderGoodsCancelled: true,
  OrderRefundRequested: true,
  OrderRefunded: true,
  OrderRefundRefused: true,
  OrderNoteAdded: true,
  OrderTagged: true,
  OrderUntagged: true,
  OrderHeld: true,
  OrderHoldReleased: true,
} as const satisfies Record<OrderEvent['type'], true>;
