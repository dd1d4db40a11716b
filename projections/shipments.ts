import {
  unreachable,
  type AccountId,
  type Instant,
  type OrderId,
  type Place,
  type ProductId,
  type ShipmentId,
  type WarehouseId,
} from '../domain/kernel';
import { shipment, type ShipmentCreated, type ShipmentEvent, type ShipmentStatus } from '../domain/shipment';
import { streamName, type RecordedEvent, type StreamName } from '../platform/event-store';
import type { EventOf, Handler, Projection } from '../platform/projections';
import type { CollectionSpec } from '../platform/read-models';
import { choice, instant, list, maybe, place, record, text, whole } from './schema';
import { reasonIn, timelineSchema, withEntry, type TimelineEntry } from './timeline';

/** One shipment: where it is, and how it got there. Found by id, by number (the World's `shipid`) and by tracking number. */
export type ShipmentTracking = {
  readonly id: ShipmentId;
  readonly number: number;
  readonly orderId: OrderId;
  readonly orderNumber: number;
  readonly customerId: AccountId;
  readonly warehouseId: WarehouseId;
  readonly destination: Place;
  readonly carrierAccount: string | null;
  readonly status: ShipmentStatus;
  readonly truckId: number | null;
  readonly trackingNumber: string | null;
  readonly failure: string | null;
  readonly items: readonly {
    readonly productId: ProductId;
    readonly productNumber: number;
    readonly sku: string;
    readonly name: string;
    readonly quantity: number;
  }[];
  readonly createdAt: Instant;
  readonly timeline: readonly TimelineEntry[];
};

const statuses: Readonly<Record<ShipmentStatus, true>> = {
  PACKING: true,
  PACKED: true,
  LOADING: true,
  LOADED: true,
  DELIVERING: true,
  DELIVERED: true,
  FAILED: true,
  CANCELLED: true,
};

export const shipmentStatusSchema = choice(Object.keys(statuses), 'Where it is on its way.');

const item = record<ShipmentTracking['items'][number]>(
  {
    productId: text('UUID.'),
    productNumber: whole('The number under which the World knows it.'),
    sku: text("The seller's own key for it."),
    name: text('What it was called when it was ordered.'),
    quantity: whole('How many.'),
  },
  'So many of one product.',
);

const collection: CollectionSpec = {
  name: 'shipments',
  version: 1,
  indexes: [
    { name: 'by_number', fields: ['number'] },
    { name: 'by_tracking_number', fields: ['trackingNumber'] },
    { name: 'by_order', fields: ['orderId', 'createdAt'] },
    { name: 'by_customer', fields: ['customerId', 'createdAt'] },
    { name: 'by_status', fields: ['status', 'createdAt'] },
    { name: 'by_warehouse_and_status', fields: ['warehouseId', 'status', 'createdAt'] },
  ],
  schema: record<ShipmentTracking>(
    {
      id: text('UUID, derived from the order and the warehouse.'),
      number: whole("The World's `shipid`."),
      orderId: text('The order it is part of.'),
      orderNumber: whole("That order's number, as the customer knows it."),
      customerId: text("The customer's account id."),
      warehouseId: whole('Where it leaves from.'),
      destination: place('Where it goes.'),
      carrierAccount: maybe(text("The customer's account with the carrier.")),
      status: shipmentStatusSchema,
      truckId: maybe(whole('The truck that was last sent for it or came for it; null before.')),
      trackingNumber: maybe(text("The carrier's; null before there is one.")),
      failure: maybe(text('Why the World refused; null while nothing is wrong.')),
      items: list(item, 'What is in it.'),
      createdAt: instant('When it came to be.'),
      timeline: timelineSchema,
    },
    'One shipment: where it is, and how it got there.',
  ),
};

/** The status that a fact leads to; undefined where it leaves the status as it is. */
export const statusAfter = (event: ShipmentEvent): ShipmentStatus | undefined => {
  switch (event.type) {
    case 'ShipmentCreated':
      return 'PACKING';
    case 'ShipmentPacked':
      return 'PACKED';
    case 'ShipmentLoadingStarted':
      return 'LOADING';
    case 'ShipmentLoaded':
      return 'LOADED';
    case 'ShipmentDeliveryStarted':
      return 'DELIVERING';
    case 'ShipmentDelivered':
      return 'DELIVERED';
    case 'ShipmentFailed':
      return 'FAILED';
    case 'ShipmentRetried':
      return event.data.step === 'packing' ? 'PACKING' : 'LOADING';
    case 'ShipmentCancelled':
      return 'CANCELLED';
    case 'ShipmentTruckDispatched':
    case 'ShipmentTruckArrived':
    case 'ShipmentTrackingAssigned':
    case 'ShipmentDestinationChanged':
    case 'ShipmentStatusRequested':
      return undefined;
    default:
      return unreachable(event);
  }
};

