import type {
  AccountId,
  Instant,
  ProductId,
  PromotionId,
  SerialNumber,
  ShipmentId,
  ShippingMethodId,
  WarehouseId,
} from '../kernel';
import type { ItemTax, Money, TaxEntry } from '../money';

/** A sold product with its name and price at the time of the sale. */
export type OrderLine = {
  readonly productId: ProductId;
  readonly productNumber: SerialNumber;
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  /** The sum that promotions take off the price of all pieces of the line; absent where none does. */
  readonly discount?: Money | undefined;
  /** The tax of all pieces of the line after its discount; absent in an order without tax. */
  readonly tax?: ItemTax | undefined;
  /** Absent where the shop itself sold the product, and in events of earlier versions. */
  readonly sellerId?: AccountId | undefined;
};

/** A promotion of an order, with what it took off all lines together. */
export type OrderPromotion = {
  readonly promotionId: PromotionId;
  readonly name: string;
  /** The code that the customer gave; absent for a promotion that applied by itself. */
  readonly coupon?: string | undefined;
  readonly amount: Money;
};

/** The way in which an order is sent, and what the customer pays for it: 0 where it was free. */
export type OrderShipping = {
  readonly shippingMethodId: ShippingMethodId;
  readonly name: string;
  readonly charge: Money;
  /** The tax of the charge; absent in an order without tax. */
  readonly tax?: ItemTax | undefined;
};

/** The tax of an order by its rates. The taxes of its lines and of its shipping add up to that of the entries. */
export type OrderTax = {
  /** The country whose tax it is: ISO 3166-1, two capital letters. */
  readonly country: string;
  /** Whether the prices and the charge of the shipping contain the tax. If not, it is added to the total. */
  readonly isIncluded: boolean;
  readonly entries: readonly TaxEntry[];
};

/** A present for the recipient of an order. */
export type Gift = {
  /** The customer's words to the recipient; absent where there are none, and after an erasure. */
  readonly message?: string | undefined;
  /** Whether the papers in the parcels say no prices. */
  readonly withoutPrices: boolean;
};

/** The words of a customer about an order. */
export type CustomerWords = {
  /** For every seller of the order. */
  readonly noteToSeller?: string | undefined;
  /** Present where the order is a gift. */
  readonly gift?: Gift | undefined;
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

/** The reasons why staff hold an order. */
export const holdReasons = ['FRAUD', 'STOCK', 'ADDRESS', 'OTHER'] as const;
export type HoldReason = (typeof holdReasons)[number];

/** Pieces that were cancelled. `sellerId`: absent where the shop itself sold them. */
export type CancelledGoods = {
  readonly productId: ProductId;
  readonly quantity: number;
  readonly sellerId?: AccountId | undefined;
};

/**
 * A part of which pieces were cancelled. `lines`: these pieces. `rest`: the part as it is now, in another shipment if it was
 * one; absent where nothing of it is left.
 */
export type ReducedPart = {
  readonly shipmentId: ShipmentId;
  readonly warehouseId: WarehouseId;
  readonly lines: readonly { readonly productId: ProductId; readonly quantity: number }[];
  readonly rest?: OrderPart | undefined;
};
