import type { Instant, ProductId, ShipmentId } from '../../../domain/kernel';
import { shipments as shipmentTracking, type ShipmentTracking } from '../../../projections/shipments';
import type { EdgeContext, ShipmentShown } from '../context';
import { signedIn } from '../caller';
import { afterwards, mutation, mutationsConcept } from './mutation';
import type { Concept } from './resolvers';

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
  if (found === undefined) await context.loadNothing();
  return context.own(found?.document);
};

const typeDefs = `
extend type Query {
  "One shipment; null where there is none, or it is somebody else's."
  shipment(
    "Its id."
    id: ID!
    "As it stood at this moment, by the times of its timeline."
    asOf: DateTime
  ): Shipment
  "The shipment of a tracking number, the carrier's or the World's; null where there is none, or it is somebody else's."
  tracking(
    "The tracking number."
    number: String!
  ): Shipment
}

"Where a shipment is on its way."
enum ShipmentStatus {
  "The World is packing it."
  PACKING
  "Packed, and waits for its truck."
  PACKED
  "Its truck is at the door, and it is being loaded."
  LOADING
  "On the truck."
  LOADED
  "On its way to the door."
  DELIVERING
  "At the door."
  DELIVERED
  "The World refused; staff may have it tried again."
  FAILED
  "Called off before it was on a truck."
  CANCELLED
}

"A parcel: the part of an order that leaves one warehouse."
type Shipment implements Node {
  "A UUID, derived from the order and the warehouse."
  id: ID!
  "The World's \`shipid\`."
  number: String!
  "Where it is on its way."
  status: ShipmentStatus!
  "The order it is part of."
  order: Order
  "That order's id."
  orderId: ID!
  "Where it leaves from; null while the read models don't show it."
  warehouse: Warehouse
  "Where it goes."
  destination: Place!
  "The truck that was sent for it; null before."
  truckId: Int
  "The carrier's; null before there is one."
  trackingNumber: String
  "The customer's account with the carrier; null where none was given."
  carrierAccount: String
  "Why the World refused; null while it did not."
  failure: String
  "What is in it."
  items: [ShipmentItem!]!
  "When it came to be."
  createdAt: DateTime!
  "All that happened to it, in order."
  timeline: [TimelineEntry!]!
}

"So many of one product."
type ShipmentItem {
  "The product as it is today; null while the catalogue doesn't show it."
  product: Product
  "Its id."
  productId: ID!
  "What it was called."
  name: String!
  "The seller's own key for it."
  sku: String!
  "How many."
  quantity: Int!
}
`;

type OneShipment = { readonly id: ShipmentId; readonly asOf?: Instant | null };
type OfProduct = { readonly productId: ProductId };

const resolvers: Concept['resolvers'] = {
  Query: {
    shipment: (_root: unknown, { id, asOf }: OneShipment, context: EdgeContext) => {
      signedIn(context.viewer);
      return context.shipment(id, asOf ?? undefined);
    },
    tracking: (_root: unknown, { number }: { number: string }, context: EdgeContext) => {
      signedIn(context.viewer);
      return track(number, context);
    },
  },
  Shipment: {
    number: ({ number }: ShipmentTracking) => String(number),
    order: ({ orderId, asOf }: ShipmentShown, _args: object, context: EdgeContext) =>
      context.order(orderId, asOf),
    warehouse: ({ warehouseId }: ShipmentTracking, _args: object, context: EdgeContext) =>
      context.warehouse(warehouseId),
  },
  ShipmentItem: {
    product: ({ productId }: OfProduct, _args: object, context: EdgeContext) => context.product(productId),
  },
};

type OfShipment = { readonly shipmentId: ShipmentId };

/** What is done to one shipment, and shows it afterwards. */
const toShipment = (name: 'retryShipment' | 'requestShipmentStatus', description: string) =>
  mutation(name, {
    description,
    input: `
  "The shipment."
  shipmentId: ID!`,
    success: `
  "The shipment as it is now; null where the read models don't show it yet: read it later."
  shipment: Shipment`,
    rejections: ['SHIPMENT_NOT_FOUND', 'SHIPMENT_WRONG_STATUS'],
    command: ({ shipmentId }: OfShipment) => ({ shipmentId }),
    keep: (_value, { shipmentId }): OfShipment => ({ shipmentId }),
    fields: { shipment: afterwards(({ shipmentId }: OfShipment, context) => context.shipment(shipmentId)) },
  });

export const shipmentMutations = {
  retryShipment: toShipment('retryShipment', 'Has the step that failed done again. For staff.'),
  requestShipmentStatus: toShipment(
    'requestShipmentStatus',
    'Asks the carrier how a shipment is that it has on a truck; it answers with a report, in its own time. A `plain` carrier has no such question and is not asked. For staff.',
  ),
};

const mutations = mutationsConcept(shipmentMutations);

export const shipments: Concept = {
  typeDefs: typeDefs + mutations.typeDefs,
  readModels: { Shipment: [shipmentTracking] },
  resolvers: { ...resolvers, ...mutations.resolvers },
};
