import { nextActionsOf, type NextAction } from '../../../commands/order';
import type { CaptureId, RefundId, ShipmentId, WarehouseId } from '../../../domain/kernel';
import {
  isCalledOff,
  isHeld,
  mayBeGone,
  order,
  orderWaysOut,
  paymentOf,
  refundableOf,
  statusOf,
} from '../../../domain/order';
import { isSecured, isToBeVoided, payment } from '../../../domain/payment';
import { shipment, shipmentWaysOut } from '../../../domain/shipment';
import { lines, orderCommandFacts as facts } from './one-part-order';
import { capturing, paying, refunding, voiding } from './order-walk-money';
import {
  after,
  at,
  orderId,
  parcelOf,
  partOf,
  payBy,
  to,
  withOrder,
  withShipment,
  type Step,
  type Whole,
} from './order-walk-whole';
import { staff } from './order-vocabulary';

export type { Whole } from './order-walk-whole';

const TRIES_MAX = 2;
const REFUNDS_MAX = 2;
const MOVES_MAX = 1;
/** Held money has more states, so fewer other things happen to its order. */
const HELD = { refunds: 1, moves: 0, captures: 1, payments: 1 };
const [near, far] = [1, 2] as [WarehouseId, WarehouseId];

const allocation: Step = (whole) =>
  [true, false].map((awaitingStock) =>
    withOrder(whole, {
      type: 'AllocateOrder',
      ...to,
      parts: [
        {
          ...{ shipmentId: 'shipment-0' as ShipmentId, warehouseId: near },
          lines: lines.map(({ productId, quantity }) => ({ productId, quantity, awaitingStock })),
        },
      ],
    }),
  );

const supply: Step = (whole) => {
  const part = partOf(whole);
  const line = part?.lines.find(({ awaitingStock }) => awaitingStock);
  if (part === undefined || line === undefined) return [];
  const { warehouseId } = part;
  return [withOrder(whole, { type: 'RecordLineSupplied', ...to, warehouseId, productId: line.productId })];
};

const expiry: Step = (whole) => [withOrder(whole, { type: 'ExpireOrder', orderId, at: payBy })];

const creation: Step = (whole) => {
  const part = partOf(whole);
  if (part?.released !== true || parcelOf(whole) !== undefined || isCalledOff(whole.order)) return [];
  const { shipmentId, warehouseId } = part;
  const { number, customerId, destination } = whole.order;
  const create = {
    type: 'CreateShipment',
    shipmentId,
    number,
    orderId,
    orderNumber: number,
    customerId,
  } as const;
  return [withShipment(whole, { ...create, warehouseId, destination, items: lines, at })];
};

/** The World and the carrier do their parts or refuse them. */
const transport: Step = (whole) => {
  const parcel = parcelOf(whole);
  const part = partOf(whole);
  if (parcel === undefined || part === undefined) return [];
  const of = { shipmentId: part.shipmentId, at };
  const truckId = 7 as never;
  switch (parcel.status) {
    case 'PACKING':
      return [
        withShipment(whole, { type: 'RecordPacked', ...of }),
        withShipment(whole, { type: 'RecordShipmentFailure', ...of, step: 'packing', reason: 'no' }),
      ];
    case 'PACKED':
      return [
        withShipment(whole, { type: 'RecordTruckArrived', ...of, truckId, warehouseId: part.warehouseId }),
      ];
    case 'LOADING': {
      const attempt = parcel.attempts.loading;
      if ((part.loading?.attempt ?? 0) < attempt)
        return [withOrder(whole, { type: 'StartPartLoading', ...to, shipmentId: part.shipmentId, attempt })];
      return [
        withShipment(whole, { type: 'RecordLoaded', ...of }),
        withShipment(whole, { type: 'RecordShipmentFailure', ...of, step: 'loading', reason: 'no' }),
      ];
    }
    case 'LOADED':
      return [withShipment(whole, { type: 'RecordDelivered', ...of })];
    default:
      return [];
  }
};

