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
import { money } from '../../../domain/money';
import type { CurrencyCode } from '../../../domain/money';
import type { OrderCommand, OrderEvent, OrderRejection } from '../../../domain/order';

// One customer's order of three mugs from the north and a lamp from the south, as far as a specification needs it.

export type CommandOf<Type extends OrderCommand['type']> = Extract<OrderCommand, { type: Type }>;
export type EventOf<Type extends OrderEvent['type']> = Extract<OrderEvent, { type: Type }>;

export const pence = (amountMinor: number) => money(amountMinor, 'GBP' as CurrencyCode);
export const orderId = 'order-1' as OrderId;
export const number = 7 as SerialNumber;
export const customerId = 'ada' as AccountId;
export const mallory = 'mallory' as AccountId;
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

export const goods = {
  [mug]: { productId: mug, productNumber: 11 as SerialNumber, sku: 'MUG', name: 'Mug' },
  [lamp]: { productId: lamp, productNumber: 12 as SerialNumber, sku: 'LAMP', name: 'Lamp' },
};
export const mugs = { ...goods[mug]!, quantity: 3, unitPrice: pence(100) };
export const lamps = { ...goods[lamp]!, quantity: 1, unitPrice: pence(1000) };
export const total = pence(1300);

export const offered = (line: typeof mugs) => ({ ...line, currentPrice: line.unitPrice });
export const placeOrder = (change: Partial<CommandOf<'PlaceOrder'>> = {}): OrderCommand => ({
  type: 'PlaceOrder',
  orderId,
  number,
  customerId,
  lines: [offered(mugs), offered(lamps)],
  destination,
  payBy,
  at,
  ...change,
});

export const placed: EventOf<'OrderPlaced'> = {
  type: 'OrderPlaced',
  data: { orderId, number, customerId, lines: [mugs, lamps], total, destination, payBy, placedAt: at },
};
export const partsOf = (lampAwaited: boolean): EventOf<'OrderAllocated'>['data']['parts'] => [
  {
    shipmentId: fromNorth,
    warehouseId: north,
    lines: [{ productId: mug, quantity: 3, awaitingStock: false }],
  },
  {
    shipmentId: fromSouth,
    warehouseId: south,
    lines: [{ productId: lamp, quantity: 1, awaitingStock: lampAwaited }],
  },
];
export const allocated = (lampAwaited = false): OrderEvent => ({
  type: 'OrderAllocated',
  data: { orderId, parts: partsOf(lampAwaited), allocatedAt: at },
});
export const supplied: OrderEvent = {
  type: 'OrderLineSupplied',
  data: { orderId, warehouseId: south, productId: lamp, suppliedAt: at },
};
export const paid: OrderEvent = { type: 'OrderPaid', data: { orderId, paymentId, paid: total, paidAt: at } };
export const released = (shipmentId: ShipmentId, change: object = {}): OrderEvent => {
  const isNorth = shipmentId === fromNorth;
  return {
    type: 'OrderPartReleased',
    data: {
      orderId,
      orderNumber: number,
      customerId,
      shipmentId,
      warehouseId: isNorth ? north : south,
      destination,
      lines: [isNorth ? { ...goods[mug]!, quantity: 3 } : { ...goods[lamp]!, quantity: 1 }],
      releasedAt: at,
      ...change,
    },
  };
};
export const shipped: OrderEvent = { type: 'OrderShipped', data: { orderId, shippedAt: at } };
export const delivered = (shipmentId: ShipmentId): OrderEvent => ({
  type: 'OrderPartDelivered',
  data: { orderId, shipmentId, deliveredAt: at },
});
export const fulfilled: OrderEvent = { type: 'OrderFulfilled', data: { orderId, fulfilledAt: at } };
export const completed: OrderEvent = { type: 'OrderCompleted', data: { orderId, completedAt: at } };
export const cancelled = (reason: EventOf<'OrderCancelled'>['data']['reason']): OrderEvent => ({
  type: 'OrderCancelled',
  data: { orderId, reason, cancelledAt: at },
});
export const refundRequested = (
  amountMinor: number,
  change: Partial<EventOf<'OrderRefundRequested'>['data']> = {},
): OrderEvent => ({
  type: 'OrderRefundRequested',
  data: {
    orderId,
    paymentId,
    refundId,
    amount: pence(amountMinor),
    reason: 'broken',
    requestedAt: at,
    ...change,
  },
});
export const refunded = (amountMinor: number, inFull: boolean, id = refundId): OrderEvent => ({
  type: 'OrderRefunded',
  data: { orderId, refundId: id, amount: pence(amountMinor), inFull, refundedAt: at },
});
export const refundRefused = (amountMinor: number): OrderEvent => ({
  type: 'OrderRefundRefused',
  data: { orderId, refundId, amount: pence(amountMinor), reason: 'the card is closed', refusedAt: at },
});

export const isPlaced = [placed];
export const isAllocated = [placed, allocated()];
export const isPaid = [placed, allocated(), paid, released(fromNorth), released(fromSouth)];
export const isShipped = [...isPaid, shipped];
export const isFulfilled = [...isShipped, delivered(fromNorth), delivered(fromSouth), fulfilled];
export const isCompleted = [...isFulfilled, completed];
export const isCancelled = [placed, cancelled('requested-by-customer')];

export const recordPayment: OrderCommand = { type: 'RecordPayment', orderId, paymentId, paid: total, at };
export const allocateOrder = (parts: CommandOf<'AllocateOrder'>['parts']): OrderCommand => ({
  type: 'AllocateOrder',
  orderId,
  parts,
  at,
});
export const lineSupplied: OrderCommand = {
  type: 'RecordLineSupplied',
  orderId,
  warehouseId: south,
  productId: lamp,
  at,
};
export const changeDestination: OrderCommand = {
  type: 'ChangeOrderDestination',
  orderId,
  destination: elsewhere,
  at,
};
export const partShipped: OrderCommand = { type: 'RecordPartShipped', orderId, shipmentId: fromNorth, at };
export const partDelivered = (shipmentId: ShipmentId): OrderCommand => ({
  type: 'RecordPartDelivered',
  orderId,
  shipmentId,
  at,
});
export const confirmReceipt: OrderCommand = { type: 'ConfirmReceipt', orderId, at };
export const cancelOrder: OrderCommand = { type: 'CancelOrder', orderId, refundId, at };
export const expireOrder = (when: Instant): OrderCommand => ({ type: 'ExpireOrder', orderId, at: when });
export const requestRefund = (
  amountMinor: number,
  change: Partial<CommandOf<'RequestRefund'>> = {},
): OrderCommand => ({
  type: 'RequestRefund',
  orderId,
  refundId,
  amount: pence(amountMinor),
  reason: 'broken',
  at,
  ...change,
});
export const recordRefund: OrderCommand = { type: 'RecordRefund', orderId, refundId, at };
export const recordRefundRefusal: OrderCommand = {
  type: 'RecordRefundRefusal',
  orderId,
  refundId,
  reason: 'the card is closed',
  at,
};

export const wrongStatus = (
  status: Extract<OrderRejection, { status: unknown }>['status'],
): OrderRejection => ({
  code: 'ORDER_WRONG_STATUS',
  orderId,
  status,
});
