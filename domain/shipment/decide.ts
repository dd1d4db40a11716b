import { accept, isPlace, reject, unreachable } from '../kernel';
import type { Decision, OrderId, SerialNumber, ShipmentId, TruckId, WarehouseId } from '../kernel';
import type {
  AssignTracking,
  CancelShipment,
  ChangeShipmentDestination,
  CreateShipment,
  ParkShipment,
  RecordDelivered,
  RecordDeliveryStarted,
  RecordLoaded,
  RecordPacked,
  RecordShipmentFailure,
  RecordTruckArrived,
  RecordTruckDispatched,
  RequestShipmentStatus,
  RetryShipment,
  ShipmentCommand,
  ShipmentRejection,
} from './commands';
import type { ShipmentEvent } from './events';
import type { KnownShipment, ShipmentState } from './state';
import { shipmentActions } from './status';
import { isTrackingNumber } from './tracking-number';

type ShipmentDecision = Decision<ShipmentEvent, ShipmentRejection>;

type Identity = {
  readonly shipmentId: ShipmentId;
  readonly number: SerialNumber;
  readonly orderId: OrderId;
  readonly warehouseId: WarehouseId;
};

/** Returns the fields that all events of a shipment share. */
const identify = (
  { shipmentId }: { readonly shipmentId: ShipmentId },
  { number, orderId, warehouseId }: KnownShipment,
): Identity => ({ shipmentId, number, orderId, warehouseId });

const wrongStatus = (
  { shipmentId }: { readonly shipmentId: ShipmentId },
  { status }: KnownShipment,
): ShipmentDecision => reject({ code: 'SHIPMENT_WRONG_STATUS', shipmentId, status });

const createShipment = (command: CreateShipment, state: ShipmentState): ShipmentDecision => {
  const { shipmentId, number, orderId, orderNumber, customerId, warehouseId } = command;
  const { destination, carrierAccount, items, at } = command;
  if (state.status !== 'NONE') {
    // An order leaves a warehouse in one shipment, so the same order and warehouse mean a repeat.
    return state.orderId === orderId && state.warehouseId === warehouseId
      ? accept()
      : reject({ code: 'SHIPMENT_ALREADY_CREATED', shipmentId });
  }
  // The World does not pack empty parcels.
  if (items.length === 0) return reject({ code: 'SHIPMENT_EMPTY' });
  // The World's grid has no such point.
  if (!isPlace(destination)) return reject({ code: 'PLACE_OUT_OF_RANGE', place: destination });
  return accept({
    type: 'ShipmentCreated',
    data: {
      shipmentId,
      number,
      orderId,
      warehouseId,
      orderNumber,
      customerId,
      destination,
      carrierAccount,
      items,
      createdAt: at,
    },
  });
};

const loadingStarted = (of: Identity, truckId: TruckId, at: RecordPacked['at']): ShipmentEvent => ({
  type: 'ShipmentLoadingStarted',
  data: { ...of, truckId, startedAt: at },
});

const recordPacked = (command: RecordPacked, state: KnownShipment): ShipmentDecision => {
  switch (state.status) {
    case 'PACKED':
    case 'LOADING':
    case 'LOADED':
    case 'DELIVERING':
    case 'DELIVERED':
      return accept();
    case 'FAILED':
      return state.failedStep === 'loading' ? accept() : wrongStatus(command, state);
    case 'CANCELLED':
      return wrongStatus(command, state);
    case 'PACKING': {
      const of = identify(command, state);
      const packed: ShipmentEvent = { type: 'ShipmentPacked', data: { ...of, packedAt: command.at } };
      // The truck came before the packing was done.
      if (state.truckId !== null) return accept(packed, loadingStarted(of, state.truckId, command.at));
      return accept(packed);
    }
    default:
      return unreachable(state);
  }
};

/** Rejects a second truck. Another truck may come only after loading on the first one failed. */
const refusalOfTruck = (truckId: TruckId, state: KnownShipment): ShipmentRejection | undefined =>
  state.truckId === null || state.truckId === truckId || state.status === 'FAILED'
    ? undefined
    : { code: 'WRONG_TRUCK', expected: state.truckId, actual: truckId };

