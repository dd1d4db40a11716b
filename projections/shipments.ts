import { z } from 'zod';
import type { PersonalDataErased } from '../domain/account';
import {
  erasedPlace,
  unreachable,
  type AccountId,
  type OrderId,
  type ProductId,
  type ShipmentId,
} from '../domain/kernel';
import { shipment, shipmentStatuses, statusAfter } from '../domain/shipment';
import type { ShipmentCreated, ShipmentEvent } from '../domain/shipment';
import { streamName, type StreamName } from '../platform/event-store';
import { readModel, type DocumentOf, type EventOf, type Fold } from '../platform/projections';
import { erasedIn, isErasure } from './erased-streams';
import { instant, place, uuid, warehouseId } from './fields';
import {
  entryOf,
  placeText,
  reasonIn,
  timeline,
  withEntry,
  withoutPlaces,
  type TimelineEntry,
} from './timeline';

export const ShipmentItem = z
  .strictObject({
    productId: uuid<ProductId>().describe("The product's unique identifier."),
    productNumber: z.int().describe('The number under which the World knows the product.'),
    sku: z.string().describe("The seller's own key of the product."),
    name: z.string().describe("The product's name when it was ordered."),
    quantity: z.int32().describe('The number of pieces.'),
  })
  .describe('One product in a shipment.');

export const ShipmentTracking = z
  .strictObject({
    id: uuid<ShipmentId>().describe('The unique identifier, derived from the order and the warehouse.'),
    number: z.int().describe("The World's `shipid`."),
    orderId: uuid<OrderId>().describe("The order's unique identifier."),
    orderNumber: z.int().describe('The order number shown to the customer.'),
    customerId: uuid<AccountId>().describe("The customer's account."),
    warehouseId: warehouseId.describe('The warehouse that it leaves from.'),
    destination: place.describe('The place where it is delivered.'),
    carrierAccount: z
      .string()
      .nullable()
      .describe("The customer's account with the carrier; null where none was given."),
    status: z.enum(shipmentStatuses).describe('The status of the shipment.'),
    truckId: z
      .int32()
      .nullable()
      .describe('The truck that was last sent for it or arrived for it; null before.'),
    trackingNumber: z
      .string()
      .nullable()
      .describe("The carrier's tracking number; null until one is assigned."),
    isParked: z
      .boolean()
      .describe(
        'Whether the platform does not retry the failed step any more, so that staff choose what follows.',
      ),
    failure: z.string().nullable().describe('The reason why the World refused; null where it did not.'),
    items: z.array(ShipmentItem).describe('The products in the shipment.'),
    createdAt: instant.describe('The time when the shipment was created.'),
    timeline,
  })
  .describe('A parcel: the part of an order that leaves one warehouse.');
export type ShipmentTracking = DocumentOf<typeof ShipmentTracking>;

const textOf = (event: ShipmentEvent): string => {
  const parcel = `Parcel ${event.data.number}`;
  const at = `warehouse ${event.data.warehouseId}`;
  switch (event.type) {
    case 'ShipmentCreated':
      return `${parcel} is being packed at ${at}.`;
    case 'ShipmentPacked':
      return `${parcel} is packed.`;
    case 'ShipmentTruckDispatched':
      return `Truck ${event.data.truckId} is on its way to ${at}.`;
    case 'ShipmentTruckArrived':
      return `Truck ${event.data.truckId} is at ${at}.`;
    case 'ShipmentLoadingStarted':
      return `${parcel} is being loaded on truck ${event.data.truckId}.`;
    case 'ShipmentLoaded':
      return `${parcel} is on truck ${event.data.truckId}.`;
    case 'ShipmentDeliveryStarted':
      return `${parcel} is on its way to the door.`;
    case 'ShipmentDelivered':
      return `${parcel} has been delivered.`;
    case 'ShipmentTrackingAssigned':
      return `${parcel} has the tracking number ${event.data.trackingNumber}.`;
    case 'ShipmentDestinationChanged':
      return `${parcel} goes to ${placeText(event.data.destination)} from now on.`;
    case 'ShipmentFailed': {
      const step = event.data.step === 'packing' ? 'packed' : 'loaded';
      return `${parcel} could not be ${step}: ${reasonIn(event.data.reason)}.`;
    }
    case 'ShipmentRetried': {
      const step = event.data.step === 'packing' ? 'packed' : 'loaded';
      return `${parcel} is being ${step} again, attempt ${event.data.attempt}.`;
    }
    case 'ShipmentParked':
      return `${parcel} waits for a decision of the shop: ${reasonIn(event.data.reason)}.`;
    case 'ShipmentStatusRequested':
      return `News of parcel ${event.data.number} was asked for.`;
    case 'ShipmentCancelled':
      return `${parcel} was cancelled.`;
    default:
      return unreachable(event);
  }
};

