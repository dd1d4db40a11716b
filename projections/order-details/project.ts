import type { Instant, RefundId } from '../../domain/kernel';
import { add, equals, zero } from '../../domain/money';
import type { OrderPlaced, OrderStatus, Sale } from '../../domain/order';
import type { ShipmentEvent } from '../../domain/shipment';
import type { EventOf, Handler, Projection } from '../../platform/projections';
import { statusAfter } from '../shipments';
import { withEntry } from '../timeline';
import { collection } from './collection';
import type { OrderDetails } from './document';
import { orderEntry } from './timeline-text';
import type { Told } from './timeline-text';

const idOf = ({ data }: { readonly data: { readonly orderId: string } }) => [data.orderId];

/** A refund under way or complete outshines how far the goods are; a refused one does not bring back what was called off. */
const statusOf = ({ progress, paid, refunded, refunds, askedBackInFull }: OrderDetails): OrderStatus => {
  if (refunds.length === 0) return progress;
  if (refunds.some(({ done, refusal }) => !done && refusal === null)) return 'REFUNDING';
  if (equals(paid, refunded)) return 'REFUNDED';
  return progress === 'PAID' && askedBackInFull ? 'CANCELLED' : progress;
};

/** Everything that was paid is given back or promised back. */
const isAskedBackInFull = ({ paid }: OrderDetails, refunds: OrderDetails['refunds']): boolean =>
  equals(
    paid,
    refunds.reduce(
      (sum, { amount, refusal }) => (refusal === null ? add(sum, amount) : sum),
      zero(paid.currency),
    ),
  );

const withRefund = (
  { refunds }: OrderDetails,
  refundId: RefundId,
  outcome: Partial<OrderDetails['refunds'][number]>,
): Pick<OrderDetails, 'refunds'> => ({
  refunds: refunds.map((refund) => (refund.id === refundId ? { ...refund, ...outcome } : refund)),
});

const DAY_LENGTH = '2026-01-31'.length;

/** By what it is dated and found; an order that was made here is sold when it is placed. */
const saleFields = (
  placedAt: Instant,
  sale: Sale | undefined,
): Pick<OrderDetails, 'soldAt' | 'soldOn' | 'source' | 'reference' | 'country'> => {
  const soldAt = sale?.soldAt ?? placedAt;
  return {
    soldAt,
    soldOn: soldAt.slice(0, DAY_LENGTH),
    source: sale?.source ?? null,
    reference: sale?.reference ?? null,
    country: sale?.country ?? null,
  };
};

const placed = (event: EventOf<OrderPlaced>): OrderDetails => ({
  id: event.data.orderId,
  number: event.data.number,
  customerId: event.data.customerId,
  status: 'PLACED',
  progress: 'PLACED',
  placedAt: event.data.placedAt,
  ...saleFields(event.data.placedAt, event.data.sale),
  payBy: event.data.payBy,
  total: event.data.total,
  paid: zero(event.data.total.currency),
  refunded: zero(event.data.total.currency),
  askedBackInFull: false,
  refunds: [],
  destination: event.data.destination,
  carrierAccount: event.data.carrierAccount ?? null,
  paymentId: null,
  paymentIds: [],
  lines: event.data.lines.map(({ productId, sku, name, quantity, unitPrice }) => ({
    productId,
    sku,
    name,
    quantity,
    unitPrice,
  })),
  shipments: [],
  timeline: [orderEntry(event)],
});

/** Every fact tells its story; `change` says what else it does. The status follows from the rest. */
const on = <Fact extends Told>(
  change: (order: OrderDetails, data: Fact['data']) => Partial<OrderDetails> = () => ({}),
): Handler<OrderDetails, Fact> => ({
  ids: idOf,
  evolve: (order, event) => {
    if (order === undefined) return undefined;
    const changed = { ...order, ...change(order, event.data) };
    return withEntry({ ...changed, status: statusOf(changed) }, orderEntry(event));
  },
});

const onShipment = <Fact extends ShipmentEvent>(): Handler<OrderDetails, Fact> => ({
  ids: idOf,
  evolve: (order, event) => {
    if (order === undefined) return undefined;
    const { shipmentId: id, number, warehouseId } = event.data;
    const before = order.shipments.find((shipment) => shipment.id === id);
    const shipment = { id, number, warehouseId, status: statusAfter(event) ?? before?.status ?? 'PACKING' };
    const shipments = before
      ? order.shipments.map((present) => (present === before ? shipment : present))
      : [...order.shipments, shipment];
    return withEntry({ ...order, shipments }, orderEntry(event));
  },
});

/** Each order with all that happened to it, its payments and shipments included; the order list too. */
export const orderDetails: Projection<OrderDetails, Told> = {
  collection,
  handlers: {
    OrderPlaced: { ids: idOf, evolve: (_, event) => placed(event) },
    OrderSaleRecorded: on(({ placedAt }, { sale }) => saleFields(placedAt, sale)),
    OrderAllocated: on(),
    OrderLineSupplied: on(),
    OrderPaid: on(({ progress }, { paid, paymentId }) => ({
      paid,
      paymentId,
      // A payment that comes after the cancellation does not undo it.
      progress: progress === 'CANCELLED' ? progress : 'PAID',
    })),
    OrderDestinationChanged: on((_, { destination }) => ({ destination })),
    OrderRedirectMissed: on((_, { destination }) => ({ destination })),
    OrderShipped: on(() => ({ progress: 'SHIPPED' })),
    OrderFulfilled: on(() => ({ progress: 'FULFILLED' })),
    OrderCompleted: on(() => ({ progress: 'COMPLETED' })),
    OrderCancelled: on(() => ({ progress: 'CANCELLED' })),
    OrderRefundRequested: on((order, { refundId: id, amount, reason }) => {
      const refunds = [...order.refunds, { id, amount, reason, done: false, refusal: null }];
      return { refunds, askedBackInFull: order.askedBackInFull || isAskedBackInFull(order, refunds) };
    }),
    OrderRefunded: on((order, { refundId, amount }) => ({
      refunded: add(order.refunded, amount),
      ...withRefund(order, refundId, { done: true }),
    })),
    OrderRefundRefused: on((order, { refundId, reason }) => withRefund(order, refundId, { refusal: reason })),

    PaymentRequested: on(({ paymentIds }, { paymentId }) => ({ paymentIds: [...paymentIds, paymentId] })),
    PaymentDeclined: on(),
    PaymentRefundFailed: {
      ids: idOf,
      // What the order asked back it tells of itself; what it never took is told of here.
      evolve: (order, event) =>
        order?.refunds.some(({ id }) => id === event.data.refundId)
          ? order
          : order && withEntry(order, orderEntry(event)),
    },

    ShipmentCreated: onShipment(),
    ShipmentPacked: onShipment(),
    ShipmentTruckDispatched: onShipment(),
    ShipmentTruckArrived: onShipment(),
    ShipmentLoadingStarted: onShipment(),
    ShipmentLoaded: onShipment(),
    ShipmentDeliveryStarted: onShipment(),
    ShipmentDelivered: onShipment(),
    ShipmentTrackingAssigned: onShipment(),
    ShipmentDestinationChanged: onShipment(),
    ShipmentFailed: onShipment(),
    ShipmentRetried: onShipment(),
    ShipmentStatusRequested: onShipment(),
    ShipmentCancelled: onShipment(),
  },
};
