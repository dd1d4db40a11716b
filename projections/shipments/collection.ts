import type { ShipmentStatus } from '../../domain/shipment';
import type { CollectionSpec } from '../../platform/read-models';
import { choice, instant, list, maybe, place, record, text, whole } from '../schema';
import { timelineSchema } from '../timeline';
import type { ShipmentTracking } from './document';

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

export const collection: CollectionSpec = {
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
