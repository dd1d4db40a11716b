import { order } from '../../domain/order';
import { payment } from '../../domain/payment';
import { shipment } from '../../domain/shipment';
import type { Instant } from '../../domain/kernel';
import { streamName } from '../../platform/event-store';
import type { RecordedEvent, StreamName } from '../../platform/event-store';
import type { EventOf } from '../../platform/projections';
import type { OrderDetails } from './document';
import { orderDetails } from './read-model';
import { orderEntry } from './timeline-text';
import type { Shown } from './timeline-text';

/** The streams that the document of an order is made from: its own, its payments' and its shipments'. For time travel. */
export const orderStreams = ({ id, paymentIds, shipments }: OrderDetails): readonly StreamName[] => [
  streamName(order.category, id),
  ...paymentIds.map((paymentId) => streamName(payment.category, paymentId)),
  ...shipments.map((parcel) => streamName(shipment.category, parcel.id)),
];

/** Returns the time of an event by the timeline of the order; undefined for an event that orders do not show. */
export const orderFactAt = (event: RecordedEvent): Instant | undefined =>
  Object.hasOwn(orderDetails.handlers, event.type) ? orderEntry(event as EventOf<Shown>).at : undefined;