/** The order learns of its shipment. */
const shipping: Step = (whole) => {
  const parcel = parcelOf(whole);
  const part = partOf(whole);
  if (parcel === undefined || part === undefined) return [];
  const { shipmentId } = part;
  const attempt = part.loading?.attempt ?? 0;
  const isLater = parcel.attempts.loading > attempt;
  // The failure of an attempt is recorded also when the next one has begun.
  const hasFailed = parcel.status === 'FAILED' && parcel.failedStep === 'loading';
  if (part.loading?.mayBeGone && (hasFailed || isLater))
    return [withOrder(whole, { type: 'RecordPartLoadingFailed', ...to, shipmentId, attempt })];
  if (parcel.status === 'LOADED') return [withOrder(whole, { type: 'RecordPartShipped', ...to, shipmentId })];
  if (parcel.status === 'DELIVERED')
    return [withOrder(whole, { type: 'RecordPartDelivered', ...to, shipmentId })];
  return [];
};

const movesMax = ({ isHeld: isMoneyHeld }: Whole): number => (isMoneyHeld ? HELD.moves : MOVES_MAX);

const moveTo = (whole: Whole): Whole => {
  const part = partOf(whole)!;
  const warehouseId = part.warehouseId === near ? far : near;
  const shipmentId = `shipment-${whole.order.moved.length + 1}` as ShipmentId;
  const moved = withOrder(whole, {
    type: 'MoveOrderPart',
    ...{ ...to, shipmentId: part.shipmentId, to: { shipmentId, warehouseId } },
  });
  if (moved.order === whole.order) return whole;
  // Its reactor cancels the former shipment.
  const left = withShipment(moved, { type: 'CancelShipment', shipmentId: part.shipmentId, at });
  expect(left.shipment.status).toBe('CANCELLED');
  return { ...left, shipment: shipment.initial };
};

const recovery: Step = (whole) => {
  const parcel = parcelOf(whole);
  const part = partOf(whole);
  if (part === undefined || parcel?.status !== 'FAILED' || isCalledOff(whole.order)) return [];
  const { shipmentId } = part;
  if (parcel.attempts[parcel.failedStep] < TRIES_MAX)
    return [withShipment(whole, { type: 'RetryShipment', shipmentId, at })];
  const parked = withShipment(whole, { type: 'ParkShipment', shipmentId, reason: 'no', at });
  const isMovable = parcel.failedStep === 'packing' && whole.order.moved.length < movesMax(whole);
  return isMovable ? [moveTo(whole), parked] : [parked];
};

const compensation: Step = (whole) => {
  const part = partOf(whole);
  if (part === undefined || parcelOf(whole) === undefined) return [];
  if (!isCalledOff(whole.order) || mayBeGone(part)) return [];
  return [withShipment(whole, { type: 'CancelShipment', shipmentId: part.shipmentId, at })];
};

const automatic: readonly Step[] = [
  ...[allocation, supply, expiry, paying, refunding, capturing, voiding],
  ...[creation, transport, shipping, recovery, compensation],
];

/** Carries out an action of people that `nextActionsOf` calls possible; bounded, so that the walk ends. */
const acted = (whole: Whole, { action, shipmentId }: NextAction): readonly Whole[] => {
  const refunds = paymentOf(whole.order)?.refunds.length ?? 0;
  const refundId = `refund-${refunds}` as RefundId;
  switch (action) {
    case 'payOrder': {
      const paymentId = `payment-${whole.payments}` as never;
      return [withOrder(whole, { type: 'StartPayment', ...to, paymentId, method: 'test' })].filter(
        () => whole.payments < (whole.isHeld ? HELD.payments : 2),
      );
    }
    case 'cancelOrder':
      return [withOrder(whole, { type: 'CancelOrder', ...to, refundId })];
    case 'holdOrder':
      // One hold at a time shows what each stops.
      return isHeld(whole.order)
        ? []
        : [withOrder(whole, { type: 'HoldOrder', ...to, reason: 'FRAUD', by: staff })];
    case 'releaseOrder':
      return [withOrder(whole, { type: 'ReleaseOrder', ...to, reason: 'FRAUD', by: staff })];
    case 'confirmReceipt':
      return [withOrder(whole, { type: 'ConfirmReceipt', ...to })];
    case 'refundOrder': {
      if (refunds >= (whole.isHeld ? HELD.refunds : REFUNDS_MAX)) return [];
      const amount = refundableOf(paymentOf(whole.order)!);
      return [1, amount.amountMinor].map((amountMinor) =>
        withOrder(whole, {
          type: 'RequestRefund',
          ...{ ...to, refundId, amount: { ...amount, amountMinor }, reason: 'r' },
        }),
      );
    }
    case 'retryCapture': {
      const captures = paymentOf(whole.order)?.captures?.length ?? 0;
      const captureId = `capture-${captures}` as CaptureId;
      return captures > HELD.captures ? [] : [withOrder(whole, { type: 'RetryCapture', ...to, captureId })];
    }
    case 'retryShipment': {
      const parcel = parcelOf(whole);
      const tries = parcel === undefined ? 0 : Math.max(parcel.attempts.packing, parcel.attempts.loading);
      return tries > TRIES_MAX
        ? []
        : [withShipment(whole, { type: 'RetryShipment', shipmentId: shipmentId!, at })];
    }
    case 'moveShipment':
      return whole.order.moved.length < movesMax(whole) ? [moveTo(whole)] : [];
    default:
      return [];
  }
};

