import { unreachable } from '../kernel';
import type {
  AccountId,
  Instant,
  NoteId,
  OrderId,
  PaymentId,
  ProductId,
  RefundId,
  SerialNumber,
} from '../kernel';
import type { Money, TaxEntry } from '../money';
import { amountsOf, quantityOf, remainingOf } from './amounts';
import { withCapture, type CaptureState } from './capture-state';
import type { Goods, ReturnedGoods } from './amounts';
import { redirected, type Destinations } from './destinations';
import {
  allocated,
  goodsCancelled,
  mayBeGone,
  partMoved,
  supplied,
  withPart,
  type Parts,
} from './part-state';
import type {
  OrderCaptured,
  OrderCaptureRefused,
  OrderCaptureRequested,
  OrderDestinationChanged,
  OrderEvent,
  OrderHeld,
  OrderHoldReleased,
  OrderNoteAdded,
  OrderPaid,
  OrderPlaced,
  OrderRefundRefused,
  OrderRefundRequested,
  OrderRefunded,
  OrderTagged,
  OrderUntagged,
  SellerRefund,
} from './events';
import type {
  CustomerWords,
  HoldReason,
  OrderLine,
  OrderPromotion,
  OrderShipping,
  OrderTax,
  Sale,
} from './contents';
import { isCalledOff, refundableOf } from './status';

export type RefundState = {
  readonly refundId: RefundId;
  readonly amount: Money;
  /** The goods that come back, each with its share of what the goods cost. */
  readonly lines: readonly ReturnedGoods[];
  /** The part of the order's tax that goes back with it. */
  readonly tax?: readonly TaxEntry[] | undefined;
  readonly done: boolean;
  /** The parts that sellers gave back. */
  readonly sellers?: readonly SellerRefund[] | undefined;
  /** The provider refused it for good. */
  readonly refused: boolean;
  /** True where nothing of the order was taken yet, so that nothing had to be given back. */
  readonly isUntaken?: true | undefined;
};

export type PaymentState = {
  readonly paymentId: PaymentId;
  readonly paid: Money;
  readonly refunds: readonly RefundState[];
  /** At some time the whole payment was being refunded or refunded. A refusal does not undo the consequences. */
  readonly askedBackInFull: boolean;
  /** True where the payment was split onto sellers, so that its refunds are, too. */
  readonly isOfSellers?: true | undefined;
  /** Present where the money was held, and is captured as the goods leave: the captures so far. */
  readonly captures?: readonly CaptureState[] | undefined;
};

