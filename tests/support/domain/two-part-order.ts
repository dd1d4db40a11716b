import type {
  AccountId,
  Instant,
  OrderId,
  PaymentId,
  ProductId,
  RefundId,
  SerialNumber,
  ShipmentId,
  WarehouseId,
} from '../../../domain/kernel';
import type { OrderRejection } from '../../../domain/order';
import { gbp, orderCommands, orderEvents, totalOf, type EventOf, type Part } from './order-vocabulary';

// One customer's order of three mugs from the north and a lamp from the south.

export const orderId = 'order-1' as OrderId;
export const customerId = 'ada' as AccountId;
export const otherCustomerId = 'mallory' as AccountId;
export const at = '2026-01-01T10:00:00.000Z' as Instant;
export const payBy = '2026-01-01T11:00:00.000Z' as Instant;
export const destination = { x: 3, y: -4 };
export const elsewhere = { x: 5, y: 6 };
export const mug = 'mug' as ProductId;
export const lamp = 'lamp' as ProductId;
export const north = 1 as WarehouseId;
export const south = 2 as WarehouseId;
export const fromNorth = 'from-north' as ShipmentId;
export const fromSouth = 'from-south' as ShipmentId;
export const paymentId = 'payment-1' as PaymentId;
export const otherPaymentId = 'payment-2' as PaymentId;
export const refundId = 'refund-1' as RefundId;
export const otherRefundId = 'refund-2' as RefundId;

const mugGoods = { productId: mug, productNumber: 11 as SerialNumber, sku: 'MUG', name: 'Mug' };
const lampGoods = { productId: lamp, productNumber: 12 as SerialNumber, sku: 'LAMP', name: 'Lamp' };
export const mugs = { ...mugGoods, quantity: 3, unitPrice: gbp(100) };
export const lamps = { ...lampGoods, quantity: 1, unitPrice: gbp(1000) };
export const total = totalOf([mugs, lamps]);

const facts = {
  ...{ orderId, number: 7 as SerialNumber, customerId, lines: [mugs, lamps], destination },
  ...{ at, payBy, paymentId, refundId },
};

/** The allocation of the order: the mugs are set aside, the lamp is too or is awaited. */
export const partsOf = (lampAwaited: boolean): readonly [Part, Part] => [
  {
    ...{ shipmentId: fromNorth, warehouseId: north },
    lines: [{ productId: mug, quantity: 3, awaitingStock: false }],
  },
  {
    ...{ shipmentId: fromSouth, warehouseId: south },
    lines: [{ productId: lamp, quantity: 1, awaitingStock: lampAwaited }],
  },
];

export const command = orderCommands(facts);

const events = orderEvents(facts);
const released = {
  [fromNorth]: { shipmentId: fromNorth, warehouseId: north, lines: [{ ...mugGoods, quantity: 3 }] },
  [fromSouth]: { shipmentId: fromSouth, warehouseId: south, lines: [{ ...lampGoods, quantity: 1 }] },
};
export const event = {
  ...events,
  allocated: (lampAwaited = false) => events.allocated(partsOf(lampAwaited)),
  supplied: events.supplied(south, lamp),
  released: (shipmentId: ShipmentId, change: Partial<EventOf<'OrderPartReleased'>['data']> = {}) =>
    events.released(released[shipmentId]!, change),
};

const placed = [event.placed];
const paid = [
  event.placed,
  event.allocated(),
  event.paid,
  event.released(fromNorth),
  event.released(fromSouth),
];
const shipped = [...paid, event.shipped];
const fulfilled = [...shipped, event.delivered(fromNorth), event.delivered(fromSouth), event.fulfilled];

/** The events of the order up to each of its states. */
export const history = {
  placed,
  allocated: [event.placed, event.allocated()],
  paid,
  shipped,
  fulfilled,
  completed: [...fulfilled, event.completed],
  cancelled: [event.placed, event.cancelled('requested-by-customer')],
};

export const wrongStatus = (
  status: Extract<OrderRejection, { status: unknown }>['status'],
): OrderRejection => ({ code: 'ORDER_WRONG_STATUS', orderId, status });
