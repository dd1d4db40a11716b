import type { PersonalDataErased } from '../../domain/account';
import {
  erasedPlace,
  type Instant,
  type PaymentId,
  type PostalAddress,
  type RefundId,
  type ShipmentId,
} from '../../domain/kernel';
import { add, subtract, zero, type Money } from '../../domain/money';
import {
  order as orders,
  refundableOf,
  statusOf,
  type OrderCaptureRequested,
  type OrderLine as PlacedLine,
  type OrderPaymentDeclined,
  type OrderPaymentStarted,
  type OrderPlaced,
  type Sale,
} from '../../domain/order';
import type { PayerAction, PaymentRefunded, PaymentReleased } from '../../domain/payment';
import { statusAfter, type ShipmentEvent } from '../../domain/shipment';
import { readModel, type EventOf, type Fold } from '../../platform/projections';
import { erasedIn, isErasure } from '../erased-streams';
import { entriesWithPlaces } from '../shipments';
import { shownShipTo } from '../ship-to';
import { withEntry, withoutPlaces } from '../timeline';
import { withCancelled } from './cancelled-lines';
import { OrderDetails, type OrderLine } from './document';
import { orderEntry, type Shown } from './timeline-text';

type Refunds = OrderDetails['refunds'];

/** The payment of a document as the rules of orders take it. */
const paymentOf = ({ paid, askedBackInFull, refunds }: OrderDetails) => ({
  paid,
  askedBackInFull,
  refunds: refunds.map(({ amount, done, refusal, isUntaken }) => ({
    ...{ amount, done, refused: refusal !== null },
    isUntaken: isUntaken || undefined,
  })),
});

const withStatus = (order: OrderDetails): OrderDetails => ({
  ...order,
  status: statusOf({ progress: order.progress, payment: paymentOf(order) }),
});

const withOutcome = (
  { refunds }: OrderDetails,
  refundId: RefundId,
  outcome: Partial<Refunds[number]>,
): Pick<OrderDetails, 'refunds'> => ({
  refunds: refunds.map((refund) => (refund.id === refundId ? { ...refund, ...outcome } : refund)),
});

/** Everything that was paid is returned or to be returned. */
const isAskedBackInFull = (order: OrderDetails): boolean => refundableOf(paymentOf(order)).amountMinor === 0;

const DAY_LENGTH = '2026-01-31'.length;

/** An order that was placed here is sold when it is placed. */
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

/** Returns a line as documents show it. */
export const shownLine = ({
  productId,
  sku,
  name,
  quantity,
  unitPrice,
  discount,
  tax,
}: PlacedLine): OrderLine => ({
  ...{ productId, sku, name, quantity, cancelled: 0, unitPrice },
  discount: discount ?? null,
  tax: tax ?? null,
});

const addressed = (address: PostalAddress | undefined): Pick<OrderDetails, 'shipTo'> => ({
  shipTo: address === undefined ? null : shownShipTo(address),
});

const nothingHeld = (nothing: Money) => ({
  ...{ authorisedUntil: null, held: nothing, captured: nothing, voided: nothing, refusedCaptures: [] },
});

/** Of an order without an open payment, or with one that the provider has not answered yet. */
const notWaiting = { payerAction: null, isPaymentPending: false } as const;

const placed = (event: EventOf<OrderPlaced>): OrderDetails => ({
  id: event.data.orderId,
  number: event.data.number,
  customerId: event.data.customerId,
  status: 'PLACED',
  progress: 'PLACED',
  placedAt: event.data.placedAt,
  ...saleFields(event.data.placedAt, event.data.sale),
  payBy: event.data.payBy,
  tax: event.data.tax ?? null,
  total: event.data.total,
  paid: zero(event.data.total.currency),
  refunded: zero(event.data.total.currency),
  ...nothingHeld(zero(event.data.total.currency)),
  askedBackInFull: false,
  refunds: [],
  destination: event.data.destination,
  ...addressed(event.data.shipTo),
  noteToSeller: event.data.noteToSeller ?? null,
  gift: event.data.gift ? { ...event.data.gift, message: event.data.gift.message ?? null } : null,
  carrierAccount: event.data.carrierAccount ?? null,
  paymentId: null,
  paymentIds: [],
  openPaymentId: event.data.paymentId ?? null,
  ...notWaiting,
  lines: event.data.lines.map(shownLine),
  promotions: (event.data.promotions ?? []).map(({ coupon = null, ...promotion }) => ({
    ...promotion,
    coupon,
  })),
  shipping: event.data.shipping ? { ...event.data.shipping, tax: event.data.shipping.tax ?? null } : null,
  partsToCome: [],
  shipments: [],
  timeline: [orderEntry(event)],
});

