import { orderTemplates } from '../../commands/notification';
import type { OrderEvent } from '../../domain/order';
import type { PaymentEvent } from '../../domain/payment';
import type { ShipmentEvent } from '../../domain/shipment';
import { on, without, type Origin, type FactMapping } from './fact-mapping';

const order = on('order.events');
const notification = on('notification.tasks');

/** Returns the order's number and customer, if its stream has a regular first event. */
const of = (origin: Origin | undefined): Partial<Origin> => origin ?? {};

export const orderMessages: FactMapping<OrderEvent> = {
  OrderPlaced: ({ orderId, number, customerId, lines, shipping, tax, total, payBy, placedAt, sale }) =>
    order('order.created', orderId, {
      orderId,
      orderNumber: number,
      customerId,
      lines,
      ...(shipping === undefined ? {} : { shipping }),
      ...(tax === undefined ? {} : { tax }),
      total,
      payBy,
      placedAt,
      ...(sale === undefined ? {} : { sale }),
    }),
  OrderSaleRecorded: ({ orderId, sale, recordedAt }, origin) =>
    order('order.sale.recorded', orderId, { ...of(origin), orderId, sale, recordedAt }),
  OrderPaid: (data, origin) => order('order.paid', data.orderId, { ...of(origin), ...data }),
  OrderShipped: (data, origin) => order('order.shipped', data.orderId, { ...of(origin), ...data }),
  OrderFulfilled: (data, origin) => order('order.fulfilled', data.orderId, { ...of(origin), ...data }),
  OrderCompleted: (data, origin) => order('order.completed', data.orderId, { ...of(origin), ...data }),
  OrderCancelled: (data, origin) => order('order.cancelled', data.orderId, { ...of(origin), ...data }),
  // Its reason is the customer's own text.
  OrderRefundRequested: (data, origin) =>
    order('order.refund.requested', data.orderId, { ...of(origin), ...without(data, 'reason') }),
  OrderRefunded: (data, origin) => order('order.refunded', data.orderId, { ...of(origin), ...data }),
  OrderRefundRefused: (data, origin) =>
    order('order.refund.refused', data.orderId, { ...of(origin), ...without(data, 'reason') }),
};

export const paymentTelling: FactMapping<PaymentEvent> = {
  PaymentCaptured: (data) => order('payment.captured', data.paymentId, without(data, 'reference')),
  PaymentDeclined: (data) => order('payment.declined', data.paymentId, data),
  PaymentRefunded: (data) => order('payment.refunded', data.paymentId, without(data, 'reference')),
};

/** The messages about shipments. Destination and carrier account are confidential. */
export const shipmentMessages: FactMapping<ShipmentEvent> = {
  ShipmentCreated: (data) =>
    order('shipment.created', data.shipmentId, without(data, 'destination', 'carrierAccount')),
  ShipmentPacked: (data, origin) => order('shipment.packed', data.shipmentId, { ...of(origin), ...data }),
  ShipmentLoaded: (data, origin) =>
    order('shipment.loaded', data.shipmentId, { ...of(origin), ...without(data, 'destination') }),
  ShipmentDelivered: (data, origin) =>
    order('shipment.delivered', data.shipmentId, { ...of(origin), ...data }),
  ShipmentTrackingAssigned: (data, origin) =>
    order('shipment.tracking.assigned', data.shipmentId, { ...of(origin), ...data }),
  ShipmentFailed: (data, origin) => order('shipment.failed', data.shipmentId, { ...of(origin), ...data }),
  ShipmentCancelled: (data, origin) =>
    order('shipment.cancelled', data.shipmentId, { ...of(origin), ...data }),
};

/** The notifications of customers; `template` names the text. An order without a customer has none. */
export const notifications: FactMapping<OrderEvent> = {
  OrderPaid: ({ orderId, paid }, origin) =>
    origin &&
    notification('notification.requested', orderId, {
      template: orderTemplates.OrderPaid,
      orderId,
      paid,
      ...origin,
    }),
  OrderShipped: ({ orderId }, origin) =>
    origin &&
    notification('notification.requested', orderId, {
      template: orderTemplates.OrderShipped,
      orderId,
      ...origin,
    }),
  OrderFulfilled: ({ orderId }, origin) =>
    origin &&
    notification('notification.requested', orderId, {
      template: orderTemplates.OrderFulfilled,
      orderId,
      ...origin,
    }),
};
