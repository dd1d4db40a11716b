import type {
  AccountId,
  AfterSalesId,
  Instant,
  OrderId,
  Picture,
  PicturesProblem,
  ProductId,
  SerialNumber,
  WarehouseId,
} from '../kernel';
import type { Money } from '../money';
import type { AfterSalesGoods, AfterSalesLine, InspectedLine } from './events';
import type { AfterSalesKind, AfterSalesStatus } from './status';

type To = { readonly afterSalesId: AfterSalesId; readonly at: Instant };
/** `requestedBy`: the customer; absent where staff act for them. */
type ByCustomer = To & { readonly requestedBy?: AccountId | undefined };
/** `sellerId`: the seller who acts; absent for staff. */
type BySeller = To & { readonly sellerId?: AccountId | undefined };

export type RequestAfterSales = To & {
  readonly type: 'RequestAfterSales';
  readonly orderId: OrderId;
  readonly orderNumber: SerialNumber;
  readonly number: number;
  readonly requestKey: string;
  readonly customerId: AccountId;
  readonly kind: AfterSalesKind;
  /** `available`: the pieces for which this kind can be requested. */
  readonly lines: readonly (AfterSalesLine & {
    readonly available: number;
    readonly sellerId?: AccountId | undefined;
  })[];
  readonly description: string;
  readonly evidence: readonly string[];
  readonly photos?: readonly Picture[] | undefined;
  readonly worth: Money;
  readonly orderedAt: Instant;
};
/** Removes what may show a person whose account was erased. */
export type RemoveAfterSalesPhotos = To & { readonly type: 'RemoveAfterSalesPhotos' };
export type WithdrawAfterSales = ByCustomer & { readonly type: 'WithdrawAfterSales' };
export type DisputeAfterSales = ByCustomer & {
  readonly type: 'DisputeAfterSales';
  readonly description: string;
};
export type RecordParcelSent = ByCustomer & {
  readonly type: 'RecordParcelSent';
  readonly carrier: string;
  readonly trackingNumber: string;
};
export type ApproveAfterSales = BySeller & {
  readonly type: 'ApproveAfterSales';
  readonly remark: string;
  readonly returnTo?: string | undefined;
};
export type RefuseAfterSales = BySeller & { readonly type: 'RefuseAfterSales'; readonly remark: string };
export type RecordParcelReceived = BySeller & {
  readonly type: 'RecordParcelReceived';
  readonly warehouseId: WarehouseId;
};
export type InspectParcel = BySeller & {
  readonly type: 'InspectParcel';
  readonly lines: readonly InspectedLine[];
  readonly remark: string;
};
export type SendReplacement = BySeller & {
  readonly type: 'SendReplacement';
  readonly warehouseId: WarehouseId;
  readonly carrier: string;
  readonly trackingNumber: string;
};
export type RefundInstead = BySeller & { readonly type: 'RefundInstead' };
export type DecideDispute = To & {
  readonly type: 'DecideDispute';
  readonly inFavourOf: 'CUSTOMER' | 'SELLER';
  readonly remark: string;
  readonly returnTo?: string | undefined;
};
export type RetryAfterSalesRefund = To & { readonly type: 'RetryAfterSalesRefund' };
export type CloseAfterSales = To & { readonly type: 'CloseAfterSales'; readonly remark: string };
/** Decides by the clock if the deadline of the present status is over. */
export type PassAfterSalesDeadline = To & {
  readonly type: 'PassAfterSalesDeadline';
  /** The worth of the other requests of the order for a refund without a return, in the order's currency. */
  readonly otherRefundsOnly: Money;
  /** The order has a refund, open or done, that does not say for which goods it is. */
  readonly hasRefundWithoutGoods: boolean;
};
export type RecordAfterSalesRefund = To & {
  readonly type: 'RecordAfterSalesRefund';
  readonly attempt: number;
  readonly amount: Money;
};
export type RecordAfterSalesRefundFailure = To & {
  readonly type: 'RecordAfterSalesRefundFailure';
  readonly attempt: number;
  readonly reason: string;
};
export type RecordReplacementSent = To & {
  readonly type: 'RecordReplacementSent';
  readonly attempt: number;
};
export type RecordReplacementFailure = To & {
  readonly type: 'RecordReplacementFailure';
  readonly attempt: number;
  readonly productId: ProductId;
  readonly warehouseId?: WarehouseId | undefined;
  readonly taken?: readonly AfterSalesGoods[] | undefined;
};

export type AfterSalesCommand =
  | RequestAfterSales
  | RemoveAfterSalesPhotos
  | WithdrawAfterSales
  | DisputeAfterSales
  | RecordParcelSent
  | ApproveAfterSales
  | RefuseAfterSales
  | RecordParcelReceived
  | InspectParcel
  | SendReplacement
  | RefundInstead
  | DecideDispute
  | RetryAfterSalesRefund
  | CloseAfterSales
  | PassAfterSalesDeadline
  | RecordAfterSalesRefund
  | RecordAfterSalesRefundFailure
  | RecordReplacementSent
  | RecordReplacementFailure;

export type AfterSalesRejection =
  | PicturesProblem
  | { readonly code: 'AFTER_SALES_NOT_FOUND'; readonly afterSalesId: AfterSalesId }
  | {
      readonly code: 'AFTER_SALES_WRONG_STATUS';
      readonly afterSalesId: AfterSalesId;
      readonly status: AfterSalesStatus;
    }
  | { readonly code: 'AFTER_SALES_ALREADY_REQUESTED'; readonly afterSalesId: AfterSalesId }
  | { readonly code: 'AFTER_SALES_LINES_INVALID'; readonly linesMax: number }
  | { readonly code: 'AFTER_SALES_SELLERS_MIXED' }
  | {
      readonly code: 'AFTER_SALES_UNAVAILABLE';
      readonly productId: ProductId;
      readonly available: number;
      readonly wanted: number;
    }
  | { readonly code: 'AFTER_SALES_TOO_MANY'; readonly max: number }
  | { readonly code: 'AFTER_SALES_TOO_LATE'; readonly until: Instant }
  | { readonly code: 'AFTER_SALES_DESCRIPTION_MISSING' }
  | {
      readonly code: 'AFTER_SALES_COUNT_WRONG';
      readonly productId: ProductId;
      readonly max: number;
      readonly counted: number;
    };
