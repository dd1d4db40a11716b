import { order } from '../../domain/order';
import { payment } from '../../domain/payment';
import { shipment } from '../../domain/shipment';
import { streamName } from '../../platform/event-store';
import type { StreamName } from '../../platform/event-store';
import type { OrderDetails } from './document';

/** The streams that the document of an order is made from: its own, its payments' and its shipments'. For time travel. */
export const orderStreams = ({ id, paymentIds, shipments }: OrderDetails): readonly StreamName[] => [
  streamName(order.category, id),
  ...paymentIds.map((paymentId) => streamName(payment.category, paymentId)),
  ...shipments.map((parcel) => streamName(shipment.category, parcel.id)),
];
