import { cart } from '../domain/cart';
import type { Instant } from '../domain/kernel';
import { payment } from '../domain/payment';
import { streamName, type EventStore } from '../platform/event-store';
import { documentAsOf } from '../platform/projections';
import { carts, type Cart } from './carts';
import { orderDetails, orderStreams, type OrderDetails } from './order-details';
import { payments, type Payment } from './payments';
import { shipments, shipmentStreams, type ShipmentTracking } from './shipments';
import { stockLevels, stockLevelStreams, type StockLevel } from './stock-levels';

type Events = Pick<EventStore, 'read'>;
type Id<D extends { readonly id: string }> = Pick<D, 'id'>;

/**
 * Return a document as its read model would have shown it at a moment; undefined where it did not exist then. They read only
 * the streams that the document is made from.
 */
export const orderAsOf = (
  events: Events,
  /** The order as it is now. Its streams include those that it had then. */
  now: OrderDetails,
  asOf: Instant,
): Promise<OrderDetails | undefined> =>
  documentAsOf(orderDetails, now.id, { events, streams: orderStreams(now), asOf });

export const shipmentAsOf = (
  events: Events,
  { id }: Id<ShipmentTracking>,
  asOf: Instant,
): Promise<ShipmentTracking | undefined> =>
  documentAsOf(shipments, id, { events, streams: shipmentStreams({ id }), asOf });

export const stockLevelAsOf = (
  events: Events,
  { id }: Id<StockLevel>,
  asOf: Instant,
): Promise<StockLevel | undefined> =>
  documentAsOf(stockLevels, id, { events, streams: stockLevelStreams({ id }), asOf });

export const cartAsOf = (events: Events, { id }: Id<Cart>, asOf: Instant): Promise<Cart | undefined> =>
  documentAsOf(carts, id, { events, streams: [streamName(cart.category, id)], asOf });

export const paymentAsOf = (
  events: Events,
  { id }: Id<Payment>,
  asOf: Instant,
): Promise<Payment | undefined> =>
  documentAsOf(payments, id, { events, streams: [streamName(payment.category, id)], asOf });