/** Returns the actions of people, whether possible or not. */
export const actionsIn = (whole: Whole): readonly NextAction[] => {
  const part = partOf(whole);
  const parcel = parcelOf(whole);
  const parcels =
    part === undefined || parcel === undefined ? [] : [{ id: part.shipmentId, status: parcel.status }];
  return nextActionsOf(whole.order, parcels, () => true);
};

export const possibleIn = (whole: Whole): readonly NextAction[] =>
  actionsIn(whole).filter(({ kind }) => kind === 'possible');

/** A state in which an order may stay: its status and its shipment's are final, and no money is owed or open. */
export const isEnd = (whole: Whole): boolean => {
  const parcel = parcelOf(whole);
  return (
    orderWaysOut[statusOf(whole.order)].isFinal &&
    (parcel === undefined || shipmentWaysOut[parcel.status].isFinal) &&
    whole.payment.status !== 'REQUESTED' &&
    !isToBeVoided(whole.payment)
  );
};

/** Returns a text that two states share if nothing distinguishes them that a step depends on. */
const keyOf = ({ order: known, shipment: parcel, payment: money, payments }: Whole): string => {
  const { progress, openPaymentId, parts, moved, holds } = known;
  const refunds = isSecured(money) ? [...money.refunds] : [];
  const held = money.status === 'AUTHORISED' ? [[...money.captures], money.voiding] : [];
  const moneyFacts = money.status === 'NONE' ? [] : [money.status, money.paymentId, refunds, held];
  const parcelFacts =
    parcel.status === 'NONE'
      ? []
      : [parcel.status, parcel.attempts, parcel.truckId, 'parked' in parcel && parcel.parked];
  const failedStep = parcel.status === 'FAILED' ? parcel.failedStep : undefined;
  return JSON.stringify([
    ...[progress, openPaymentId, paymentOf(known), parts, moved, holds, payments],
    ...[moneyFacts, parcelFacts, failedStep],
  ]);
};

const isSame = (one: Whole, other: Whole): boolean =>
  one.order === other.order && one.shipment === other.shipment && one.payment === other.payment;

export type Node = {
  readonly whole: Whole;
  readonly byItself: readonly string[];
  readonly byPeople: readonly string[];
  readonly possible: readonly NextAction[];
};

/**
 * Visits every state that can be reached, by its key.
 *
 * @param isHeld - whether money is held with the order and taken before the shipment leaves.
 */
export const walk = (isHeld = false): ReadonlyMap<string, Node> => {
  const placed = after(order, order.initial, facts.place);
  if (placed.progress === 'NONE') throw new Error('The order was not placed');
  const nodes = new Map<string, Node>();
  const open: Whole[] = [
    { order: placed, shipment: shipment.initial, payment: payment.initial, payments: 0, isHeld },
  ];
  for (let whole = open.pop(); whole !== undefined; whole = open.pop()) {
    const key = keyOf(whole);
    if (nodes.has(key)) continue;
    const present = whole;
    const visit = (next: readonly Whole[]): readonly string[] =>
      next.flatMap((each) => {
        if (isSame(each, present)) return [];
        const other = keyOf(each);
        if (other === key) return [];
        if (!nodes.has(other)) open.push(each);
        return [other];
      });
    const possible = possibleIn(whole);
    const byItself = visit(automatic.flatMap((step) => step(present)));
    const byPeople = visit(possible.flatMap((action) => acted(present, action)));
    nodes.set(key, { whole, possible, byItself, byPeople });
  }
  return nodes;
};
