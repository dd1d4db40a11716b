import { unreachable } from '../kernel';
import type {
  AccountId,
  Instant,
  OrderId,
  PaymentId,
  Place,
  ProductId,
  RefundId,
  SerialNumber,
  ShipmentId,
  WarehouseId,
} from '../kernel';
import type { Money } from '../money';
import type {
  OrderAllocated,
  OrderEvent,
  OrderLine,
  OrderPaid,
  OrderPart,
  OrderPartMoved,
  OrderPlaced,
  OrderRefundRefused,
  OrderRefundRequested,
  OrderRefunded,
  Sale,
} from './events';
import { refundableOf } from './status';

export type PartState = {
  readonly shipmentId: ShipmentId;
  readonly warehouseId: WarehouseId;
  readonly lines: readonly {
    readonly productId: ProductId;
    readonly quantity: number;
    readonly awaitingStock: boolean;
  }[];
  readonly released: boolean;
  /**
   * The last permitted attempt to load. `mayBeGone`: the part may be on a truck or may be loaded at any moment. Absent
   * before the first attempt, and in parts that were loaded before this was recorded.
   */
  readonly loading?: { readonly attempt: number; readonly mayBeGone: boolean } | undefined;
  readonly delivered: boolean;
  /** The destination was changed after this part had been delivered to another place. */
  readonly missedRedirect?: boolean | undefined;
};

export type RefundState = {
  readonly refundId: RefundId;
  readonly amount: Money;
  readonly lines: readonly { readonly productId: ProductId; readonly quantity: number }[];
  readonly done: boolean;
  /** The provider refused it for good. */
  readonly refused: boolean;
};

export type PaymentState = {
  readonly paymentId: PaymentId;
  readonly paid: Money;
  readonly refunds: readonly RefundState[];
  /** At some time the whole payment was being refunded or refunded. A refusal does not undo the consequences. */
  readonly askedBackInFull: boolean;
};

type Placed = {
  readonly orderId: OrderId;
  readonly number: SerialNumber;
  readonly customerId: AccountId;
  readonly lines: readonly OrderLine[];
  readonly total: Money;
  readonly destination: Place;
  readonly carrierAccount?: string | undefined;
  readonly payBy: Instant;
  readonly placedAt: Instant;
  /** The payment that has started and whose outcome is unknown. */
  readonly openPaymentId?: PaymentId | undefined;
  /** Empty until the order is allocated. */
  readonly parts: readonly PartState[];
  /** The former shipments of parts that were moved. */
  readonly moved: readonly {
    readonly shipmentId: ShipmentId;
    readonly from: WarehouseId;
    readonly to: WarehouseId;
  }[];
  /** Goods that arrived after the order joined their queue and before its allocation was recorded. */
  readonly suppliedEarly: readonly { readonly warehouseId: WarehouseId; readonly productId: ProductId }[];
  /** Present in an imported order, unless an older version imported it. */
  readonly sale?: Sale | undefined;
};

export type UnpaidOrder = Placed & { readonly progress: 'PLACED' };
/** `payment`: a payment that came too late and is refunded. */
export type CancelledOrder = Placed & {
  readonly progress: 'CANCELLED';
  readonly payment?: PaymentState | undefined;
};
export type PaidOrder = Placed & {
  readonly progress: 'PAID' | 'SHIPPED' | 'FULFILLED' | 'COMPLETED';
  readonly payment: PaymentState;
};
export type KnownOrder = UnpaidOrder | CancelledOrder | PaidOrder;

/**
 * `progress` says how far the goods are, and the payment's refunds say how much money goes back. They are separate
 * because a parcel is delivered whether or not a refund is open.
 */
export type OrderState = { readonly progress: 'NONE' } | KnownOrder;

export const initial: OrderState = { progress: 'NONE' };

export const paymentOf = (order: KnownOrder): PaymentState | undefined =>
  order.progress === 'PLACED' ? undefined : order.payment;

/** Tests whether the part has been on a truck, is on one, or may be loaded at any moment. */
export const mayBeGone = ({ loading, delivered }: PartState): boolean =>
  delivered || (loading?.mayBeGone ?? false);

/** Returns the ordered quantity of a product over all lines. */
export const orderedOf = (order: KnownOrder, productId: ProductId): number =>
  order.lines.reduce((sum, line) => (line.productId === productId ? sum + line.quantity : sum), 0);

/** Returns the number of pieces. */
export const unitsOf = (lines: readonly Pick<OrderLine, 'quantity'>[]): number =>
  lines.reduce((sum, { quantity }) => sum + quantity, 0);

export const totalOf = (lines: readonly OrderLine[]): number =>
  lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice.amountMinor * quantity, 0);

const placed = ({ data }: OrderPlaced): UnpaidOrder => ({
  progress: 'PLACED',
  orderId: data.orderId,
  number: data.number,
  customerId: data.customerId,
  lines: data.lines,
  total: data.total,
  destination: data.destination,
  carrierAccount: data.carrierAccount,
  payBy: data.payBy,
  placedAt: data.placedAt,
  openPaymentId: data.paymentId,
  parts: [],
  moved: [],
  suppliedEarly: [],
  sale: data.sale,
});

const notReleased = ({ shipmentId, warehouseId, lines }: OrderPart): PartState => ({
  shipmentId,
  warehouseId,
  lines,
  released: false,
  delivered: false,
});

const allocated = (order: KnownOrder, { data }: OrderAllocated): KnownOrder => ({
  ...order,
  suppliedEarly: [],
  parts: data.parts.map(notReleased).map(({ warehouseId, lines, ...part }) => ({
    ...part,
    warehouseId,
    lines: lines.map((line) => ({
      ...line,
      awaitingStock:
        line.awaitingStock &&
        !order.suppliedEarly.some(
          (early) => early.warehouseId === warehouseId && early.productId === line.productId,
        ),
    })),
  })),
});

