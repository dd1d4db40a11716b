import type {
  AccountId,
  Instant,
  OrderId,
  Place,
  ProductId,
  ShipmentId,
  WarehouseId,
} from '../../domain/kernel';
import type { ShipmentStatus } from '../../domain/shipment';
import type { TimelineEntry } from '../timeline';

/** One shipment: where it is, and how it got there. Found by id, by number (the World's `shipid`) and by tracking number. */
export type ShipmentTracking = {
  readonly id: ShipmentId;
  readonly number: number;
  readonly orderId: OrderId;
  readonly orderNumber: number;
  readonly customerId: AccountId;
  readonly warehouseId: WarehouseId;
  readonly destination: Place;
  readonly carrierAccount: string | null;
  readonly status: ShipmentStatus;
  readonly truckId: number | null;
  readonly trackingNumber: string | null;
  readonly failure: string | null;
  readonly items: readonly {
    readonly productId: ProductId;
    readonly productNumber: number;
    readonly sku: string;
    readonly name: string;
    readonly quantity: number;
  }[];
  readonly createdAt: Instant;
  readonly timeline: readonly TimelineEntry[];
};
