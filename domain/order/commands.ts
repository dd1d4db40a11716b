import type {
  AccountId,
  AddressRejection,
  CaptureId,
  ChangedMeanwhile,
  Instant,
  NoteId,
  OrderId,
  PaymentId,
  Place,
  PostalAddress,
  ProductId,
  RefundId,
  SerialNumber,
  ShipmentId,
  WarehouseId,
} from '../kernel';
import type { CurrencyCode, Money, TaxCategory, TaxTerms } from '../money';
import type { Goods } from './amounts';
import type {
  CustomerWords,
  HoldReason,
  OrderLine,
  OrderPart,
  OrderPromotion,
  OrderShipping,
  Sale,
} from './contents';
import type { OrderStatus } from './status';

type To = { readonly orderId: OrderId; readonly at: Instant };

/**
 * `requestedBy`: the customer who sends the command; another customer's order is not found. Absent: staff or the
 * platform sends it.
 */
type MaybeByCustomer = { readonly requestedBy?: AccountId | undefined };

/**
 * The lines hold the price that the customer saw (`unitPrice`) and the current price. A difference is rejected, because
 * a customer pays only a price that they have seen.
 */
export type PlaceOrder = To &
  CustomerWords & {
    readonly type: 'PlaceOrder';
    readonly number: SerialNumber;
    readonly customerId: AccountId;
    readonly cartGeneration?: number | undefined;
    readonly lines: readonly (OrderLine & {
      readonly currentPrice: Money;
      /** Absent: the standard one. */
      readonly taxCategory?: TaxCategory | undefined;
    })[];
    readonly promotions?: readonly OrderPromotion[] | undefined;
    /** The way in which the order is sent; absent where it is sent free of charge. */
    readonly shipping?: OrderShipping | undefined;
    /** The way in which the order's country taxes; absent where no tax is due. */
    readonly taxTerms?: TaxTerms | undefined;
    /** The total that the customer has seen; absent where the customer accepts any. */
    readonly expectedTotal?: Money | undefined;
    readonly destination: Place;
    /** The postal address at the destination, where the customer gave one. */
    readonly shipTo?: PostalAddress | undefined;
    readonly carrierAccount?: string | undefined;
    readonly warehouseId?: WarehouseId | undefined;
    readonly paymentMethod?: string | undefined;
    /** The payment that starts with the order (`paymentMethod`); it blocks other payments from the beginning. */
    readonly paymentId?: PaymentId | undefined;
    readonly payBy: Instant;
    /**
     * Set for an imported order. A repeat of the same sale changes nothing; another sale under the same id is rejected.
     */
    readonly sale?: Sale | undefined;
  };
export type AllocateOrder = To & { readonly type: 'AllocateOrder'; readonly parts: readonly OrderPart[] };
export type RecordLineSupplied = To & {
  readonly type: 'RecordLineSupplied';
  readonly warehouseId: WarehouseId;
  readonly productId: ProductId;
};
/** Reserves the order for one payment before the provider is called. One payment at a time. */
export type StartPayment = To & {
  readonly type: 'StartPayment';
  readonly paymentId: PaymentId;
  readonly method: string;
};
/** The payment took no money; the order can be paid in another way. */
export type RecordPaymentDecline = To & {
  readonly type: 'RecordPaymentDecline';
  readonly paymentId: PaymentId;
};
export type RecordPayment = To & {
  readonly type: 'RecordPayment';
  readonly paymentId: PaymentId;
  readonly paid: Money;
  /** Present where the provider holds the money until then. */
  readonly authorisedUntil?: Instant | undefined;
};
/** Has the money for a shipment taken before it leaves. Changes nothing where the money was taken with the order. */
export type RequestOrderCapture = To & {
  readonly type: 'RequestCapture';
  readonly captureId: CaptureId;
  readonly shipmentId: ShipmentId;
};
/** Requests the capture again that the provider refused. */
export type RetryOrderCapture = To & { readonly type: 'RetryCapture'; readonly captureId: CaptureId };
export type RecordOrderCapture = To & {
  readonly type: 'RecordCapture';
  readonly captureId: CaptureId;
  readonly amount: Money;
};
/** The provider refused. `reason`: a sentence for people. */
export type RecordOrderCaptureRefusal = To & {
  readonly type: 'RecordCaptureRefusal';
  readonly captureId: CaptureId;
  readonly reason: string;
};
/** Lets the goods of a part that is on no truck come from another warehouse, in another shipment. */
export type MoveOrderPart = To & {
  readonly type: 'MoveOrderPart';
  readonly shipmentId: ShipmentId;
  readonly to: { readonly shipmentId: ShipmentId; readonly warehouseId: WarehouseId };
};
export type ChangeOrderDestination = To &
  MaybeByCustomer & {
    readonly type: 'ChangeOrderDestination';
    readonly destination: Place;
    /** The postal address at the destination, where one is given: the order has none from now on otherwise. */
    readonly shipTo?: PostalAddress | undefined;
    /** The destination that the sender has seen. Absent: any. */
    readonly expected?:
      { readonly destination: Place; readonly shipTo?: PostalAddress | undefined } | undefined;
  };