const partsToComeOf = ({ partsToCome = [] }: Partial<OrderDetails>): OrderDetails['partsToCome'] =>
  // Documents of version 7 have no such field.
  partsToCome;

/** Every event adds to the timeline; `change` returns what else it changes. The status follows from the rest. */
const changing =
  <Fact extends Shown>(
    change: (order: OrderDetails, data: Fact['data']) => Partial<OrderDetails> = () => ({}),
  ): Fold<OrderDetails, Fact> =>
  (found, event) =>
    found && withEntry(withStatus({ ...found, ...change(found, event.data) }), orderEntry(event));

const changingShipment =
  <Fact extends ShipmentEvent>(): Fold<OrderDetails, Fact> =>
  (found, event) => {
    if (found === undefined) return undefined;
    const { shipmentId: id, number, warehouseId } = event.data;
    const before = found.shipments.find((shipment) => shipment.id === id);
    const shipment = { id, number, warehouseId, status: statusAfter(event) ?? before?.status ?? 'PACKING' };
    const shipments = before
      ? found.shipments.map((present) => (present === before ? shipment : present))
      : [...found.shipments, shipment];
    const partsToCome = before
      ? partsToComeOf(found)
      : partsToComeOf(found).filter((present) => present !== warehouseId);
    return withEntry({ ...found, partsToCome, shipments }, orderEntry(event));
  };

const shownAction = (action: PayerAction): OrderDetails['payerAction'] =>
  action.kind === 'REDIRECT'
    ? { kind: 'REDIRECT', url: action.url, payload: null }
    : { kind: 'APP', url: null, payload: action.payload };

/** Ends the open payment if it is this one. */
const withoutPayment = (order: OrderDetails, paymentId: PaymentId): OrderDetails =>
  order.openPaymentId === paymentId ? { ...order, openPaymentId: null, ...notWaiting } : order;

const withoutRefusal = (
  { refusedCaptures }: OrderDetails,
  shipmentId: ShipmentId,
): OrderDetails['refusedCaptures'] => refusedCaptures.filter((refused) => refused.shipmentId !== shipmentId);

/** Money of the order's own payment that was held and will never be taken. */
const lessHeld = (
  found: OrderDetails | undefined,
  paymentId: PaymentId,
  released: Money | undefined,
): OrderDetails | undefined =>
  found === undefined || released === undefined || found.paymentId !== paymentId
    ? found
    : { ...found, held: subtract(found.held, released) };

/** Events that change the document and are not in its timeline. */
type Silent =
  | OrderCaptureRequested
  | PaymentReleased
  | PaymentRefunded
  | OrderPaymentStarted
  | OrderPaymentDeclined
  | PersonalDataErased;

const withPlaces = ['OrderDestinationChanged', 'OrderRedirectMissed', ...entriesWithPlaces];

