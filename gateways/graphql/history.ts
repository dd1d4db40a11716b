import type { Instant, OrderId, ShipmentId } from '../../domain/kernel';
import type { OrderDetails } from '../../projections/order-details';
import type { ShipmentTracking } from '../../projections/shipments';

/** Time travel: what a read model would have shown at a moment, folded anew from the events by its own projection. */
export type History = {
  order(id: OrderId, asOf: Instant): Promise<OrderDetails | undefined>;
  shipment(id: ShipmentId, asOf: Instant): Promise<ShipmentTracking | undefined>;
};
