import type {
  AccountId,
  Instant,
  OrderId,
  PaymentId,
  Place,
  ProductId,
  RefundId,
  ShipmentId,
  WarehouseId,
} from '../../domain/kernel';
import type { Money } from '../../domain/money';
import type { OrderStatus } from '../../domain/order';
import type { ShipmentStatus } from '../../domain/shipment';
import type { TimelineEntry } from '../timeline';

/** One order with all that happened to it, its payments and shipments included. Also serves the order list. */
export type OrderDetails = {
  readonly id: OrderId;
  readonly number: number;
  readonly customerId: AccountId;
  readonly status: OrderStatus;
  /** How far the goods are, whatever happens to the money. */
  readonly progress: Exclude<OrderStatus, 'REFUNDING' | 'REFUNDED'>;
  readonly placedAt: Instant;
  /** When it was sold: before it was placed, where it was made elsewhere and imported. */
  readonly soldAt: Instant;
  /** The day of `soldAt`, in UTC: `2026-01-31`. */
  readonly soldOn: string;
  /** The list that it was imported from, and its name there; null where it was made here. */
  readonly source: string | null;
  readonly reference: string | null;
  /** The buyer's country, where the list tells it. */
  readonly country: string | null;
  readonly payBy: Instant;
  readonly total: Money;
  readonly paid: Money;
  readonly refunded: Money;
  /** All of it was, at some time, on its way back or there: no more goods leave. */
  readonly askedBackInFull: boolean;
  /** What was asked back, in the order of asking. */
  readonly refunds: readonly {
    readonly id: RefundId;
    readonly amount: Money;
    readonly reason: string;
    readonly done: boolean;
    /** Why the payment provider will not give it back, where it said so. */
    readonly refusal: string | null;
  }[];
  readonly destination: Place;
  readonly carrierAccount: string | null;
  readonly paymentId: PaymentId | null;
  /** Every attempt to pay it, in the order of asking. */
  readonly paymentIds: readonly PaymentId[];
  readonly lines: readonly {
    readonly productId: ProductId;
    readonly sku: string;
    readonly name: string;
    readonly quantity: number;
    readonly unitPrice: Money;
  }[];
  readonly shipments: readonly {
    readonly id: ShipmentId;
    readonly number: number;
    readonly warehouseId: WarehouseId;
    readonly status: ShipmentStatus;
  }[];
  /** In the order it happened. */
  readonly timeline: readonly TimelineEntry[];
};
