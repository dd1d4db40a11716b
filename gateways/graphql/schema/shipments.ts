import { isSamePlace, type Instant, type ProductId, type ShipmentId } from '../../../domain/kernel';
import type { ShipmentStatus } from '../../../domain/shipment';
import {
  ShipmentItem,
  shipments as shipmentTracking,
  ShipmentTracking,
} from '../../../projections/shipments';
import type { OrderDetails } from '../../../projections/order-details';
import type { EdgeContext, ShipmentShown } from '../context';
import { mutationsConcept, shown, type Mutations } from './mutation';
import { actionsOf } from './next-actions';
import { combined, enumType, objectType } from './object-type';
import { allowed, type Concept } from './resolvers';

const SERIAL_NUMBER = /^[1-9]\d{0,15}$/;

/** By the carrier's tracking number, or else by the World's number of the shipment. */
const track = async (number: string, context: EdgeContext): Promise<ShipmentTracking | null> => {
  const { shipments } = context.services.readers;
  // Both at once, and then a document even where neither found one: the time does not tell whether there is a shipment.
  const [byTrackingNumber, byNumber] = await Promise.all([
    shipments.byTrackingNumber(number),
    SERIAL_NUMBER.test(number) ? shipments.byNumber(Number(number)) : undefined,
  ]);
  const found = byTrackingNumber ?? byNumber;
  if (found === undefined) await context.loaders.shipments.loadMissing();
  return context.loaders.shipments.readable(found?.document, context.viewer);
};

const queries = `
extend type Query {
  "A shipment by its id; null where there is none, or it belongs to another customer."
  shipment(
    "The unique identifier of the shipment."
    id: ID!
    "Returns the shipment as it was at this moment, by the times of its timeline."
    asOf: DateTime
  ): Shipment
  "A shipment by its tracking number, the carrier's or the World's; null where there is none, or it belongs to another customer."
  tracking(
    "The tracking number."
    number: String!
  ): Shipment
}

`;

type OneShipment = { readonly id: ShipmentId; readonly asOf?: Instant | null };
type OfProduct = { readonly productId: ProductId };

const resolvers: Concept['resolvers'] = {
  Query: {
    shipment: allowed({ by: 'customer', or: 'shipment:read' }, ({ id, asOf }: OneShipment, context) =>
      context.shipment(id, asOf ?? undefined),
    ),
    tracking: allowed({ by: 'customer', or: 'shipment:read' }, ({ number }: { number: string }, context) =>
      track(number, context),
    ),
  },
};

const shipmentStatus = enumType<ShipmentStatus>('ShipmentStatus', 'The status of a shipment.', {
  PACKING: 'The World is packing it.',
  PACKED: 'It is packed and waits for its truck.',
  LOADING: 'Its truck has arrived, and it is being loaded.',
  LOADED: 'It is on the truck.',
  DELIVERING: 'The truck is on its way to the destination.',
  DELIVERED: 'It has been delivered.',
  FAILED: 'The World refused to pack or load it. Staff may retry it.',
  CANCELLED: 'It was cancelled before it was on a truck.',
});

const shipmentType = objectType('Shipment', ShipmentTracking, {
  isNode: true,
  readModels: [shipmentTracking],
  omit: ['orderNumber', 'customerId', 'warehouseId'],
  types: { status: 'ShipmentStatus', items: 'ShipmentItem', timeline: 'TimelineEntry' },
  fields: {
    number: { type: 'String!', resolve: ({ number }: ShipmentTracking) => String(number) },
    // A document of version 1 has no such field.
    isParked: { resolve: ({ isParked = false }: Partial<ShipmentTracking>) => isParked },
    order: {
      type: 'Order',
      description: 'The order that it is part of.',
      resolve: ({ orderId, asOf }: ShipmentShown, _args: object, context: EdgeContext) =>
        context.order(orderId, asOf),
    },
    shipTo: {
      type: 'ShipTo',
      description:
        'The postal address of the order, where the shipment goes to its destination; null where there is none, or the shipment goes elsewhere.',
      resolve: async ({ orderId, destination, asOf }: ShipmentShown, _args: object, context: EdgeContext) => {
        const order: Partial<OrderDetails> | null = await context.order(orderId, asOf);
        return order?.destination && isSamePlace(order.destination, destination) ? order.shipTo : null;
      },
    },
    nextActions: {
      type: '[NextAction!]!',
      description:
        'The mutations of the shipment that the caller may send, with the reason why one is not possible now. Empty for a shipment of the past.',
      resolve: async ({ id, orderId, asOf }: ShipmentShown, _args: object, context: EdgeContext) => {
        const order = asOf === undefined ? await context.order(orderId) : null;
        const actions = order === null ? [] : await actionsOf(order, context);
        return actions.filter(({ shipmentId }) => shipmentId === id);
      },
    },
    warehouse: {
      type: 'Warehouse',
      description: 'The warehouse that it leaves from; null while the read models do not show it.',
      resolve: ({ warehouseId }: ShipmentTracking, _args: object, context: EdgeContext) =>
        context.loaders.warehouses.load(String(warehouseId), context.viewer),
    },
  },
});

const shipmentItemType = objectType('ShipmentItem', ShipmentItem, {
  omit: ['productNumber'],
  fields: {
    product: {
      type: 'Product',
      description: 'The product as it is now; null while the catalogue does not show it.',
      resolve: ({ productId }: OfProduct, _args: object, { loaders, viewer }: EdgeContext) =>
        loaders.products.load(productId, viewer),
    },
  },
});

const shownShipment = {
  shows: shown('shipment', 'Shipment', ({ shipmentId }: { readonly shipmentId: ShipmentId }, context) =>
    context.shipment(shipmentId),
  ),
};

export const shipmentMutations = {
  retryShipment: shownShipment,
  requestShipmentStatus: shownShipment,
} satisfies Mutations;

const mutations = mutationsConcept(shipmentMutations);

export const shipments: Concept = combined(
  { typeDefs: queries, resolvers },
  shipmentStatus,
  shipmentType,
  shipmentItemType,
  mutations,
);