const told = (event: ShipmentEvent): readonly [Instant, string] => {
  const parcel = `Parcel ${event.data.number}`;
  const at = `warehouse ${event.data.warehouseId}`;
  switch (event.type) {
    case 'ShipmentCreated':
      return [event.data.createdAt, `${parcel} is being packed at ${at}.`];
    case 'ShipmentPacked':
      return [event.data.packedAt, `${parcel} is packed.`];
    case 'ShipmentTruckDispatched':
      return [event.data.dispatchedAt, `Truck ${event.data.truckId} is on its way to ${at}.`];
    case 'ShipmentTruckArrived':
      return [event.data.arrivedAt, `Truck ${event.data.truckId} is at ${at}.`];
    case 'ShipmentLoadingStarted':
      return [event.data.startedAt, `${parcel} is being loaded on truck ${event.data.truckId}.`];
    case 'ShipmentLoaded':
      return [event.data.loadedAt, `${parcel} is on truck ${event.data.truckId}.`];
    case 'ShipmentDeliveryStarted':
      return [event.data.startedAt, `${parcel} is on its way to the door.`];
    case 'ShipmentDelivered':
      return [event.data.deliveredAt, `${parcel} has been delivered.`];
    case 'ShipmentTrackingAssigned':
      return [event.data.assignedAt, `${parcel} has the tracking number ${event.data.trackingNumber}.`];
    case 'ShipmentDestinationChanged': {
      const { x, y } = event.data.destination;
      return [event.data.changedAt, `${parcel} goes to (${x}, ${y}) from now on.`];
    }
    case 'ShipmentFailed': {
      const step = event.data.step === 'packing' ? 'packed' : 'loaded';
      return [event.data.failedAt, `${parcel} could not be ${step}: ${reasonIn(event.data.reason)}.`];
    }
    case 'ShipmentRetried': {
      const step = event.data.step === 'packing' ? 'packed' : 'loaded';
      return [event.data.retriedAt, `${parcel} is being ${step} again, attempt ${event.data.attempt}.`];
    }
    case 'ShipmentStatusRequested':
      return [event.data.requestedAt, `News of parcel ${event.data.number} was asked for.`];
    case 'ShipmentCancelled':
      return [event.data.cancelledAt, `${parcel} was cancelled.`];
    default:
      return unreachable(event);
  }
};

/** What a shipment's fact is to people who read its timeline or its order's. */
export const shipmentEntry = (event: ShipmentEvent): TimelineEntry => {
  const [at, summary] = told(event);
  return { at, type: event.type, summary };
};

const idOf = ({ data }: { readonly data: { readonly shipmentId: string } }) => [data.shipmentId];

const created = (event: EventOf<ShipmentCreated>): ShipmentTracking => ({
  id: event.data.shipmentId,
  number: event.data.number,
  orderId: event.data.orderId,
  orderNumber: event.data.orderNumber,
  customerId: event.data.customerId,
  warehouseId: event.data.warehouseId,
  destination: event.data.destination,
  carrierAccount: event.data.carrierAccount ?? null,
  status: 'PACKING',
  truckId: null,
  trackingNumber: null,
  failure: null,
  items: event.data.items,
  createdAt: event.data.createdAt,
  timeline: [shipmentEntry(event)],
});

/** Every fact tells its story and moves the status; `change` says what else it does. */
const on = <Fact extends ShipmentEvent>(
  change: (data: Fact['data']) => Partial<ShipmentTracking> = () => ({}),
): Handler<ShipmentTracking, Fact> => ({
  ids: idOf,
  evolve: (shipment, event) => {
    if (shipment === undefined) return undefined;
    const status = statusAfter(event) ?? shipment.status;
    return withEntry({ ...shipment, status, ...change(event.data) }, shipmentEntry(event));
  },
});

/** Where each shipment is, and how it got there. */
export const shipments: Projection<ShipmentTracking, ShipmentEvent> = {
  collection,
  handlers: {
    ShipmentCreated: { ids: idOf, evolve: (_, event) => created(event) },
    ShipmentPacked: on(),
    ShipmentTruckDispatched: on(({ truckId }) => ({ truckId })),
    ShipmentTruckArrived: on(({ truckId }) => ({ truckId })),
    ShipmentLoadingStarted: on(({ truckId }) => ({ truckId })),
    ShipmentLoaded: on(({ truckId }) => ({ truckId })),
    ShipmentDeliveryStarted: on(),
    ShipmentDelivered: on(),
    ShipmentTrackingAssigned: on(({ trackingNumber }) => ({ trackingNumber })),
    ShipmentDestinationChanged: on(({ destination }) => ({ destination })),
    ShipmentFailed: on(({ reason }) => ({ failure: reason })),
    ShipmentRetried: on(() => ({ failure: null })),
    ShipmentStatusRequested: on(),
    ShipmentCancelled: on(() => ({ failure: null })),
  },
};

/** The streams that a shipment's document comes from. For time travel. */
export const shipmentStreams = ({ id }: Pick<ShipmentTracking, 'id'>): readonly StreamName[] => [
  streamName(shipment.category, id),
];

/** When a fact happened, as the timeline of a shipment tells it; undefined for a fact that a shipment does not show. */
export const shipmentFactAt = (event: RecordedEvent): Instant | undefined =>
  Object.hasOwn(shipments.handlers, event.type)
    ? shipmentEntry(event as EventOf<ShipmentEvent>).at
    : undefined;
