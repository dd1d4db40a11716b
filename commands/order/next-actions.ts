import type { AccountId, CaptureId, PaymentId, RefundId, ShipmentId, WarehouseId } from '../../domain/kernel';
import {
  holdReasons,
  order,
  paymentOf,
  refundableOf,
  refusalOfCancelling,
  type KnownOrder,
  type OrderCommand,
} from '../../domain/order';
import { shipmentActions, shipmentsPacked, type ShipmentStatus } from '../../domain/shipment';
import type { Rejection } from '../rejections';

/** The actions of people on an order and on each of its shipments, by the names of their use cases. */
const orderActions = [
  'payOrder',
  'cancelOrder',
  'cancelGoods',
  'changeDestination',
  'confirmReceipt',
  'refundOrder',
  'retryCapture',
  'holdOrder',
  'releaseOrder',
] as const;
const parcelActions = ['retryShipment', 'moveShipment', 'requestShipmentStatus'] as const;
export type OrderActionName = (typeof orderActions)[number] | (typeof parcelActions)[number];

/** `done`: it was done before and would change nothing. */
export type NextAction = {
  readonly action: OrderActionName;
  readonly shipmentId?: ShipmentId | undefined;
} & ({ readonly kind: 'possible' | 'done' } | { readonly kind: 'rejected'; readonly rejection: Rejection });

/** A shipment of the order, as far as the actions depend on it. */
type Parcel = { readonly id: ShipmentId; readonly status: ShipmentStatus };

// Ids that no order has, so that a command is not taken for a repeat.
const fresh = '00000000-0000-4000-8000-000000000000';
const somebody = fresh as AccountId;
const elsewhere = -1 as WarehouseId;

/** Returns the command that an action would send, with any figures that are permitted. */
const commandOf = (
  action: Exclude<(typeof orderActions)[number], 'cancelGoods'>,
  known: KnownOrder,
): OrderCommand => {
  const to = { orderId: known.orderId, at: known.placedAt };
  const { x, y } = known.destination;
  const payment = paymentOf(known);
  switch (action) {
    case 'payOrder':
      return { type: 'StartPayment', ...to, paymentId: fresh as PaymentId, method: '' };
    case 'cancelOrder':
      return { type: 'CancelOrder', ...to, refundId: fresh as RefundId };
    case 'changeDestination':
      return { type: 'ChangeOrderDestination', ...to, destination: { x: x > 0 ? x - 1 : x + 1, y } };
    case 'confirmReceipt':
      return { type: 'ConfirmReceipt', ...to };
    case 'retryCapture':
      return { type: 'RetryCapture', ...to, captureId: fresh as CaptureId };
    case 'holdOrder': {
      const reason = holdReasons.find((each) => !known.holds.includes(each)) ?? 'OTHER';
      return { type: 'HoldOrder', ...to, reason, by: somebody };
    }
    case 'releaseOrder':
      return { type: 'ReleaseOrder', ...to, reason: known.holds[0] ?? 'OTHER', by: somebody };
    case 'refundOrder': {
      const left = payment === undefined ? known.total : refundableOf(payment);
      const amount = { ...left, amountMinor: Math.max(1, left.amountMinor) };
      return { type: 'RequestRefund', ...to, refundId: fresh as RefundId, amount, reason: '' };
    }
  }
};

const outcomeOf = (command: OrderCommand, known: KnownOrder) => {
  const decision = order.decide(command, known);
  if (!decision.ok) return { kind: 'rejected', rejection: decision.rejection } as const;
  return { kind: decision.events.length > 0 ? 'possible' : 'done' } as const;
};

/** Some goods can be cancelled. The command says which, and is decided with their quantities. */
const ofGoods = (known: KnownOrder, parcels: readonly Parcel[], isCustomer: boolean) => {
  const packed = parcels.filter(({ status }) => shipmentsPacked.includes(status)).map(({ id }) => id);
  const rejection = refusalOfCancelling(known, { isCustomer, packed });
  return rejection === undefined
    ? ({ kind: 'possible' } as const)
    : ({ kind: 'rejected', rejection } as const);
};

const ofParcel = (
  action: (typeof parcelActions)[number],
  { id: shipmentId, status }: Parcel,
  known: KnownOrder,
): NextAction => {
  if (!shipmentActions[action].includes(status))
    return {
      ...{ action, shipmentId, kind: 'rejected' },
      rejection: { code: 'SHIPMENT_WRONG_STATUS', shipmentId, status },
    };
  if (action !== 'moveShipment') return { action, shipmentId, kind: 'possible' };
  const to = { shipmentId: fresh as ShipmentId, warehouseId: elsewhere };
  const { orderId, placedAt: at } = known;
  const command = { type: 'MoveOrderPart', orderId, shipmentId, to, at } as const;
  return { action, shipmentId, ...outcomeOf(command, known) };
};

/**
 * Returns each action with its possibility now, as the decider decides it. Another action, or a step of the platform, may
 * come first: the command itself decides again.
 *
 * @param known - the order. Of its lines and goods only the parts are read.
 * @param isPermitted - whether the caller may use an action at all; the others are left out.
 * @param caller - `isCustomer`: it has no rights of staff, so that goods that are packed stay as they are.
 */
export const nextActionsOf = (
  known: KnownOrder,
  parcels: readonly Parcel[],
  isPermitted: (action: OrderActionName) => boolean,
  { isCustomer }: { readonly isCustomer: boolean } = { isCustomer: false },
): readonly NextAction[] => [
  ...orderActions.filter(isPermitted).map((action) => ({
    action,
    ...(action === 'cancelGoods'
      ? ofGoods(known, parcels, isCustomer)
      : outcomeOf(commandOf(action, known), known)),
  })),
  ...parcels.flatMap((parcel) =>
    parcelActions.filter(isPermitted).map((action) => ofParcel(action, parcel, known)),
  ),
];
