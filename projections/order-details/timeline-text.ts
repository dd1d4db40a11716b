import { unreachable } from '../../domain/kernel';
import { formatMoney, isPositive } from '../../domain/money';
import type {
  CancellationReason,
  OrderAllocated,
  OrderEvent,
  OrderLine,
  OrderPlaced,
  Sale,
} from '../../domain/order';
import { unitsOf } from '../../domain/order';
import type {
  PaymentActionRequired,
  PaymentDeclined,
  PaymentPending,
  PaymentRefundFailed,
  PaymentRefundPending,
  PaymentRequested,
  PaymentVoided,
} from '../../domain/payment';
import type { ShipmentEvent } from '../../domain/shipment';
import type { EventOf } from '../../platform/projections';
import { shipmentEntry } from '../shipments';
import { entryOf, placeText, reasonIn } from '../timeline';
import type { TimelineEntry } from '../timeline';

/** Events that only staff see, on pages of their own. */
type ForStaff = 'OrderNoteAdded' | 'OrderTagged' | 'OrderUntagged';
/** Events that follow from one of a shipment or a payment, which is shown already. */
type ShownElsewhere =
  | 'OrderCaptureRequested'
  | 'OrderPartReleased'
  | 'OrderPartLoadingStarted'
  | 'OrderPartLoadingFailed'
  | 'OrderPartDelivered'
  | 'OrderPaymentStarted'
  | 'OrderPaymentDeclined';
type OrderShown = Exclude<OrderEvent, { type: ShownElsewhere | ForStaff }>;
type PaymentShown =
  | PaymentRequested
  | PaymentActionRequired
  | PaymentPending
  | PaymentDeclined
  | PaymentRefundPending
  | PaymentRefundFailed
  | PaymentVoided;

export type Shown = OrderShown | PaymentShown | ShipmentEvent;

const cancelled: Readonly<Record<CancellationReason, string>> = {
  'requested-by-customer': 'The customer cancelled the order.',
  'requested-by-staff': 'The shop cancelled the order.',
  'payment-overdue': 'The order was cancelled because it was not paid in time.',
};

const whoCancelled = {
  'requested-by-customer': 'The customer',
  'requested-by-staff': 'The shop',
} as const;

const piecesIn = (lines: readonly Pick<OrderLine, 'quantity'>[]): string => {
  const pieces = unitsOf(lines);
  return pieces === 1 ? '1 piece' : `${pieces} pieces`;
};

const allocated = ({ data: { parts } }: OrderAllocated): string => {
  const from = parts.map(({ warehouseId }) => warehouseId).join(', ');
  const where = parts.length === 1 ? `warehouse ${from}` : `warehouses ${from}`;
  const waits = parts.some(({ lines }) => lines.some(({ awaitingStock }) => awaitingStock));
  return waits ? `Comes from ${where}; some goods are awaited.` : `Set aside at ${where}.`;
};

const sold = ({ soldAt, reference, country }: Sale): string => {
  const when = soldAt === undefined ? '' : ` on ${soldAt.slice(0, 10)}`;
  return `It was sold${when} as ${reference}${country === undefined ? '' : ` to ${country}`}.`;
};

const placed = ({ data: { number, lines, total, sale } }: OrderPlaced): string => {
  const sentence = `Order ${number} was placed: ${piecesIn(lines)} for ${formatMoney(total)}.`;
  return sale === undefined ? sentence : `${sentence} ${sold(sale)}`;
};

const textOfOrder = (event: OrderShown): string => {
  switch (event.type) {
    case 'OrderPlaced':
      return placed(event);
    case 'OrderSaleRecorded':
      return sold(event.data.sale);
    case 'OrderAllocated':
      return allocated(event);
    case 'OrderLineSupplied':
      return `Awaited goods have come to warehouse ${event.data.warehouseId}.`;
    case 'OrderPartMoved': {
      const { warehouseId, part } = event.data;
      return `Goods come from warehouse ${part.warehouseId} instead of ${warehouseId}.`;
    }
    case 'OrderPaid':
      return event.data.authorisedUntil === undefined
        ? `${formatMoney(event.data.paid)} was paid.`
        : `${formatMoney(event.data.paid)} is held, and is taken as the goods leave.`;
    case 'OrderCaptured':
      return isPositive(event.data.amount)
        ? `${formatMoney(event.data.amount)} was taken for goods that are packed.`
        : 'Nothing more had to be taken for goods that are packed.';
    case 'OrderCaptureRefused':
      return `The money for a packed parcel could not be taken: ${reasonIn(event.data.reason)}.`;
    case 'OrderDestinationChanged':
      return `The order goes to ${placeText(event.data.destination)} from now on.`;
    case 'OrderRedirectMissed': {
      const { missed, deliveredTo } = event.data;
      return `A parcel was at ${placeText(deliveredTo)} already, and did not go to ${placeText(missed)}.`;
    }
    case 'OrderShipped':
      return 'The first parcel has left.';
    case 'OrderFulfilled':
      return 'Everything has been delivered.';
    case 'OrderCompleted':
      return 'The customer confirmed the receipt.';
    case 'OrderCancelled':
      return cancelled[event.data.reason];
    case 'OrderGoodsCancelled': {
      const { lines, reason } = event.data;
      return `${whoCancelled[reason]} cancelled ${piecesIn(lines)}.`;
    }
    case 'OrderRefundRequested': {
      const { amount, reason } = event.data;
      return `${formatMoney(amount)} is to be given back: ${reasonIn(reason)}.`;
    }
    case 'OrderRefunded':
      return event.data.isUntaken
        ? `${formatMoney(event.data.amount)} is never taken.`
        : `${formatMoney(event.data.amount)} was given back.`;
    case 'OrderRefundRefused': {
      const { amount, reason } = event.data;
      return `${formatMoney(amount)} could not be given back: ${reasonIn(reason)}.`;
    }
    case 'OrderHeld':
      return 'The shop checks the order, which waits meanwhile.';
    case 'OrderHoldReleased':
      return 'The shop has checked the order, and it goes on.';
    default:
      return unreachable(event);
  }
};

const textOfPayment = (event: PaymentShown): string => {
  switch (event.type) {
    case 'PaymentRequested': {
      const { amount, method } = event.data;
      return `A payment of ${formatMoney(amount)} was begun (${method}).`;
    }
    case 'PaymentActionRequired':
      return 'The payment waits for the customer to confirm it.';
    case 'PaymentPending':
      return 'The payment provider decides on the payment later.';
    case 'PaymentRefundPending':
      return 'The payment provider returns the money later.';
    case 'PaymentDeclined':
      return `The payment was declined: ${reasonIn(event.data.reason)}.`;
    case 'PaymentVoided':
      return `${formatMoney(event.data.amount)} is held no longer.`;
    case 'PaymentRefundFailed':
      return `Money could not be given back: ${reasonIn(event.data.reason)}.`;
    default:
      return unreachable(event);
  }
};

const isOfShipment = (event: EventOf<Shown>): event is EventOf<ShipmentEvent> =>
  event.type.startsWith('Shipment');
const isOfPayment = (event: EventOf<Shown>): event is EventOf<PaymentShown> =>
  event.type.startsWith('Payment');

/** Returns an event as an entry of the order's timeline. */
export const orderEntry = (event: EventOf<Shown>): TimelineEntry => {
  if (isOfShipment(event)) return shipmentEntry(event);
  return entryOf(event, isOfPayment(event) ? textOfPayment(event) : textOfOrder(event));
};
