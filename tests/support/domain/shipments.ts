import type {
  AccountId,
  Instant,
  OrderId,
  Place,
  ProductId,
  SerialNumber,
  ShipmentId,
  TruckId,
  WarehouseId,
} from '../../../domain/kernel';
import type {
  ShipmentCommand,
  ShipmentEvent,
  ShipmentItem,
  ShipmentState,
  ShipmentStep,
} from '../../../domain/shipment';

/** The commands and events of one shipment of three mugs, for specs of everything that follows a shipment. */
export const shipmentId = '5d0b6c3e-0000-5000-8000-000000000001' as ShipmentId;
export const orderId = '5d0b6c3e-0000-5000-8000-000000000002' as OrderId;
export const customerId = '5d0b6c3e-0000-5000-8000-000000000003' as AccountId;
export const warehouseId = 7 as WarehouseId;
export const truckId = 21 as TruckId;
export const otherTruck = 22 as TruckId;
export const place: Place = { x: 5, y: -9 };
export const at = '2026-11-02T09:00:00.000Z' as Instant;

export const items: readonly ShipmentItem[] = [
  {
    productId: '5d0b6c3e-0000-5000-8000-000000000004' as ProductId,
    productNumber: 12 as SerialNumber,
    sku: 'MUG-01',
    name: 'Dockside mug',
    quantity: 3,
  },
];

const of = { shipmentId, number: 501 as SerialNumber, orderId, warehouseId };
const beginning = { ...of, orderNumber: 1001 as SerialNumber, customerId, destination: place, items };
const to = { shipmentId, at };

type Command<Type extends ShipmentCommand['type']> = Extract<ShipmentCommand, { type: Type }>;
type Event<Type extends ShipmentEvent['type']> = Extract<ShipmentEvent, { type: Type }>;

export const command = {
  create: { type: 'CreateShipment', ...beginning, at } satisfies Command<'CreateShipment'>,
  packed: { type: 'RecordPacked', ...to } satisfies Command<'RecordPacked'>,
  truckDispatched: (truck = truckId): Command<'RecordTruckDispatched'> => ({
    type: 'RecordTruckDispatched',
    ...to,
    truckId: truck,
  }),
  truckArrived: (truck = truckId): Command<'RecordTruckArrived'> => ({
    type: 'RecordTruckArrived',
    ...to,
    truckId: truck,
    warehouseId,
  }),
  loaded: { type: 'RecordLoaded', ...to } satisfies Command<'RecordLoaded'>,
  deliveryStarted: { type: 'RecordDeliveryStarted', ...to } satisfies Command<'RecordDeliveryStarted'>,
  delivered: { type: 'RecordDelivered', ...to } satisfies Command<'RecordDelivered'>,
  tracking: (trackingNumber: string): Command<'AssignTracking'> => ({
    type: 'AssignTracking',
    ...to,
    trackingNumber,
  }),
  destination: (destination: Place): Command<'ChangeShipmentDestination'> => ({
    type: 'ChangeShipmentDestination',
    ...to,
    destination,
  }),
  failure: (step: ShipmentStep): Command<'RecordShipmentFailure'> => ({
    type: 'RecordShipmentFailure',
    ...to,
    step,
    reason: 'no such warehouse',
  }),
  retry: { type: 'RetryShipment', ...to } satisfies Command<'RetryShipment'>,
  park: { type: 'ParkShipment', ...to, reason: 'no such warehouse' } satisfies Command<'ParkShipment'>,
  requestStatus: {
    type: 'RequestShipmentStatus',
    ...to,
  } satisfies Command<'RequestShipmentStatus'>,
  cancel: { type: 'CancelShipment', ...to } satisfies Command<'CancelShipment'>,
} as const;