const supplied = (order: KnownOrder, warehouseId: WarehouseId, productId: ProductId): KnownOrder =>
  order.parts.length === 0
    ? { ...order, suppliedEarly: [...order.suppliedEarly, { warehouseId, productId }] }
    : {
        ...order,
        parts: order.parts.map((part) =>
          part.warehouseId === warehouseId
            ? {
                ...part,
                lines: part.lines.map((line) =>
                  line.productId === productId ? { ...line, awaitingStock: false } : line,
                ),
              }
            : part,
        ),
      };

const partMoved = (
  order: KnownOrder,
  { data: { shipmentId, warehouseId: from, part } }: OrderPartMoved,
): KnownOrder => ({
  ...order,
  moved: [...order.moved, { shipmentId, from, to: part.warehouseId }],
  parts: order.parts.map((present) => (present.shipmentId === shipmentId ? notReleased(part) : present)),
});

const withPart = (order: KnownOrder, shipmentId: ShipmentId, change: Partial<PartState>): KnownOrder => ({
  ...order,
  parts: order.parts.map((part) => (part.shipmentId === shipmentId ? { ...part, ...change } : part)),
});

/** Clears the open payment if it is the one that ended. */
const paymentEnded = (order: KnownOrder, paymentId: PaymentId): KnownOrder =>
  order.openPaymentId === paymentId ? { ...order, openPaymentId: undefined } : order;

const paid = (known: KnownOrder, { data }: OrderPaid): KnownOrder => {
  const order = paymentEnded(known, data.paymentId);
  const payment = { paymentId: data.paymentId, paid: data.paid, refunds: [], askedBackInFull: false };
  return order.progress === 'CANCELLED' ? { ...order, payment } : { ...order, progress: 'PAID', payment };
};

const impossible = (event: OrderEvent, state: OrderState): never => {
  throw new Error(`${event.type} cannot follow on ${state.progress}`);
};

const paidOrder = (event: OrderEvent, order: KnownOrder): PaidOrder =>
  order.progress === 'PLACED' || order.progress === 'CANCELLED' ? impossible(event, order) : order;

const refundRequested = (event: OrderRefundRequested, order: KnownOrder): KnownOrder => {
  const payment = paymentOf(order);
  if (order.progress === 'PLACED' || payment === undefined) return impossible(event, order);
  const { refundId, amount, lines = [] } = event.data;
  const refunds = [...payment.refunds, { refundId, amount, lines, done: false, refused: false }];
  const askedBackInFull = payment.askedBackInFull || refundableOf({ ...payment, refunds }).amountMinor === 0;
  return { ...order, payment: { ...payment, refunds, askedBackInFull } };
};

const refundSettled = (
  event: OrderRefunded | OrderRefundRefused,
  order: KnownOrder,
  outcome: Partial<RefundState>,
): KnownOrder => {
  const payment = paymentOf(order);
  if (order.progress === 'PLACED' || payment === undefined) return impossible(event, order);
  const refunds = payment.refunds.map((refund) =>
    refund.refundId === event.data.refundId ? { ...refund, ...outcome } : refund,
  );
  return { ...order, payment: { ...payment, refunds } };
};

export const evolve = (state: OrderState, event: OrderEvent): OrderState => {
  if (state.progress === 'NONE')
    return event.type === 'OrderPlaced' ? placed(event) : impossible(event, state);
  switch (event.type) {
    case 'OrderPlaced':
      return impossible(event, state);
    case 'OrderSaleRecorded':
      return { ...state, sale: event.data.sale };
    case 'OrderAllocated':
      return allocated(state, event);
    case 'OrderLineSupplied':
      return supplied(state, event.data.warehouseId, event.data.productId);
    case 'OrderPaymentStarted':
      return { ...state, openPaymentId: event.data.paymentId };
    case 'OrderPaymentDeclined':
      return paymentEnded(state, event.data.paymentId);
    case 'OrderPaid':
      return paid(state, event);
    case 'OrderPartReleased':
      return withPart(state, event.data.shipmentId, { released: true });
    case 'OrderPartMoved':
      return partMoved(state, event);
    case 'OrderDestinationChanged':
      return {
        ...state,
        destination: event.data.destination,
        parts: state.parts.map((part) => ({ ...part, missedRedirect: false })),
      };
    case 'OrderRedirectMissed':
      return {
        ...withPart(state, event.data.shipmentId, { missedRedirect: true }),
        destination: event.data.destination,
      };
    case 'OrderPartLoadingStarted':
    case 'OrderPartLoadingFailed': {
      const { shipmentId, attempt } = event.data;
      const mayBeGone = event.type === 'OrderPartLoadingStarted';
      return withPart(state, shipmentId, { loading: { attempt, mayBeGone } });
    }
    case 'OrderShipped':
      return { ...paidOrder(event, state), progress: 'SHIPPED' };
    case 'OrderPartDelivered':
      return withPart(state, event.data.shipmentId, { delivered: true });
    case 'OrderFulfilled':
      return { ...paidOrder(event, state), progress: 'FULFILLED' };
    case 'OrderCompleted':
      return { ...paidOrder(event, state), progress: 'COMPLETED' };
    case 'OrderCancelled':
      return { ...state, progress: 'CANCELLED' };
    case 'OrderRefundRequested':
      return refundRequested(event, state);
    case 'OrderRefunded':
      return refundSettled(event, state, { done: true });
    case 'OrderRefundRefused':
      return refundSettled(event, state, { refused: true });
    default:
      return unreachable(event);
  }
};