/** Returns an event of a shipment as an entry of its timeline, and of its order's. */
export const shipmentEntry = (event: EventOf<ShipmentEvent>): TimelineEntry => entryOf(event, textOf(event));

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
  isParked: false,
  failure: null,
  items: event.data.items,
  createdAt: event.data.createdAt,
  timeline: [shipmentEntry(event)],
});

/** The types of the entries that name the destination of a parcel. */
export const entriesWithPlaces: readonly string[] = ['ShipmentDestinationChanged'];

/** Every event adds to the timeline and may move the status; `change` returns what else it changes. */
const changing =
  <Fact extends ShipmentEvent>(
    change: (data: Fact['data']) => Partial<ShipmentTracking> = () => ({}),
  ): Fold<ShipmentTracking, Fact> =>
  (found, event) => {
    if (found === undefined) return undefined;
    const status = statusAfter(event) ?? found.status;
    return withEntry({ ...found, status, ...change(event.data) }, shipmentEntry(event));
  };

export const shipments = readModel<ShipmentTracking, ShipmentEvent | PersonalDataErased>('shipments', {
  question: 'Where is each shipment, and what happened to it?',
  version: 2,
  document: ShipmentTracking,
  indexes: {
    by_number: ['number'],
    by_tracking_number: ['trackingNumber'],
    by_order: ['orderId', 'createdAt'],
    by_customer: ['customerId', 'createdAt'],
    by_status: ['status', 'createdAt'],
    by_parked: ['isParked', 'createdAt'],
    by_warehouse_and_status: ['warehouseId', 'status', 'createdAt'],
  },
  key: (event) => (isErasure(event) ? erasedIn(shipment.category, event) : event.data.shipmentId),
  on: {
    ShipmentCreated: (_, event) => created(event),
    PersonalDataErased: (found) =>
      found && {
        ...found,
        ...{ destination: erasedPlace, carrierAccount: null },
        timeline: withoutPlaces(found.timeline, entriesWithPlaces),
      },
    ShipmentPacked: changing(),
    ShipmentTruckDispatched: changing(({ truckId }) => ({ truckId })),
    ShipmentTruckArrived: changing(({ truckId }) => ({ truckId })),
    ShipmentLoadingStarted: changing(({ truckId }) => ({ truckId })),
    ShipmentLoaded: changing(({ truckId }) => ({ truckId })),
    ShipmentDeliveryStarted: changing(),
    ShipmentDelivered: changing(),
    ShipmentTrackingAssigned: changing(({ trackingNumber }) => ({ trackingNumber })),
    ShipmentDestinationChanged: changing(({ destination }) => ({ destination })),
    ShipmentFailed: changing(({ reason }) => ({ failure: reason })),
    ShipmentRetried: changing(() => ({ failure: null, isParked: false })),
    ShipmentParked: changing(() => ({ isParked: true })),
    ShipmentStatusRequested: changing(),
    ShipmentCancelled: changing(() => ({ failure: null, isParked: false })),
  },
});

/** The streams that the document of a shipment is made from. For time travel. */
export const shipmentStreams = ({ id }: Pick<ShipmentTracking, 'id'>): readonly StreamName[] => [
  streamName(shipment.category, id),
];
