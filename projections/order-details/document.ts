import type {
  AccountId,
  Instant,
  OrderId,
  PaymentId,
  Place,
  ProductId,
  ShipmentId,
  WarehouseId,
} from '../../domain/kernel';
import type { Money } from '../../domain/money';
import type { OrderStatus } from '../../domain/order';
import type { ShipmentStatus } from '../../domain/shipment';

/** One order with all that happened to it, its payments and shipments included. Also serves the order list. */
export type OrderDetails = {
  readonly id: OrderId;
  readonly number: number;
  readonly customerId: AccountId;
  readonly status: OrderStatus;
  readonly placedAt: Instant;
  readonly payBy: Instant;
  readonly total: Money;
  readonly paid: Money;
  readonly refunded: Money;
  readonly destination: Place;
  readonly carrierAccount: string | null;
  readonly paymentId: PaymentId | null;
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
  /** In the order it happened. `summary`: one sentence for a person. */
  readonly timeline: readonly { readonly at: Instant; readonly type: string; readonly summary: string }[];
};
