import type {
  AfterSalesId,
  CaptureId,
  Instant,
  OrderId,
  PaymentId,
  PictureId,
  Place,
  ProductId,
  RefundId,
  WarehouseId,
} from '../../domain/kernel';

/** A warehouse for allocation. */
export type Site = { readonly warehouseId: WarehouseId; readonly place: Place; readonly active: boolean };

/** Returns all warehouses; may lag a little behind the events. */
export type Warehouses = () => Promise<readonly Site[]>;

/** Orders that are unpaid after their `payBy`; may lag a little behind the events. */
export type DueOrders = (now: Instant, limit: number) => Promise<readonly OrderId[]>;

/** After-sales requests whose deadline is over; may lag a little behind the events. */
export type DueAfterSales = (now: Instant, limit: number) => Promise<readonly AfterSalesId[]>;

/** Products with a scheduled price that begins or ends now; may lag a little behind the events. */
export type DueProductPrices = (now: Instant, limit: number) => Promise<readonly ProductId[]>;

/** Payments that wait for a decision, or whose `refundIds` or `captureIds` do; may lag a little behind the events. */
export type WaitingPayments = (limit: number) => Promise<
  readonly {
    readonly paymentId: PaymentId;
    readonly refundIds: readonly RefundId[];
    readonly captureIds: readonly CaptureId[];
  }[]
>;

/** Pictures that may have to be removed; may lag a little behind the events. */
export type DuePictures = (now: Instant, limit: number) => Promise<readonly PictureId[]>;