type Placed = Destinations &
  Parts &
  CustomerWords & {
    readonly orderId: OrderId;
    readonly number: SerialNumber;
    readonly customerId: AccountId;
    readonly lines: readonly OrderLine[];
    readonly promotions?: readonly OrderPromotion[] | undefined;
    readonly shipping?: OrderShipping | undefined;
    readonly tax?: OrderTax | undefined;
    readonly total: Money;
    readonly carrierAccount?: string | undefined;
    readonly payBy: Instant;
    readonly placedAt: Instant;
    /** The payment that has started and whose outcome is unknown. */
    readonly openPaymentId?: PaymentId | undefined;
    /** The reasons why the order is held, in the order in which they were given. */
    readonly holds: readonly HoldReason[];
    /** The time since when it is held; present only while it is. */
    readonly heldSince?: Instant | undefined;
    /** The internal notes; their text is for read models only. */
    readonly notes: readonly NoteId[];
    /** In the order in which they were given. */
    readonly tags: readonly string[];
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

export { mayBeGone } from './part-state';
export type { PartState } from './part-state';

export const initial: OrderState = { progress: 'NONE' };

/** Tests whether staff hold the order: nothing more is released or loaded, and it does not expire. */
export const isHeld = ({ holds }: KnownOrder): boolean => holds.length > 0;

export const paymentOf = (order: KnownOrder): PaymentState | undefined =>
  order.progress === 'PLACED' ? undefined : order.payment;

/** Tests whether the order is paid, and none of its goods may have left. */
const isAllHere = (order: KnownOrder): boolean => order.progress === 'PAID' && !order.parts.some(mayBeGone);

/**
 * Tests whether all goods that the customer still has paid for are given back before any has left.
 *
 * @param lines - goods that are given back besides those of the refunds so far.
 */
export const isGivenBack = (order: KnownOrder, lines: readonly Goods[] = []): boolean =>
  isAllHere(order) &&
  order.lines.every(
    ({ productId }) => remainingOf(order, productId).quantity === quantityOf(lines, productId),
  );

/** Tests whether the order was called off before any of its goods left, so that it counts as if it had never been placed. */
export const isUndone = (order: KnownOrder): boolean =>
  isCalledOff(order) && (order.progress === 'CANCELLED' || isAllHere(order));

/** Returns the ordered quantity of a product over all lines. */
export const orderedOf = (order: KnownOrder, productId: ProductId): number =>
  quantityOf(order.lines, productId);

/** Returns the number of pieces. */
export const unitsOf = (lines: readonly Pick<OrderLine, 'quantity'>[]): number =>
  lines.reduce((sum, { quantity }) => sum + quantity, 0);

const placed = ({ data }: OrderPlaced): UnpaidOrder => ({
  progress: 'PLACED',
  orderId: data.orderId,
  number: data.number,
  customerId: data.customerId,
  lines: data.lines,
  promotions: data.promotions,
  shipping: data.shipping,
  tax: data.tax,
  total: data.total,
  destination: data.destination,
  shipTo: data.shipTo,
  noteToSeller: data.noteToSeller,
  gift: data.gift,
  formerAddresses: [],
  carrierAccount: data.carrierAccount,
  payBy: data.payBy,
  placedAt: data.placedAt,
  openPaymentId: data.paymentId,
  parts: [],
  moved: [],
  suppliedEarly: [],
  cancelled: [],
  holds: [],
  notes: [],
  tags: [],
  sale: data.sale,
});

/** Clears the open payment if it is the one that ended. */
const paymentEnded = (order: KnownOrder, paymentId: PaymentId): KnownOrder =>
  order.openPaymentId === paymentId ? { ...order, openPaymentId: undefined } : order;

const paid = (known: KnownOrder, { data }: OrderPaid): KnownOrder => {
  const order = paymentEnded(known, data.paymentId);
  const isHeld = data.authorisedUntil !== undefined;
  const hasSellers = isHeld ? order.lines.some(({ sellerId }) => sellerId !== undefined) : data.sellers;
  const isOfSellers = hasSellers ? (true as const) : undefined;
  const started = { paymentId: data.paymentId, paid: data.paid, refunds: [], askedBackInFull: false };
  const payment = { ...started, isOfSellers, ...(isHeld && { captures: [] }) };
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
  const { refundId, amount, lines = [], tax } = event.data;
  const goods = amountsOf(order, lines);
  const refunds = [...payment.refunds, { refundId, amount, lines: goods, tax, done: false, refused: false }];
  const after = { ...order, payment: { ...payment, refunds } };
  // Also where the charge for the shipping is kept.
  const isOff = order.shipping !== undefined && isGivenBack(after);
  const askedBackInFull = payment.askedBackInFull || refundableOf(after.payment).amountMinor === 0 || isOff;
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

const refunded = (event: OrderRefunded, order: KnownOrder): KnownOrder => {
  const { sellers, isUntaken } = event.data;
  return refundSettled(event, order, { ...{ done: true, sellers }, ...(isUntaken && { isUntaken }) });
};

const destinationChanged = (event: OrderDestinationChanged, order: KnownOrder): KnownOrder => ({
  ...order,
  ...redirected(order, event),
  parts: order.parts.map((part) => ({ ...part, missedRedirect: false })),
});

const captured = (
  event: OrderCaptureRequested | OrderCaptured | OrderCaptureRefused,
  order: KnownOrder,
): KnownOrder => {
  const payment = paymentOf(order);
  if (order.progress === 'PLACED' || payment === undefined) return impossible(event, order);
  return { ...order, payment: { ...payment, captures: withCapture(payment, event) } };
};

type ByStaff = OrderHeld | OrderHoldReleased | OrderNoteAdded | OrderTagged | OrderUntagged;

const changedByStaff = (state: KnownOrder, event: ByStaff): KnownOrder => {
  switch (event.type) {
    case 'OrderHeld':
      return {
        ...state,
        holds: [...state.holds, event.data.reason],
        heldSince: state.heldSince ?? event.data.heldAt,
      };
    case 'OrderHoldReleased': {
      const { reason, goesOn, unpaid } = event.data;
      return {
        ...state,
        holds: state.holds.filter((hold) => hold !== reason),
        heldSince: goesOn ? undefined : state.heldSince,
        payBy: unpaid?.payBy ?? state.payBy,
      };
    }
    case 'OrderNoteAdded':
      return { ...state, notes: [...state.notes, event.data.noteId] };
    case 'OrderTagged':
      return { ...state, tags: [...state.tags, event.data.tag] };
    case 'OrderUntagged':
      return { ...state, tags: state.tags.filter((tag) => tag !== event.data.tag) };
    default:
      return unreachable(event);
  }
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
    case 'OrderCaptureRequested':
    case 'OrderCaptured':
    case 'OrderCaptureRefused':
      return captured(event, state);
    case 'OrderPartReleased':
      return withPart(state, event.data.shipmentId, { released: true });
    case 'OrderPartMoved':
      return partMoved(state, event);
    case 'OrderDestinationChanged':
      return destinationChanged(event, state);
    case 'OrderRedirectMissed':
      return {
        ...withPart(state, event.data.shipmentId, { missedRedirect: true }),
        destination: event.data.destination,
        shipTo: event.data.shipTo,
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
    case 'OrderGoodsCancelled':
      return goodsCancelled(paidOrder(event, state), event);
    case 'OrderRefundRequested':
      return refundRequested(event, state);
    case 'OrderRefunded':
      return refunded(event, state);
    case 'OrderRefundRefused':
      return refundSettled(event, state, { refused: true });
    case 'OrderHeld':
    case 'OrderHoldReleased':
    case 'OrderNoteAdded':
    case 'OrderTagged':
    case 'OrderUntagged':
      return changedByStaff(state, event);
    default:
      return unreachable(event);
  }
};