export const event = {
  created: {
    type: 'ShipmentCreated',
    data: { ...beginning, createdAt: at },
  } satisfies Event<'ShipmentCreated'>,
  packed: { type: 'ShipmentPacked', data: { ...of, packedAt: at } } satisfies Event<'ShipmentPacked'>,
  truckDispatched: (truck = truckId): Event<'ShipmentTruckDispatched'> => ({
    type: 'ShipmentTruckDispatched',
    data: { ...of, truckId: truck, dispatchedAt: at },
  }),
  truckArrived: (truck = truckId): Event<'ShipmentTruckArrived'> => ({
    type: 'ShipmentTruckArrived',
    data: { ...of, truckId: truck, arrivedAt: at },
  }),
  loadingStarted: (truck = truckId): Event<'ShipmentLoadingStarted'> => ({
    type: 'ShipmentLoadingStarted',
    data: { ...of, truckId: truck, startedAt: at },
  }),
  loaded: (destination = place): Event<'ShipmentLoaded'> => ({
    type: 'ShipmentLoaded',
    data: { ...of, truckId, customerId, destination, items, loadedAt: at },
  }),
  deliveryStarted: {
    type: 'ShipmentDeliveryStarted',
    data: { ...of, startedAt: at },
  } satisfies Event<'ShipmentDeliveryStarted'>,
  delivered: {
    type: 'ShipmentDelivered',
    data: { ...of, deliveredAt: at },
  } satisfies Event<'ShipmentDelivered'>,
  tracking: (trackingNumber: string): Event<'ShipmentTrackingAssigned'> => ({
    type: 'ShipmentTrackingAssigned',
    data: { ...of, trackingNumber, assignedAt: at },
  }),
  destinationChanged: (destination: Place): Event<'ShipmentDestinationChanged'> => ({
    type: 'ShipmentDestinationChanged',
    data: { ...of, customerId, destination, changedAt: at },
  }),
  failed: (step: ShipmentStep, attempt = 1): Event<'ShipmentFailed'> => ({
    type: 'ShipmentFailed',
    data: { ...of, step, attempt, reason: 'no such warehouse', failedAt: at },
  }),
  retriedPacking: (attempt: number): Event<'ShipmentRetried'> => ({
    type: 'ShipmentRetried',
    data: { ...of, step: 'packing', attempt, items, retriedAt: at },
  }),
  retriedLoading: (attempt: number, truck = truckId): Event<'ShipmentRetried'> => ({
    type: 'ShipmentRetried',
    data: { ...of, step: 'loading', attempt, truckId: truck, items, retriedAt: at },
  }),
  parked: (step: ShipmentStep): Event<'ShipmentParked'> => ({
    type: 'ShipmentParked',
    data: { ...of, step, reason: 'no such warehouse', parkedAt: at },
  }),
  statusRequested: {
    type: 'ShipmentStatusRequested',
    data: { ...of, requestedAt: at },
  } satisfies Event<'ShipmentStatusRequested'>,
  cancelled: {
    type: 'ShipmentCancelled',
    data: { ...of, cancelledAt: at },
  } satisfies Event<'ShipmentCancelled'>,
} as const;

/** The commands worth sending to a shipment in its state. */
export const offers = (state: ShipmentState): readonly ShipmentCommand[] => {
  if (state.status === 'NONE') return [command.create, command.packed];
  const atDoor = state.truckId ?? truckId;
  const another = atDoor === truckId ? otherTruck : truckId;
  return [
    command.packed,
    ...[atDoor, another].flatMap((truck) => [command.truckDispatched(truck), command.truckArrived(truck)]),
    command.loaded,
    command.deliveryStarted,
    command.delivered,
    command.tracking(state.trackingNumber ?? '1Z1'),
    command.destination({ x: 1 - state.destination.x, y: 0 }),
    command.failure('packing'),
    command.failure('loading'),
    // Attempts have no bound; a few are enough to find every state.
    ...(Math.max(state.attempts.packing, state.attempts.loading) < 3 ? [command.retry] : []),
    command.park,
    command.requestStatus,
    command.cancel,
  ];
};