/** Requests permission to load a released part. An order with a permitted part cannot be cancelled. */
export type StartPartLoading = To & {
  readonly type: 'StartPartLoading';
  readonly shipmentId: ShipmentId;
  /** Counts the shipment's attempts to load, from 1. */
  readonly attempt: number;
  /** The part was seen on a truck, so a hold comes too late. */
  readonly hasHappened?: boolean | undefined;
};
/** The attempt has failed for good: the part is on no truck, unless a later attempt has begun. */
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
/** A change of destination came after the part was delivered to `deliveredTo`. */
export type RecordRedirectMissed = To & {
  readonly type: 'RecordRedirectMissed';
  readonly shipmentId: ShipmentId;
  readonly missed: Place;
  readonly deliveredTo: Place;
};
export type ConfirmReceipt = To & MaybeByCustomer & { readonly type: 'ConfirmReceipt' };
/** Cancels an unpaid order. Refunds a paid one in full, under `refundId`, if no part is being loaded or has left. */
export type CancelOrder = To &
  MaybeByCustomer & { readonly type: 'CancelOrder'; readonly refundId: RefundId };
/**
 * Cancels pieces of a paid order that are not being loaded, and refunds their price under `refundId`. Pieces of parts that
 * wait are taken first. What is left of a shipment becomes another one.
 */
export type CancelGoods = To &
  MaybeByCustomer & {
    readonly type: 'CancelGoods';
    readonly refundId: RefundId;
    readonly lines: readonly Goods[];
    /** The shipments that are packed, as far as is known: a customer cannot cancel their goods. */
    readonly packed: readonly ShipmentId[];
    /** For each part the shipment that follows on its present one, if that is replaced. */
    readonly next: readonly { readonly after: ShipmentId; readonly shipmentId: ShipmentId }[];
  };
/** Cancels an order that is unpaid after its `payBy`. Changes nothing for a paid one. */
export type ExpireOrder = To & { readonly type: 'ExpireOrder' };
/** Refunds `amount` of a paid order, all or in part; `lines` names the goods that come back. */
export type RequestRefund = To & {
  readonly type: 'RequestRefund';
  readonly refundId: RefundId;
  readonly amount: Money;
  readonly lines?: readonly { readonly productId: ProductId; readonly quantity: number }[] | undefined;
  readonly reason: string;
};
/** Refunds the price of goods that come back: their share after discounts, and no more than was paid and not refunded. */
export type RefundGoods = To & {
  readonly type: 'RefundGoods';
  readonly refundId: RefundId;
  readonly lines: readonly { readonly productId: ProductId; readonly quantity: number }[];
  readonly reason: string;
};
/** `isRelease`: all of it was held, and the provider moved nothing. */
export type RecordRefund = To & {
  readonly type: 'RecordRefund';
  readonly refundId: RefundId;
  readonly isRelease?: true | undefined;
};
/** The provider refused for good. `reason`: a sentence for people. */
export type RecordRefundRefusal = To & {
  readonly type: 'RecordRefundRefusal';
  readonly refundId: RefundId;
  readonly reason: string;
};
/** `by`: the account of the member of staff. */
type ByStaff = To & { readonly by: AccountId };
/** Adds an internal note, once for each id. Notes are not changed or removed. */
export type AddOrderNote = ByStaff & {
  readonly type: 'AddOrderNote';
  readonly noteId: NoteId;
  readonly text: string;
};
export type TagOrder = ByStaff & { readonly type: 'TagOrder'; readonly tag: string };
export type UntagOrder = ByStaff & { readonly type: 'UntagOrder'; readonly tag: string };

/** Stops the order before packing and loading, and its expiry. */
export type HoldOrder = ByStaff & {
  readonly type: 'HoldOrder';
  readonly reason: HoldReason;
  readonly comment?: string | undefined;
};
export type ReleaseOrder = ByStaff & { readonly type: 'ReleaseOrder'; readonly reason: HoldReason };

export type OrderCommand =
  | PlaceOrder
  | AllocateOrder
  | RecordLineSupplied
  | StartPayment
  | RecordPaymentDecline
  | RecordPayment
  | RequestOrderCapture
  | RetryOrderCapture
  | RecordOrderCapture
  | RecordOrderCaptureRefusal
  | MoveOrderPart
  | ChangeOrderDestination
  | StartPartLoading
  | RecordPartLoadingFailed
  | RecordPartShipped
  | RecordPartDelivered
  | RecordRedirectMissed
  | ConfirmReceipt
  | CancelOrder
  | CancelGoods
  | ExpireOrder
  | RequestRefund
  | RefundGoods
  | RecordRefund
  | RecordRefundRefusal
  | AddOrderNote
  | TagOrder
  | UntagOrder
  | HoldOrder
  | ReleaseOrder;

