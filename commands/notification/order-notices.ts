import type { OrderEvent } from '../../domain/order';
import type { ShipmentEvent } from '../../domain/shipment';
import type { AfterSalesEvent } from '../../domain/after-sales';
import type { AfterSalesStep, AlertSubject, Template } from '../../domain/notification';

/** The events of orders and shipments of which customers are notified, and the template of each. */
export const orderTemplates = {
  OrderPaid: 'order-paid',
  OrderShipped: 'order-shipped',
  OrderFulfilled: 'order-delivered',
  ShipmentParked: 'order-delayed',
} as const satisfies Partial<Record<(OrderEvent | ShipmentEvent)['type'], Template>>;

/** The events of after-sales requests of which customers are notified, and the step of each. */
export const afterSalesSteps = {
  AfterSalesApproved: 'approved',
  AfterSalesRefused: 'refused',
  AfterSalesRefunded: 'refunded',
  AfterSalesReplacementSent: 'replaced',
  AfterSalesClosed: 'closed',
} as const satisfies Partial<Record<AfterSalesEvent['type'], AfterSalesStep>>;

/** The events after which staff must act, and the subject of the alert. */
export const alertSubjects = {
  ShipmentParked: 'shipment-parked',
  OrderRefundRefused: 'refund-refused',
  OrderCaptureRefused: 'capture-refused',
  AfterSalesEscalated: 'request-escalated',
} as const satisfies Partial<Record<(OrderEvent | ShipmentEvent | AfterSalesEvent)['type'], AlertSubject>>;

/** The age in milliseconds beyond which an event causes no notification, so that a rebuild does not notify again. */
export const notifyWithinMs = 86_400_000;