const recordTruckDispatched = (command: RecordTruckDispatched, state: KnownShipment): ShipmentDecision => {
  const { truckId, at } = command;
  if (state.status === 'CANCELLED') return wrongStatus(command, state);
  const refusal = refusalOfTruck(truckId, state);
  if (refusal !== undefined) return reject(refusal);
  if (truckId === state.truckId || truckId === state.dispatchedTruckId) return accept();
  return accept({
    type: 'ShipmentTruckDispatched',
    data: { ...identify(command, state), truckId, dispatchedAt: at },
  });
};

const recordTruckArrived = (command: RecordTruckArrived, state: KnownShipment): ShipmentDecision => {
  const { truckId, warehouseId, at } = command;
  if (state.status === 'CANCELLED') return wrongStatus(command, state);
  // A truck at another warehouse cannot load these goods.
  if (warehouseId !== state.warehouseId)
    return reject({ code: 'WRONG_WAREHOUSE', expected: state.warehouseId, actual: warehouseId });
  const refusal = refusalOfTruck(truckId, state);
  if (refusal !== undefined) return reject(refusal);
  if (truckId === state.truckId) return accept();
  const of = identify(command, state);
  const arrived: ShipmentEvent = { type: 'ShipmentTruckArrived', data: { ...of, truckId, arrivedAt: at } };
  // The goods are packed, so loading can start.
  if (state.status === 'PACKED') return accept(arrived, loadingStarted(of, truckId, at));
  return accept(arrived);
};

const recordLoaded = (command: RecordLoaded, state: KnownShipment): ShipmentDecision => {
  switch (state.status) {
    case 'LOADED':
    case 'DELIVERING':
    case 'DELIVERED':
      return accept();
    case 'PACKING':
    case 'PACKED':
    case 'FAILED':
    case 'CANCELLED':
      return wrongStatus(command, state);
    case 'LOADING': {
      const { truckId, customerId, destination, items } = state;
      return accept({
        type: 'ShipmentLoaded',
        data: { ...identify(command, state), truckId, customerId, destination, items, loadedAt: command.at },
      });
    }
    default:
      return unreachable(state);
  }
};

const recordDeliveryStarted = (command: RecordDeliveryStarted, state: KnownShipment): ShipmentDecision => {
  switch (state.status) {
    // A carrier's messages may arrive in any order.
    case 'DELIVERING':
    case 'DELIVERED':
      return accept();
    case 'PACKING':
    case 'PACKED':
    case 'LOADING':
    case 'FAILED':
    case 'CANCELLED':
      return wrongStatus(command, state);
    case 'LOADED':
      return accept({
        type: 'ShipmentDeliveryStarted',
        data: { ...identify(command, state), startedAt: command.at },
      });
    default:
      return unreachable(state);
  }
};

const recordDelivered = (command: RecordDelivered, state: KnownShipment): ShipmentDecision => {
  switch (state.status) {
    case 'DELIVERED':
      return accept();
    // Only loaded goods can be on their way.
    case 'PACKING':
    case 'PACKED':
    case 'LOADING':
    case 'FAILED':
    case 'CANCELLED':
      return wrongStatus(command, state);
    case 'LOADED':
    case 'DELIVERING':
      return accept({
        type: 'ShipmentDelivered',
        data: { ...identify(command, state), deliveredAt: command.at },
      });
    default:
      return unreachable(state);
  }
};

const assignTracking = (command: AssignTracking, state: KnownShipment): ShipmentDecision => {
  const { trackingNumber, at } = command;
  // An empty number identifies nothing.
  if (trackingNumber.trim() === '') return reject({ code: 'TRACKING_NUMBER_EMPTY' });
  if (trackingNumber === state.trackingNumber) return accept();
  if (!isTrackingNumber(trackingNumber)) return reject({ code: 'TRACKING_NUMBER_INVALID', trackingNumber });
  if (state.status === 'CANCELLED') return wrongStatus(command, state);
  // A first number may come late. The number under which the parcel was delivered stays, because customers look it up.
  if (state.status === 'DELIVERED' && state.trackingNumber !== null) return wrongStatus(command, state);
  return accept({
    type: 'ShipmentTrackingAssigned',
    data: { ...identify(command, state), trackingNumber, assignedAt: at },
  });
};

const changeDestination = (command: ChangeShipmentDestination, state: KnownShipment): ShipmentDecision => {
  const { destination, at } = command;
  // The World's grid has no such point.
  if (!isPlace(destination)) return reject({ code: 'PLACE_OUT_OF_RANGE', place: destination });
  if (destination.x === state.destination.x && destination.y === state.destination.y) return accept();
  // A truck can be redirected until it has delivered the parcel.
  if (state.status === 'DELIVERED' || state.status === 'CANCELLED') return wrongStatus(command, state);
  return accept({
    type: 'ShipmentDestinationChanged',
    data: { ...identify(command, state), customerId: state.customerId, destination, changedAt: at },
  });
};