/** Also serves the list of orders. */
export const orderDetails = readModel<OrderDetails, Shown | Silent>('order_details', {
  question: 'What was ordered, how far is it, and what happened to it?',
  version: 11,
  document: OrderDetails,
  indexes: {
    by_number: ['number'],
    by_reference: ['reference', 'soldAt'],
    by_sold_at: ['soldAt'],
    by_sold_on: ['soldOn'],
    by_status: ['status', 'soldAt'],
    by_customer: ['customerId', 'soldAt'],
    by_customer_and_status: ['customerId', 'status', 'soldAt'],
  },
  key: (event) => (isErasure(event) ? erasedIn(orders.category, event) : event.data.orderId),
  on: {
    OrderPlaced: (_, event) => placed(event),
    PersonalDataErased: (found) =>
      found && {
        ...found,
        ...{ destination: erasedPlace, shipTo: null, carrierAccount: null, noteToSeller: null },
        gift: found.gift && { ...found.gift, message: null },
        timeline: withoutPlaces(found.timeline, withPlaces),
      },
    OrderSaleRecorded: changing(({ placedAt }, { sale }) => saleFields(placedAt, sale)),
    OrderAllocated: changing((_, { parts }) => ({
      partsToCome: parts.map(({ warehouseId }) => warehouseId),
    })),
    OrderLineSupplied: changing(),
    OrderPartMoved: changing((order, { part }) => ({
      partsToCome: [...partsToComeOf(order), part.warehouseId],
    })),
    OrderPaymentStarted: (found, { data }) => found && { ...found, openPaymentId: data.paymentId },
    OrderPaymentDeclined: (found, { data }) => found && withoutPayment(found, data.paymentId),
    OrderPaid: changing((order, { paid, paymentId, authorisedUntil = null }) => ({
      ...withoutPayment(order, paymentId),
      paid,
      ...nothingHeld(zero(paid.currency)),
      authorisedUntil,
      ...(authorisedUntil === null ? { captured: paid } : { held: paid }),
      paymentId,
      // A payment that comes after the cancellation does not undo it.
      progress: order.progress === 'CANCELLED' ? order.progress : 'PAID',
    })),
    // The refusal before is settled by the request that follows on it.
    OrderCaptureRequested: (found, { data: { shipmentId } }) =>
      found && { ...found, refusedCaptures: withoutRefusal(found, shipmentId) },
    OrderCaptured: changing((order, { amount }) => ({
      held: subtract(order.held, amount),
      captured: add(order.captured, amount),
    })),
    OrderCaptureRefused: changing((order, { shipmentId, captureId, reason }) => ({
      refusedCaptures: [...withoutRefusal(order, shipmentId), { shipmentId, captureId, reason }],
    })),
    OrderDestinationChanged: changing((_, { destination, shipTo }) => ({
      destination,
      ...addressed(shipTo),
    })),
    OrderRedirectMissed: changing((_, { destination, shipTo }) => ({ destination, ...addressed(shipTo) })),
    OrderShipped: changing(() => ({ progress: 'SHIPPED' })),
    OrderFulfilled: changing(() => ({ progress: 'FULFILLED' })),
    OrderCompleted: changing(() => ({ progress: 'COMPLETED' })),
    OrderCancelled: changing(() => ({ progress: 'CANCELLED' })),
    OrderGoodsCancelled: changing((order, { lines, parts }) => ({
      lines: withCancelled(order.lines, lines),
      partsToCome: [
        ...partsToComeOf(order).filter((id) => !parts.some(({ warehouseId }) => warehouseId === id)),
        ...parts.flatMap(({ rest }) => (rest === undefined ? [] : [rest.warehouseId])),
      ],
    })),
    OrderRefundRequested: changing((order, { refundId: id, amount, tax = [], reason }) => {
      const refunds = [
        ...order.refunds,
        { id, amount, tax, reason, done: false, isUntaken: false, refusal: null },
      ];
      return { refunds, askedBackInFull: order.askedBackInFull || isAskedBackInFull({ ...order, refunds }) };
    }),
    OrderRefunded: changing((order, { refundId, amount, isUntaken = false }) => ({
      refunded: add(order.refunded, amount),
      ...withOutcome(order, refundId, { done: true, isUntaken }),
    })),
    OrderRefundRefused: changing((order, { refundId, reason }) =>
      withOutcome(order, refundId, { refusal: reason }),
    ),

    // Customers learn that the order waits, and not why.
    OrderHeld: changing(),
    OrderHoldReleased: (found, event) =>
      found && event.data.goesOn
        ? withEntry({ ...found, payBy: event.data.unpaid?.payBy ?? found.payBy }, orderEntry(event))
        : found,

    PaymentRequested: changing(({ paymentIds }, { paymentId }) => ({
      paymentIds: [...paymentIds, paymentId],
    })),
    PaymentActionRequired: changing((_, { action }) => ({ payerAction: shownAction(action) })),
    PaymentPending: changing(() => ({ payerAction: null, isPaymentPending: true })),
    PaymentDeclined: changing(),
    PaymentRefundPending: changing(),
    PaymentReleased: (found, { data: { paymentId, amount } }) => lessHeld(found, paymentId, amount),
    PaymentRefunded: (found, { data: { paymentId, released } }) => lessHeld(found, paymentId, released),
    PaymentVoided: (found, event) => {
      const { paymentId, amount } = event.data;
      // Another payment, which the order did not take.
      if (found?.paymentId !== paymentId) return found;
      return withEntry({ ...found, voided: add(found.voided, amount) }, orderEntry(event));
    },
    // The order's own events tell of its refunds; a refund that the order does not have is shown by this one.
    PaymentRefundFailed: (found, event) =>
      found?.refunds.some(({ id }) => id === event.data.refundId)
        ? found
        : found && withEntry(found, orderEntry(event)),

    ShipmentCreated: changingShipment(),
    ShipmentPacked: changingShipment(),
    ShipmentTruckDispatched: changingShipment(),
    ShipmentTruckArrived: changingShipment(),
    ShipmentLoadingStarted: changingShipment(),
    ShipmentLoaded: changingShipment(),
    ShipmentDeliveryStarted: changingShipment(),
    ShipmentDelivered: changingShipment(),
    ShipmentTrackingAssigned: changingShipment(),
    ShipmentDestinationChanged: changingShipment(),
    ShipmentFailed: changingShipment(),
    ShipmentRetried: changingShipment(),
    ShipmentParked: changingShipment(),
    ShipmentStatusRequested: changingShipment(),
    ShipmentCancelled: changingShipment(),
  },
});
