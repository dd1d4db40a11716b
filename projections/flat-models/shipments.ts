import {
  column,
  countOf,
  field,
  flatModel,
  moment,
  secondsBetween,
  sumOf,
  timeOf,
} from '../../platform/read-models/flat';
import { shipments as tracked } from '../shipments';

const CREATED = ['ShipmentCreated'];
const MOVED = [
  'ShipmentCreated',
  'ShipmentPacked',
  'ShipmentTruckDispatched',
  'ShipmentTruckArrived',
  'ShipmentLoadingStarted',
  'ShipmentLoaded',
  'ShipmentDeliveryStarted',
  'ShipmentDelivered',
  'ShipmentFailed',
  'ShipmentRetried',
  'ShipmentCancelled',
];
const DESTINED = ['ShipmentCreated', 'ShipmentDestinationChanged'];
const TRUCK = [
  'ShipmentCreated',
  'ShipmentTruckDispatched',
  'ShipmentTruckArrived',
  'ShipmentLoadingStarted',
  'ShipmentLoaded',
];
const GRID = { unit: "fields of the World's grid" };

/** Columns that name a shipment, in both models. */
const names = {
  shipment_id: column(field('id'), CREATED),
  shipment_number: column(field('number'), CREATED),
  order_id: column(field('orderId'), CREATED),
  order_number: column(field('orderNumber'), CREATED),
  warehouse_id: column(field('warehouseId'), CREATED),
};

export const shipments = flatModel('shipments', tracked, {
  meaning: 'Shipments: one row a parcel, with its status, truck and tracking number.',
  key: 'shipment_id',
  time: 'created_at',
  columns: {
    ...names,
    customer_id: column(field('customerId'), CREATED),
    status: column(field('status'), MOVED),
    ...moment('created_at', field('createdAt'), CREATED),
    destination_x: column(field('destination.x'), DESTINED, GRID),
    destination_y: column(field('destination.y'), DESTINED, GRID),
    truck_id: column(field('truckId'), TRUCK),
    tracking_number: column(field('trackingNumber'), ['ShipmentCreated', 'ShipmentTrackingAssigned']),
    failure: column(field('failure'), [
      'ShipmentCreated',
      'ShipmentFailed',
      'ShipmentRetried',
      'ShipmentCancelled',
    ]),
    item_count: column(countOf('items'), CREATED, {
      type: 'integer',
      meaning: 'The number of different products in the parcel.',
    }),
    pieces: column(sumOf('items', 'quantity'), CREATED, {
      type: 'integer',
      unit: 'pieces',
      meaning: 'The number of pieces in the parcel.',
    }),
  },
});

const created = field('createdAt');
const packed = timeOf('ShipmentPacked');
const loaded = timeOf('ShipmentLoaded');
const delivered = timeOf('ShipmentDelivered');

const seconds = (meaning: string) => ({ type: 'real', unit: 'seconds', meaning }) as const;

export const deliveryTimes = flatModel('delivery_times', tracked, {
  meaning:
    'The times that parcels take: one row a parcel. A step that has not happened, and a time that needs it, is null.',
  key: 'shipment_id',
  time: 'created_at',
  columns: {
    ...names,
    ...moment('created_at', created, CREATED),
    ...moment('packed_at', packed, ['ShipmentPacked'], 'The time when the parcel was packed.'),
    ...moment(
      'truck_arrived_at',
      timeOf('ShipmentTruckArrived'),
      ['ShipmentTruckArrived'],
      'The time when the first truck for the parcel was at the warehouse.',
    ),
    ...moment('loaded_at', loaded, ['ShipmentLoaded'], 'The time when the parcel was on the truck.'),
    ...moment('delivered_at', delivered, ['ShipmentDelivered'], 'The time when the parcel was delivered.'),
    packing_seconds: column(
      secondsBetween(created, packed),
      ['ShipmentPacked'],
      seconds('The time from the creation of the parcel until it was packed.'),
    ),
    loading_seconds: column(
      secondsBetween(packed, loaded),
      ['ShipmentPacked', 'ShipmentLoaded'],
      seconds('The time from the packing until the parcel was on the truck.'),
    ),
    transport_seconds: column(
      secondsBetween(loaded, delivered),
      ['ShipmentLoaded', 'ShipmentDelivered'],
      seconds('The time that the parcel was on the truck.'),
    ),
    delivery_seconds: column(
      secondsBetween(created, delivered),
      ['ShipmentDelivered'],
      seconds('The time from the creation of the parcel until it was delivered.'),
    ),
  },
});