const recordFailure = (command: RecordShipmentFailure, state: KnownShipment): ShipmentDecision => {
  const { step, reason, lacking, at } = command;
  if (state.status === 'FAILED' && state.failedStep === step) return accept();
  // Only the running step can fail; a report about an earlier one comes too late.
  const underWay = step === 'packing' ? 'PACKING' : 'LOADING';
  if (state.status !== underWay) return wrongStatus(command, state);
  const shortage = lacking === undefined ? {} : { lacking, packingSince: state.packingSince };
  const data = { step, attempt: state.attempts[step], reason, ...shortage, failedAt: at };
  return accept({ type: 'ShipmentFailed', data: { ...identify(command, state), ...data } });
};

const isBeingRetried = ({ status, attempts }: KnownShipment): boolean =>
  (status === 'PACKING' && attempts.packing > 1) || (status === 'LOADING' && attempts.loading > 1);

const retryShipment = (command: RetryShipment, state: KnownShipment): ShipmentDecision => {
  if (isBeingRetried(state)) return accept();
  // Only a failed step can be repeated.
  if (state.status !== 'FAILED') return wrongStatus(command, state);
  const step = state.failedStep;
  return accept({
    type: 'ShipmentRetried',
    data: {
      ...identify(command, state),
      step,
      attempt: state.attempts[step] + 1,
      ...(state.failedStep === 'loading' ? { truckId: state.truckId } : {}),
      items: state.items,
      retriedAt: command.at,
    },
  });
};

const parkShipment = (command: ParkShipment, state: KnownShipment): ShipmentDecision => {
  // A retry or the cancellation of the order came first.
  if (state.status !== 'FAILED') return wrongStatus(command, state);
  if (state.parked) return accept();
  const { reason, at } = command;
  return accept({
    type: 'ShipmentParked',
    data: { ...identify(command, state), step: state.failedStep, reason, parkedAt: at },
  });
};

const requestStatus = (command: RequestShipmentStatus, state: KnownShipment): ShipmentDecision =>
  shipmentActions.requestShipmentStatus.includes(state.status)
    ? accept({
        type: 'ShipmentStatusRequested',
        data: { ...identify(command, state), requestedAt: command.at },
      })
    : wrongStatus(command, state);

const cancelShipment = (command: CancelShipment, state: KnownShipment): ShipmentDecision => {
  switch (state.status) {
    case 'CANCELLED':
      return accept();
    // A loaded shipment cannot be called back.
    case 'LOADED':
    case 'DELIVERING':
    case 'DELIVERED':
      return wrongStatus(command, state);
    case 'PACKING':
    case 'PACKED':
    case 'LOADING':
    case 'FAILED':
      return accept({
        type: 'ShipmentCancelled',
        data: { ...identify(command, state), cancelledAt: command.at },
      });
    default:
      return unreachable(state);
  }
};

export const decide = (command: ShipmentCommand, state: ShipmentState): ShipmentDecision => {
  if (command.type === 'CreateShipment') return createShipment(command, state);
  if (state.status === 'NONE') return reject({ code: 'SHIPMENT_NOT_FOUND', shipmentId: command.shipmentId });
  switch (command.type) {
    case 'RecordPacked':
      return recordPacked(command, state);
    case 'RecordTruckDispatched':
      return recordTruckDispatched(command, state);
    case 'RecordTruckArrived':
      return recordTruckArrived(command, state);
    case 'RecordLoaded':
      return recordLoaded(command, state);
    case 'RecordDeliveryStarted':
      return recordDeliveryStarted(command, state);
    case 'RecordDelivered':
      return recordDelivered(command, state);
    case 'AssignTracking':
      return assignTracking(command, state);
    case 'ChangeShipmentDestination':
      return changeDestination(command, state);
    case 'RecordShipmentFailure':
      return recordFailure(command, state);
    case 'RetryShipment':
      return retryShipment(command, state);
    case 'ParkShipment':
      return parkShipment(command, state);
    case 'RequestShipmentStatus':
      return requestStatus(command, state);
    case 'CancelShipment':
      return cancelShipment(command, state);
    default:
      return unreachable(command);
  }
};
