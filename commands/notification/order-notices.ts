import type { OrderEvent } from '../../domain/order';
import type { ShipmentEvent } from '../../domain/shipment';
import type { Template } from '../../domain/notification';

/** The events of orders and shipments of which customers are notified, and the template of each. */
export const orderTemplates = {
  OrderPaid: 'order-paid',
  OrderShipped: 'order-shipped',
  OrderFulfilled: 'order-delivered',
  ShipmentParked: 'order-delayed',
} as const satisfies Partial<Record<(OrderEvent | ShipmentEvent)['type'], Template>>;

/** The age in milliseconds beyond which an event causes no notification, so that a rebuild does not notify again. */
export const notifyWithinMs = 86_400_000;