/** A field in which an imported order differs from the stored order of the same id. */
export type OrderDifference = 'customer' | 'lines' | 'soldAt' | 'country';

/** `max`: the pieces that can be cancelled. */
type TooManyCancelled = {
  readonly orderId: OrderId;
  readonly productId: ProductId;
  readonly quantity: number;
  readonly max: number;
};

export type OrderRejection =
  | { readonly code: 'ORDER_NOT_FOUND'; readonly orderId: OrderId }
  | { readonly code: 'ORDER_ALREADY_PLACED'; readonly orderId: OrderId }
  | {
      readonly code: 'ORDER_DIFFERS';
      readonly orderId: OrderId;
      readonly differs: readonly OrderDifference[];
      readonly was: Money;
      readonly now: Money;
    }
  | { readonly code: 'ORDER_EMPTY' }
  | { readonly code: 'ORDER_TOO_LARGE'; readonly linesMax: number; readonly totalMinorMax: number }
  | {
      readonly code: 'QUANTITY_OUT_OF_RANGE';
      readonly quantity: number;
      readonly min: number;
      readonly max: number;
    }
  | { readonly code: 'ORDER_CURRENCY_MIXED'; readonly currencies: readonly CurrencyCode[] }
  | {
      readonly code: 'PRICE_CHANGED';
      readonly productId: ProductId;
      readonly was: Money;
      readonly now: Money;
    }
  | { readonly code: 'TOTAL_CHANGED'; readonly was: Money; readonly now: Money }
  | { readonly code: 'PRICE_NOT_POSITIVE'; readonly price: Money }
  | { readonly code: 'PLACE_OUT_OF_RANGE'; readonly place: Place }
  | AddressRejection
  | ChangedMeanwhile
  | { readonly code: 'ORDER_WRONG_STATUS'; readonly orderId: OrderId; readonly status: OrderStatus }
  | { readonly code: 'ORDER_ALREADY_PAID'; readonly orderId: OrderId; readonly paymentId: PaymentId }
  | { readonly code: 'ORDER_PAYMENT_PENDING'; readonly orderId: OrderId; readonly paymentId: PaymentId }
  | { readonly code: 'PAYMENT_MISMATCH'; readonly due: Money; readonly paid: Money }
  | { readonly code: 'ALLOCATION_MISMATCH'; readonly orderId: OrderId }
  | { readonly code: 'ORDER_PART_NOT_FOUND'; readonly orderId: OrderId; readonly shipmentId: ShipmentId }
  | { readonly code: 'ORDER_ALREADY_SHIPPED'; readonly orderId: OrderId }
  | { readonly code: 'ORDER_ALREADY_PACKED'; readonly orderId: OrderId }
  | { readonly code: 'ORDER_PARTS_CHANGED'; readonly orderId: OrderId }
  | ({ readonly code: 'GOODS_ALREADY_PACKED' } & TooManyCancelled)
  | ({ readonly code: 'GOODS_ALREADY_LOADED' } & TooManyCancelled)
  | {
      readonly code: 'WAREHOUSE_ALREADY_SENDS_PART';
      readonly orderId: OrderId;
      readonly warehouseId: WarehouseId;
    }
  | { readonly code: 'REFUND_NOT_POSITIVE'; readonly asked: Money }
  | { readonly code: 'REFUND_TOO_LARGE'; readonly refundable: Money; readonly asked: Money }
  | { readonly code: 'REFUND_NOT_FOUND'; readonly refundId: RefundId }
  | { readonly code: 'CAPTURE_NOT_FOUND'; readonly captureId: CaptureId }
  | { readonly code: 'CAPTURE_UNDECIDED'; readonly paymentId: PaymentId }
  | { readonly code: 'CAPTURE_NOT_REFUSED'; readonly orderId: OrderId }
  | { readonly code: 'ORDER_NOT_CAPTURED'; readonly orderId: OrderId; readonly shipmentId: ShipmentId }
  | { readonly code: 'ORDER_HELD'; readonly orderId: OrderId; readonly reasons: readonly HoldReason[] }
  | { readonly code: 'ORDER_NOTES_FULL'; readonly orderId: OrderId; readonly notesMax: number }
  | { readonly code: 'ORDER_TAGS_FULL'; readonly orderId: OrderId; readonly tagsMax: number }
  | {
      readonly code: 'REFUND_DIFFERS';
      readonly refundId: RefundId;
      readonly was: Money;
      readonly now: Money;
    };
